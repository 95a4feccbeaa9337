"""Texts encoded per second, and how near the fast vectors are to the exact ones."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.benchmark import Benchmark
from benchmarks.measure import timed
from benchmarks.measurement import Measurement
from benchmarks.text import bios
from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder

TEXTS = 4_000


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
    worst = float(np.min(np.einsum("ij,ij->i", vectors[0], vectors[1])))
    yield Measurement(name="search.encode.int8_worst_cosine", value=worst, unit="cosine", bar=">= 0.98")


ENCODING = Benchmark(
    run=measure_encoding, names=("search.encode.float32", "search.encode.int8", "search.encode.int8_worst_cosine")
)
