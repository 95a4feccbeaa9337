"""A small simulation made up for tests; its figures follow simple laws."""

from collections.abc import Callable

import pytest

from benchmarks.scaling.block import BlockLoad
from benchmarks.scaling.component import Components
from benchmarks.scaling.database import Stored
from benchmarks.scaling.result import Simulation
from benchmarks.scaling.run import STAGES, Run
from benchmarks.scaling.vector import Squeezed
from benchmarks.scaling.world import ACCEPTED, CANDIDATES, KEPT, World

MACHINE = "a processor, 2 cores, 24 GiB, Linux x86_64, Python 3.11.7"


def run_of(profiles: int) -> Run:
    """A second of start, then in proportion; blocking grows with the square."""
    cpu = dict.fromkeys(STAGES, 1e-5 * profiles) | {"blocking": 1e-7 * profiles**2}
    return Run(
        profiles=profiles,
        seconds=dict(cpu),
        cpu_seconds=cpu,
        all_seconds=sum(cpu.values()) + 1,
        all_cpu_seconds=sum(cpu.values()) + 1,
        peak_mb=300 + 0.006 * profiles,
        counts={
            "candidate_pairs": 30 * profiles,
            "links": profiles,
            "accepted_links": profiles // 2,
            "largest_component": 9,
        },
        disk_mb={"profiles": 4e-4 * profiles, "links": 1e-4 * profiles, "clusters": 2e-5 * profiles},
        machine=MACHINE,
        when="2026-01-02T03:04:05+00:00",
    )


def world_of(profiles: int) -> World:
    graph = Components(edges=profiles, components=profiles // 4, largest=9, propagation_rounds=5, star_rounds=3)
    even = {"16": 1.1, "64": 1.2, "256": 1.5}
    load = BlockLoad(largest=50, pairs=profiles, pairs_uncapped=2 * profiles, uneven=even, uneven_uncapped=even)
    return World(
        run=run_of(profiles),
        table_mb=4e-4 * profiles,
        text_mb={"bio": 5e-5 * profiles, "username": 1e-5 * profiles},
        pairs={"key": 3 * profiles, "name": 2 * profiles},
        blocks={"email": load},
        graphs={CANDIDATES: graph, KEPT: graph, ACCEPTED: graph},
    )


@pytest.fixture
def make_run() -> Callable[[int], Run]:
    return run_of


@pytest.fixture
def simulation() -> Simulation:
    return Simulation(
        worlds=(world_of(1_000), world_of(10_000)),
        vectors={"48": Squeezed(bytes=56, recall=0.6, recall_ranked=0.97)},
        stored=Stored(profiles=1_000, ingested_mb=3, resolved_mb=6, indexes_mb=4, nodes=4_000, edges=9_000),
        machine=MACHINE,
        when="2026-01-02T03:04:05+00:00",
    )
