"""Profile pictures by their perceptual hashes: equal ones numbered, 64-bit ones as integers whose bits can be compared."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import Column, distinct, texts_by
from creatorgraph.resolution.feature.incidence import Indices

PERSONAL = 25
"""A picture that more profiles show is a platform's default, a logo or a meme: nobody's own."""
_DIGITS = 16
"""Hex digits of a hash whose bits can be compared; others are only equal or not."""
_LEAST_MIXED = 1 / 8
"""Smallest share of ones, or of zeros, in the hash of a picture that shows anything. A perceptual hash splits its
coefficients at their median, so that half of the bits are ones; a blank picture has hardly any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AvatarTable:
    """Row i is profile i; a blank picture, or one that more than PERSONAL profiles show, counts as none."""

    picture: Indices
    """Number of the hash, -1 where there is none; numbers ascend with the hash's text."""
    sharers: Indices
    """Per number, how many profiles show it."""
    codes: NDArray[np.uint64]
    """Per number its 64 bits, 0 where the hash has another length."""
    comparable: NDArray[np.bool_]
    """Per number whether the hash has 64 bits."""

    def distance(self, left: Indices, right: Indices) -> Indices:
        """Bits in which the pictures of the profiles differ; -1 where it cannot be told."""
        one, two = self.picture[left], self.picture[right]
        known = (one >= 0) & (two >= 0)
        if not len(self.codes):
            return np.full(len(left), -1, dtype=np.int64)
        differing = np.bitwise_count(self.codes[one] ^ self.codes[two]).astype(np.int64)
        measured = np.where(self.comparable[one] & self.comparable[two], differing, -1)
        return np.where(known, np.where(one == two, 0, measured), -1)


def avatar_table(hashes: Column) -> AvatarTable:
    """From one perceptual hash in hex per profile, null or empty where there is none."""
    shown = distinct(hashes)
    spelled = distinct(texts_by(shown.texts, str.lower))
    order = pc.sort_indices(spelled.texts).to_numpy()
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    number = np.where(shown.number >= 0, rank[spelled.number][shown.number], -1) if len(order) else shown.number
    texts = spelled.texts.take(pa.array(order)).to_pylist()
    count = np.bincount(number[number >= 0], minlength=len(texts))
    kept = np.array([_shows_something(text) for text in texts], dtype=bool) & (count <= PERSONAL)
    place = np.append(np.where(kept, np.cumsum(kept) - 1, -1), -1)
    pictures = [text for text, keep in zip(texts, kept, strict=True) if keep]
    return AvatarTable(
        picture=place[number].astype(np.int64),
        sharers=count[kept].astype(np.int64),
        codes=np.array([int(text, 16) if len(text) == _DIGITS else 0 for text in pictures], dtype=np.uint64),
        comparable=np.array([len(text) == _DIGITS for text in pictures], dtype=bool),
    )


def _shows_something(text: str) -> bool:
    try:
        ones = int(text, 16).bit_count()
    except ValueError:
        return False
    return _LEAST_MIXED <= ones / (4 * len(text)) <= 1 - _LEAST_MIXED
