"""What is known of each name word by itself, so that most words that are nothing alike need not be spelled out."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.text.nickname import has_forms
from creatorgraph.resolution.text.skeleton import skeleton

HEAD = 4
"""Characters of a word's beginning that are kept as numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """One entry per word, in the order of their numbers."""

    texts: tuple[str, ...]
    lengths: NDArray[np.int64]
    heads: NDArray[np.uint32]
    """(words, HEAD) code points of the first characters, 0 behind the end."""
    letters: NDArray[np.uint64]
    """Bit c % 64 is set for each character c of the word."""
    formed: NDArray[np.bool_]
    """Whether the word is a given name that has other forms."""
    made: NDArray[np.bool_]
    """Whether the word is a transliteration that nobody writes."""
    bare: NDArray[np.int64]
    """Number of the word's skeleton, -1 where it has none that is also a transliteration's."""


def lexicon_of(words: Sequence[str], made: NDArray[np.bool_]) -> Lexicon:
    """`words` are not empty; `made` says which of them only transliterated names have."""
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    points = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    starts = np.cumsum(lengths) - lengths
    heads = np.zeros((len(words), HEAD), dtype=np.uint32)
    for place in range(HEAD):
        reach = lengths > place
        heads[reach, place] = points[starts[reach] + place]
    bits = np.uint64(1) << (points.astype(np.uint64) & np.uint64(63))
    return Lexicon(
        texts=tuple(words),
        lengths=lengths,
        heads=heads,
        letters=np.bitwise_or.reduceat(bits, starts) if len(words) else np.zeros(0, dtype=np.uint64),
        formed=np.fromiter(map(has_forms, words), dtype=bool, count=len(words)),
        made=made,
        bare=skeleton_numbers(words, made, lambda word, made: skeleton(word, made=made)),
    )


def skeleton_numbers(
    texts: Sequence[str], made: NDArray[np.bool_], bare: Callable[[str, bool], Hashable]
) -> NDArray[np.int64]:
    """Per text the number of its skeleton; -1 for what is not in Latin letters, and where `bare` of (text, made) is empty.

    Only skeletons of made texts are numbered: what was written in Latin letters is compared by its letters.
    """
    number: dict[Hashable, int] = {}
    found = np.full(len(texts), -1, dtype=np.int64)
    for index in np.flatnonzero(made).tolist():
        if left := bare(texts[index], True):
            found[index] = number.setdefault(left, len(number))
    for index in np.flatnonzero(~made).tolist() if number else ():
        if texts[index].isascii():
            found[index] = number.get(bare(texts[index], False), -1)
    return found
