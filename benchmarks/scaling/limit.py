"""What stands in the way on one machine, and at how many profiles."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.result import Result
from benchmarks.scaling.price import LARGEST, WORKER
from benchmarks.scaling.projection import TARGETS, Projection
from benchmarks.scaling.result import Simulation
from benchmarks.vector import VECTORS

GIB = 2**30
DAY = 24.0
THREADS = 8
"""No stage of the resolver uses more (creatorgraph/resolution/parallel.py, blocking/candidate.py)."""
TEXT = "bio"
"""The longest text that the resolver holds as one array (creatorgraph/resolution/feature/population.py)."""
ARRAY_GIB = 2.0
"""Arrow's `string` counts bytes in 32 bits with a sign (https://arrow.apache.org/docs/format/Columnar.html); pyarrow refuses
to put more into one array."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """`figure` is what there is at the largest target, `limit` what there may be, both in `unit`; `profiles` at which it is
    reached."""

    what: str
    limit: float
    unit: str
    profiles: float
    figure: float


def limits_of(projection: Projection, simulation: Simulation, results: Mapping[str, Result]) -> list[Limit]:
    """Those that are reached first, first. What `make bench` has not measured is left out."""
    return sorted(_limits(projection, simulation, results), key=lambda limit: limit.profiles)


def _limits(projection: Projection, simulation: Simulation, results: Mapping[str, Result]) -> Iterator[Limit]:
    world, stored = simulation.worlds[-1], simulation.stored
    text = world.text_mb[TEXT] * 1e6 / GIB / world.run.profiles
    yield _in_proportion(f"text of the column `{TEXT}` in one Arrow array", ARRAY_GIB, "GiB", text)
    here = memory_gib(projection.runs[-1].machine)
    for name, memory in (
        ("of the benchmarks", here),
        (WORKER.name, WORKER.memory_gib),
        (LARGEST.name, LARGEST.memory_gib),
    ):
        yield Limit(
            what=f"memory of the resolver, machine {name}",
            limit=memory,
            unit="GiB",
            profiles=projection.memory.reaches(memory * GIB / 1e6),
            figure=projection.memory.at(TARGETS[-1]) * 1e6 / GIB,
        )
    yield Limit(
        what=f"a day of the resolver, all of its {THREADS} threads busy",
        limit=DAY,
        unit="h",
        profiles=projection.reaches_cpu_seconds(THREADS * DAY * 3600),
        figure=projection.cpu_seconds(TARGETS[-1]) / 3600 / THREADS,
    )
    vectors = results.get("vector.bytes")
    if vectors is not None:
        each = vectors.value * 1e6 / GIB / VECTORS
        yield _in_proportion(f"index of search in memory, machine {WORKER.name}", WORKER.memory_gib, "GiB", each)
    encode = results.get("resolution.end_to_end.encode.seconds")
    if encode is not None:
        share = encode.value * cores(encode.machine) / THREADS / 3600 / END_TO_END
        yield _in_proportion(f"a day of encoding for search, {THREADS} cores", DAY, "h", share)
    write = results.get("resolution.end_to_end.resolve.write.seconds")
    if write is not None:
        share = write.value / 3600 / END_TO_END
        yield _in_proportion("a day of writing one run to PostgreSQL, one transaction", DAY, "h", share)
    projected = results.get("graph.projection.nodes")
    if projected is not None:
        share = stored.nodes / stored.profiles / projected.value / 3600
        yield _in_proportion("a day of projecting into Neo4j", DAY, "h", share)


END_TO_END = 100_000
"""Profiles of the benchmark of that name (benchmarks/end_to_end.py)."""


def _in_proportion(what: str, limit: float, unit: str, share: float) -> Limit:
    """`share` is what one profile takes."""
    return Limit(what=what, limit=limit, unit=unit, profiles=limit / share, figure=share * TARGETS[-1])


def cores(machine: str) -> int:
    """As benchmarks/machine.py describes it. Raises ValueError for another description."""
    return _number(r"(\d+) cores", machine)


def memory_gib(machine: str) -> int:
    return _number(r"(\d+) GiB", machine)


def _number(pattern: str, machine: str) -> int:
    found = re.search(pattern, machine)
    if found is None:
        raise ValueError(f"{machine!r} does not say {pattern}")
    return int(found[1])
