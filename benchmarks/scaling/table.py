"""The tables of docs/scaling.md, each from the results alone."""

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.result import Result
from benchmarks.scaling.limit import GIB, THREADS, limits_of
from benchmarks.scaling.price import LARGEST, WORKER
from benchmarks.scaling.projection import TARGETS, Projection, start_seconds
from benchmarks.scaling.result import Simulation
from benchmarks.scaling.run import Run

SPARK_BYTES = 2.5
"""Of a pair on its way to Spark (docs/spark.md)."""
NODE_BYTES, RELATIONSHIP_BYTES = 15, 34
"""Of Neo4j's records, without properties and indexes (https://neo4j.com/developer/kb/understanding-data-on-disk/)."""
FLOAT_BYTES, DIMENSIONS = 4, 384


def measured(projection: Projection) -> str:
    """Seconds of one core by stage and size, and how each stage is carried on."""
    runs = projection.runs

    def row(name: str, seconds: Iterable[float], growth: str) -> list[str]:
        return [name, *(figure(value) for value in seconds), growth]

    rows = [
        row(stage, (_stage(run, stage) for run in runs), growth.words) for stage, growth in projection.stages.items()
    ]
    rows.append(row("**all**", (run.all_cpu_seconds for run in runs), ""))
    rows.append(row("elapsed, s", (run.all_seconds for run in runs), ""))
    rows.append(row("most memory, MB", (run.peak_mb for run in runs), projection.memory.words))
    rows.append(
        row(
            "candidate pairs a profile",
            (run.counts["candidate_pairs"] / run.profiles for run in runs),
            projection.counts["candidate_pairs"].words,
        )
    )
    rows.append(["measured", *(run.when[:10] for run in runs), ""])
    return _table(["seconds of one core", *(count(run.profiles) for run in runs), "carried on as"], rows)


def _stage(run: Run, stage: str) -> float:
    return run.cpu_seconds[stage] if stage in run.cpu_seconds else start_seconds(run)


def projected(projection: Projection) -> str:
    """Core-hours by stage and target."""
    rows = [
        [stage, *(figure(growth.at(target) / 3600) for target in TARGETS)]
        for stage, growth in projection.stages.items()
    ]
    rows.append(["**all**", *(figure(projection.cpu_seconds(target) / 3600) for target in TARGETS)])
    rows.append(
        [
            "all, were every stage linear",
            *(figure(projection.cpu_seconds_in_proportion(target) / 3600) for target in TARGETS),
        ]
    )
    return _table(["core-hours", *map(count, TARGETS)], rows)


def sizes(projection: Projection, simulation: Simulation) -> str:
    """Pairs, memory and disk by target."""
    world, stored = simulation.worlds[-1], simulation.stored
    code = min(simulation.vectors.values(), key=lambda squeezed: squeezed.bytes)
    counts, disk = projection.counts, projection.disk

    def in_proportion(a_profile: float) -> list[str]:
        return [figure(a_profile * target) for target in TARGETS]

    graph_gb = (NODE_BYTES * stored.nodes + RELATIONSHIP_BYTES * stored.edges) / stored.profiles / 1e9
    rows = [
        ["candidate pairs, millions", *(figure(counts["candidate_pairs"].at(target) / 1e6) for target in TARGETS)],
        ["links kept, millions", *(figure(counts["links"].at(target) / 1e6) for target in TARGETS)],
        ["links accepted, millions", *(figure(counts["accepted_links"].at(target) / 1e6) for target in TARGETS)],
        ["memory of the resolver, GiB", *(figure(projection.memory.at(target) * 1e6 / GIB) for target in TARGETS)],
        ["profiles as JSONL, GB", *(figure(disk["profiles"].at(target) / 1e3) for target in TARGETS)],
        ["profiles as the resolver spools them, GB", *in_proportion(world.table_mb / world.run.profiles / 1e3)],
        [
            "pairs on their way to Spark, GB",
            *(figure(counts["candidate_pairs"].at(target) * SPARK_BYTES / 1e9) for target in TARGETS),
        ],
        ["links with evidence (Parquet), GB", *(figure(disk["links"].at(target) / 1e3) for target in TARGETS)],
        ["PostgreSQL after ingest, GB", *in_proportion(stored.ingested_mb / stored.profiles / 1e3)],
        ["PostgreSQL after a run, GB", *in_proportion(stored.resolved_mb / stored.profiles / 1e3)],
        ["one float32 vector a profile, GB", *in_proportion(FLOAT_BYTES * DIMENSIONS / 1e9)],
        [
            "two indexes of whole vectors, as below a million, GB",
            *in_proportion(stored.indexes_mb / stored.profiles / 1e3),
        ],
        [f"one IVF-PQ code of {code.bytes} bytes a profile, GB", *in_proportion(code.bytes / 1e9)],
        ["nodes of the graph, millions", *in_proportion(stored.nodes / stored.profiles / 1e6)],
        ["edges of the graph, millions", *in_proportion(stored.edges / stored.profiles / 1e6)],
        ["Neo4j's records without properties, GB", *in_proportion(graph_gb)],
    ]
    return _table(["at so many profiles", *map(count, TARGETS)], rows)


