"""One synthetic world: a run, and what its profiles, candidate pairs and links are like."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.measure import in_child
from benchmarks.scaling.block import BlockLoad, block_loads
from benchmarks.scaling.component import Components, components_of
from benchmarks.scaling.run import Run, measured_run
from creatorgraph.domain.progress import Silent
from creatorgraph.resolution.blocking.candidate import candidate_pairs
from creatorgraph.resolution.feature.population import population_of
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.services.profile_spool import open_spool, spool_profiles
from creatorgraph.synth.world import write_world

SEED = 7
THREADS = 2
CANDIDATES, KEPT, ACCEPTED = "candidate pairs", "kept links", "accepted links"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """`table_mb` is the spooled table of profiles on disk, `text_mb` the text of each of its columns, `pairs` the candidate
    pairs by blocking rule, `graphs` the components of three graphs over the profiles."""

    run: Run
    table_mb: float
    text_mb: dict[str, float]
    pairs: dict[str, int]
    blocks: dict[str, BlockLoad]
    graphs: dict[str, Components]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    table_mb: float
    text_mb: dict[str, float]
    pairs: dict[str, int]
    blocks: dict[str, BlockLoad]
    graphs: dict[str, Components]


def simulated_world(folder: Path, profiles: int) -> World:
    """Made, resolved and looked at in processes of their own."""
    made = in_child(write_world, folder / "world", profiles, SEED).result
    run = measured_run(made, folder)
    shape = in_child(_shape, made.profiles, folder).result
    return World(
        run=run,
        table_mb=shape.table_mb,
        text_mb=shape.text_mb,
        pairs=shape.pairs,
        blocks=shape.blocks,
        graphs=shape.graphs,
    )


def _shape(profiles: Path, folder: Path) -> _Shape:
    spool = folder / "profiles.arrow"
    spool_profiles([profiles], spool, folder / "rejects.jsonl", key=bytes(32), threads=THREADS)
    table = open_spool(spool)
    table = table.sort_by("profile_id").combine_chunks()
    options = ResolveOptions()
    population = population_of(table, None)
    candidates = candidate_pairs(
        population, max_block_size=options.max_block_size, seed=options.seed, progress=Silent(), threads=THREADS
    )
    links = pq.read_table(folder / "out" / "links.parquet", columns=["left", "right", "accepted"])
    ids = table.column("profile_id").combine_chunks()
    left, right = (pc.index_in(links.column(side), value_set=ids).to_numpy() for side in ("left", "right"))
    accepted = links.column("accepted").to_numpy()
    ends: Mapping[str, tuple[np.ndarray, np.ndarray]] = {
        CANDIDATES: (candidates.left, candidates.right),
        KEPT: (left, right),
        ACCEPTED: (left[accepted], right[accepted]),
    }
    return _Shape(
        table_mb=spool.stat().st_size / 1e6,
        text_mb=_text(table),
        pairs={report.rule: report.pairs for report in candidates.reports},
        blocks=block_loads(population, options.max_block_size),
        graphs={
            name: components_of(len(ids), one.astype(np.int64), other.astype(np.int64))
            for name, (one, other) in ends.items()
        },
    )


def _text(table: pa.Table) -> dict[str, float]:
    """The bytes of text, without offsets, of each column that holds one text a profile."""
    return {
        field.name: sum(len(chunk.buffers()[2] or b"") for chunk in table.column(field.name).chunks) / 1e6
        for field in table.schema
        if field.type == pa.string()
    }
