"""Texts encoded per second, and how near the fast vectors are to the exact ones."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.benchmark import Benchmark
from benchmarks.measure import timed
from benchmarks.measurement import Measurement
from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder
from creatorgraph.synth.world import generate

TEXTS = 4_000
SEED = 7


def measure_encoding(folder: Path) -> Iterator[Measurement]:
    """Both number types on the same texts, each warmed up first."""
    texts = bios(TEXTS)
    exact, fast = CTranslate2Encoder(folder, "float32"), CTranslate2Encoder(folder, "int8")
    rates, vectors = [], []
    for encoder in (exact, fast):
        encoder.encode(texts[:64])
        found, seconds = timed(encoder.encode, texts)
        rates.append(TEXTS / seconds)
        vectors.append(found)
    yield Measurement(name="search.encode.float32", value=rates[0], unit="texts/s")
    yield Measurement(
        name="search.encode.int8",
        value=rates[1],
        unit="texts/s",
        peer="float32",
        peer_value=rates[0],
        bar="ratio >= 1.5",
    )
    said = vectors[0].any(axis=1)  # a bio of nothing but emoji has the zero vector
    worst = float(np.min(np.einsum("ij,ij->i", vectors[0][said], vectors[1][said])))
    yield Measurement(name="search.encode.int8_worst_cosine", value=worst, unit="cosine", bar=">= 0.98")


def bios(count: int) -> list[str]:
    """`count` different bios of synthetic profiles."""
    found: dict[str, None] = {}
    for made in generate(3 * count, SEED):
        bio = made.record["bio"]
        if isinstance(bio, str):
            found[bio] = None
        if len(found) == count:
            break
    return list(found)


ENCODING = Benchmark(
    run=measure_encoding, names=("search.encode.float32", "search.encode.int8", "search.encode.int8_worst_cosine")
)
