"""Every benchmark, in the order in which they run."""

from benchmarks import api, embedding, end_to_end, graph, ingest, resolution, search
from benchmarks.benchmark import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    ingest.PARSING,
    embedding.ENCODING,
    search.NEAREST,
    resolution.SAMPLE,
    *resolution.labelled_benchmarks(),
    api.START,
    graph.GRAPH,
    end_to_end.END_TO_END,
)
