"""Every benchmark, in the order in which they run."""

from benchmarks import embedding, search
from benchmarks.benchmark import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    embedding.ENCODING,
    search.NEAREST,
)
