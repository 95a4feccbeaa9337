"""Every benchmark, in the order in which they run."""

from benchmarks import embedding, ingest, search
from benchmarks.benchmark import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    ingest.PARSING,
    embedding.ENCODING,
    search.NEAREST,
)