def limits(projection: Projection, simulation: Simulation, results: Mapping[str, Result]) -> str:
    """What is reached first, first."""
    rows = [
        [
            limit.what,
            f"{figure(limit.limit)} {limit.unit}",
            millions(limit.profiles),
            f"{figure(limit.figure)} {limit.unit}",
        ]
        for limit in limits_of(projection, simulation, results)
    ]
    return _table(["what", "limit", "reached at, million profiles", f"at {count(TARGETS[-1])}"], rows)


def money(projection: Projection) -> str:
    """Of one full run, by target; a core-hour at the example's price."""
    rows = [
        [
            f"core-hours on {WORKER.name}, {WORKER.dollars_a_core_hour:.3f} a core-hour",
            *(figure(projection.cpu_seconds(target) / 3600 * WORKER.dollars_a_core_hour) for target in TARGETS),
        ],
        [
            f"one {LARGEST.name}, {LARGEST.dollars:.2f} an hour, {THREADS} threads busy",
            *(_one_machine(projection, target) for target in TARGETS),
        ],
    ]
    return _table(["US dollars for one run", *map(count, TARGETS)], rows)


def _one_machine(projection: Projection, target: int) -> str:
    if projection.memory.at(target) * 1e6 > LARGEST.memory_gib * GIB:
        return "does not fit"
    return figure(projection.cpu_seconds(target) / 3600 / THREADS * LARGEST.dollars)


def blocks(simulation: Simulation) -> str:
    """What the cap on blocks saves, and how evenly blocks fall on workers."""
    workers = next(iter(simulation.worlds[-1].blocks.values())).uneven
    rows = [
        [
            kind,
            count(world.run.profiles),
            f"{load.largest:,}",
            figure(load.pairs / world.run.profiles),
            figure(load.pairs_uncapped / world.run.profiles),
            *(f"{figure(load.uneven[number])} / {figure(load.uneven_uncapped[number])}" for number in workers),
        ]
        for kind in simulation.worlds[-1].blocks
        for world in simulation.worlds
        for load in (world.blocks[kind],)
    ]
    head = ["shared value", "profiles", "largest block", "pairs a profile, capped", "not capped"]
    return _table([*head, *(f"{number} workers" for number in workers)], rows)


def components(simulation: Simulation) -> str:
    """Of three graphs over the same profiles, and the rounds that a cluster would need."""
    rows = [
        [
            name,
            count(world.run.profiles),
            f"{graph.edges:,}",
            f"{graph.components:,}",
            f"{graph.largest:,}",
            f"{100 * graph.largest / world.run.profiles:.3g} %",
            str(graph.propagation_rounds),
            str(graph.star_rounds),
        ]
        for name in simulation.worlds[-1].graphs
        for world in simulation.worlds
        for graph in (world.graphs[name],)
    ]
    head = [
        "graph of",
        "profiles",
        "edges",
        "components",
        "largest",
        "share",
        "label propagation",
        "large-star, small-star",
    ]
    return _table(head, rows)


def vectors(simulation: Simulation) -> str:
    rows = [
        [code, str(squeezed.bytes), f"{squeezed.recall:.3f}", f"{squeezed.recall_ranked:.3f}"]
        for code, squeezed in simulation.vectors.items()
    ]
    return _table(
        ["bytes of a code", "with its id", "recall of ten, codes alone", "ranked again by whole vectors"], rows
    )


def figure(value: float) -> str:
    """Whole numbers from a hundred up, three significant digits below."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def count(profiles: int) -> str:
    return f"{profiles:,}"


def millions(profiles: float) -> str:
    return figure(profiles / 1e6)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
