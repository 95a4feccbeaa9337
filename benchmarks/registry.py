"""Every benchmark, in the order in which they run."""

from benchmarks import (
    api,
    arrival,
    embedding,
    end_to_end,
    file_resolution,
    graph,
    ingest,
    resolution,
    search,
    search_quality,
    throughput,
    vector,
)
from benchmarks.benchmark import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    ingest.PARSING,
    embedding.ENCODING,
    search.NEAREST,
    vector.VECTOR_INDEX,
    search_quality.QUALITY,
    resolution.SAMPLE,
    api.START,
    throughput.THROUGHPUT,
    graph.GRAPH,
    end_to_end.END_TO_END,
    file_resolution.FILES,
    arrival.ARRIVALS,
)
