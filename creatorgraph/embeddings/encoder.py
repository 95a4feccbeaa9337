"""The port of text encoders: text in, unit vectors out."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from creatorgraph.domain.progress import Progress, Silent

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their cosine similarity."""

    @property
    def name(self) -> str:
        """Engine, model, version and number type. Vectors of two names must never meet in one index."""

    @property
    def dimensions(self) -> int:
        """The length of each vector."""

    def encode(self, texts: Sequence[str], *, progress: Progress = Silent()) -> Vectors:
        """Vectors of shape (len(texts), dimensions), row i for text i, each of length 1.

        A text without a single token that the model knows (empty, blank, only unknown symbols) gives a row of zeros: it
        says nothing, so it must be near to nothing. Text beyond the model's limit is left out. The vector of a text does
        not depend on its neighbours in the call, but for rounding (cosine 0.999999; with int8 0.998).
        """


def encode_distinct(texts: Sequence[str], dimensions: int, encode: Callable[[list[str]], Vectors]) -> Vectors:
    """Encodes each different text once; equal texts get the very same vector. Shape (len(texts), dimensions)."""
    place: dict[str, int] = {}
    rows = [place.setdefault(text, len(place)) for text in texts]
    if not place:
        return np.zeros((0, dimensions), dtype=np.float32)
    return encode(list(place))[rows]
