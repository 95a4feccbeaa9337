"""Vectors like those of a sentence encoder, as many as wanted: clustered, overlapping, with a falling spectrum.

Fitted by hand to 40,000 profile texts of the synthetic world in MiniLM's space; docs/decisions/0025-codes-beside-vectors.md
has the figures side by side.
"""

from dataclasses import dataclass

import numpy as np

from creatorgraph.embeddings.encoder import Vectors

DIMENSIONS = 384
_KNOTS = (0, 1, 5, 10, 20, 50, 100, 150, 200, 300, DIMENSIONS)
_EXPLAINED = (0.0, 0.073, 0.207, 0.311, 0.449, 0.641, 0.807, 0.896, 0.947, 0.991, 1.0)
"""Share of the variance that the first so many principal components of MiniLM's vectors explain."""
_MEAN = 0.197
"""Squared length of the mean vector: what all texts have in common."""
_OWN = 0.40
"""Share of the variance that is a vector's own."""
_SPREAD = 0.3
"""Of the logarithm of how far vectors lie from the phrase they are near to."""
_STEEPNESS = 1.5
"""What is a vector's own lies in fewer dimensions than what it shares: its spectrum is the whole one to this power."""
_CHUNK = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """`nodes` centres of `share` of the variance, the n-th most frequent as often as n ** -`decline`."""

    nodes: int
    decline: float
    share: float


_LEVELS = (
    Level(nodes=60, decline=0.8, share=0.19),
    Level(nodes=3_000, decline=0.8, share=0.21),
    Level(nodes=60_000, decline=0.5, share=0.20),
)
"""Subjects, kinds of phrases, phrases: a tree, each node with one parent."""


def like_texts(count: int, *, seed: int) -> Vectors:
    """Unit vectors of shape (count, DIMENSIONS) of one world, whatever the seed: those of two seeds are neighbours."""
    world = np.random.default_rng(0)
    spectrum = np.diff(np.interp(np.arange(DIMENSIONS + 1), _KNOTS, _EXPLAINED))
    own = spectrum**_STEEPNESS / np.sum(spectrum**_STEEPNESS)
    shared = np.maximum(spectrum - _OWN * own, 0.02 * spectrum)
    shared_root = np.sqrt(shared / shared.sum()).astype(np.float32)
    own_root = np.sqrt(_OWN * own).astype(np.float32)
    basis = np.linalg.qr(world.standard_normal((DIMENSIONS, DIMENSIONS)))[0].astype(np.float32)
    mean = world.standard_normal(DIMENSIONS)
    mean = (mean / np.linalg.norm(mean) * np.sqrt(_MEAN)).astype(np.float32)
    phrases, often = _phrases(world)
    drawing = np.random.default_rng(seed)
    found = np.empty((count, DIMENSIONS), dtype=np.float32)
    for start in range(0, count, _CHUNK):
        size = min(_CHUNK, count - start)
        near = phrases[_drawn(often, drawing.random(size))] * shared_root
        far = np.exp(_SPREAD * drawing.standard_normal((size, 1)) - _SPREAD**2).astype(np.float32)
        rows = near + drawing.standard_normal((size, DIMENSIONS), dtype=np.float32) * far * own_root
        rows = rows @ (basis * np.float32(np.sqrt(1 - _MEAN))) + mean
        found[start : start + size] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def _phrases(world: np.random.Generator) -> tuple[Vectors, np.ndarray]:
    """Where the phrases lie, before the spectrum, and how often each is said, added up."""
    places = np.zeros((1, DIMENSIONS), dtype=np.float32)
    often = np.ones(1)
    for level in _LEVELS:
        parents = _drawn(often, world.random(level.nodes))
        own = world.standard_normal((level.nodes, DIMENSIONS), dtype=np.float32)
        places = places[parents] + own * np.float32(np.sqrt(level.share))
        weights = np.arange(1, level.nodes + 1) ** -level.decline
        often = np.cumsum(weights / weights.sum())
    return places, often


def _drawn(often: np.ndarray, chances: np.ndarray) -> np.ndarray:
    return np.minimum(np.searchsorted(often, chances), len(often) - 1)
