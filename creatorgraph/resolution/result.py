"""What a run of the resolver gives back: links, clusters, the model and a summary."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from creatorgraph.domain.link import Evidence, Link
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.blocking.block import RuleReport
from creatorgraph.resolution.local_index import LocalIndex
from creatorgraph.resolution.model.artefact import ModelArtefact

EVIDENCE_TYPE = pa.struct(
    [
        pa.field("signal", pa.string()),
        pa.field("level", pa.string()),
        pa.field("left_value", pa.string()),
        pa.field("right_value", pa.string()),
        pa.field("match_weight", pa.float64()),
        pa.field("explanation", pa.string()),
    ]
)
LINK_SCHEMA = pa.schema(
    [
        pa.field("left", pa.string()),
        pa.field("right", pa.string()),
        pa.field("probability", pa.float64()),
        pa.field("match_weight", pa.float64()),
        pa.field("accepted", pa.bool_()),
        pa.field("evidence", pa.list_(EVIDENCE_TYPE)),
    ]
)
FAINT_SCHEMA = pa.schema(
    [pa.field("left", pa.string()), pa.field("right", pa.string()), pa.field("match_weight", pa.float64())]
)
ROWS_AT_ONCE = 5_000
"""Links that exist as Python objects at a time."""
CLUSTER_SCHEMA = pa.schema([pa.field("profile_id", pa.string()), pa.field("cluster", pa.int64())])
WATCH_SCHEMA = pa.schema(
    [
        pa.field("left", pa.string()),
        pa.field("right", pa.string()),
        pa.field("rules", pa.list_(pa.string())),
        pa.field("probability", pa.float64()),
        pa.field("match_weight", pa.float64()),
        pa.field("evidence", pa.list_(EVIDENCE_TYPE)),
    ]
)
SELF_SCHEMA = pa.schema([pa.field("profile_id", pa.string()), pa.field("match_weight", pa.float64())])


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionSummary:
    """Counts and seconds of one run; `cpu_seconds` are those of one core; `warnings` are sentences that name the cause."""

    profiles: int
    candidate_pairs: int
    rules: tuple[RuleReport, ...]
    links: int
    accepted_links: int
    review_links: int
    clusters: int
    creators_of_several: int
    largest_cluster: int
    largest_component: int
    components_split: int
    seconds: dict[str, float]
    warnings: tuple[str, ...]
    cpu_seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """`pairs` (WATCH_SCHEMA) has each watched pair of known profiles once, by left and right. `rules` are the blocking rules
    that found it; where none did, it was scored for this report alone, without competition. `evidence` is null where the
    links have the pair. `selves` (SELF_SCHEMA) is how sure each profile would be of its own double, in bits of match
    weight; without rows unless asked for.
    """

    pairs: pa.Table = field(default_factory=WATCH_SCHEMA.empty_table)
    selves: pa.Table = field(default_factory=SELF_SCHEMA.empty_table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """`links` (LINK_SCHEMA) one row per scored pair worth keeping, by left and right; `clusters` (CLUSTER_SCHEMA) one row
    per profile by profile id; `model` is JSON-able: `model_version`, Splink's `settings`, and what is ours;
    `watched` is what the caller asked about beside."""

    links: pa.Table
    clusters: pa.Table
    model: dict[str, Any]
    summary: ResolutionSummary
    artefact: ModelArtefact | None = None
    """The model to be used again; None where the resolver has none that can."""
    watched: Watched = field(default_factory=Watched)
    faint: pa.Table = field(default_factory=FAINT_SCHEMA.empty_table)
    """FAINT_SCHEMA: pairs too improbable to be kept as links that still had a say in the clusters; with the links they give
    the same clusters again."""
    index: LocalIndex | None = None
    """What arrivals after this run are resolved by, where it was asked for."""


def links_of(table: pa.Table, *, model_version: str = "", evidence: bool = True) -> Iterator[Link]:
    """The rows of a LINK_SCHEMA table as domain links, one at a time; without `evidence` many times as fast."""
    if not evidence:
        table = table.set_column(
            table.column_names.index("evidence"),
            LINK_SCHEMA.field("evidence"),
            pa.nulls(len(table), pa.list_(EVIDENCE_TYPE)),
        )
    for batch in table.to_batches(max_chunksize=ROWS_AT_ONCE):
        for row in batch.to_pylist():
            yield Link(
                left=ProfileId(row["left"]),
                right=ProfileId(row["right"]),
                probability=row["probability"],
                match_weight=row["match_weight"],
                evidence=tuple(Evidence(**item) for item in row["evidence"] or ()),
                accepted=row["accepted"],
                model_version=model_version,
            )
