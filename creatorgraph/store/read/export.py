"""The rows of an export, streamed from server-side cursors."""

from collections.abc import Iterator

import pyarrow as pa
import sqlalchemy as sa

from creatorgraph.store.table import creator, link, membership, profile

_TEXTS = pa.list_(pa.string())
_EVIDENCE = pa.list_(
    pa.struct(
        [
            ("signal", pa.string()),
            ("level", pa.string()),
            ("left_value", pa.string()),
            ("right_value", pa.string()),
            ("match_weight", pa.float64()),
            ("explanation", pa.string()),
        ]
    )
)
_TIME = pa.timestamp("us", tz="UTC")

EXPORTS: dict[str, pa.Schema] = {
    "creators": pa.schema(
        [
            ("creator_id", pa.string()),
            ("display_name", pa.string()),
            ("kind", pa.string()),
            ("category", pa.string()),
            ("language", pa.string()),
            ("location", pa.string()),
            ("platforms", _TEXTS),
            ("members", pa.int64()),
            ("total_followers", pa.int64()),
            ("average_engagement_rate", pa.float64()),
            ("verified", pa.bool_()),
            ("primary_profile_id", pa.string()),
            ("version", pa.int64()),
            ("created_at", _TIME),
            ("updated_at", _TIME),
        ]
    ),
    "profiles": pa.schema(
        [
            ("profile_id", pa.string()),
            ("creator_id", pa.string()),
            ("platform", pa.string()),
            ("username", pa.string()),
            ("url", pa.string()),
            ("display_name", pa.string()),
            ("bio", pa.string()),
            ("website", pa.string()),
            ("location", pa.string()),
            ("language", pa.string()),
            ("category", pa.string()),
            ("followers", pa.int64()),
            ("engagement_rate", pa.float64()),
            ("verified", pa.bool_()),
            ("status", pa.string()),
            ("first_seen_at", _TIME),
            ("last_seen_at", _TIME),
        ]
    ),
    "links": pa.schema(
        [
            ("left_id", pa.string()),
            ("right_id", pa.string()),
            ("probability", pa.float64()),
            ("match_weight", pa.float64()),
            ("accepted", pa.bool_()),
            ("decided_by", pa.string()),
            ("model_version", pa.string()),
            ("evidence", _EVIDENCE),
        ]
    ),
}


def export_rows(connection: sa.Connection, name: str, *, batch_size: int) -> Iterator[list[dict[str, object]]]:
    """The rows of the export `name` (a key of EXPORTS) in the order of their ids, as dictionaries of its columns."""
    columns = EXPORTS[name].names
    if name == "profiles":
        tables: sa.FromClause = profile.outerjoin(membership, membership.c.profile_id == profile.c.profile_id)
        chosen = [membership.c.creator_id if c == "creator_id" else profile.c[c] for c in columns]
        query = sa.select(*chosen).select_from(tables).order_by(profile.c.profile_id)
    elif name == "creators":
        query = sa.select(*(creator.c[c] for c in columns)).where(creator.c.retired_at.is_(None))
        query = query.order_by(creator.c.creator_id)
    else:
        query = sa.select(*(link.c[c] for c in columns)).order_by(link.c.left_id, link.c.right_id)
    result = connection.execution_options(yield_per=batch_size).execute(query)
    for rows in result.partitions():
        yield [dict(zip(columns, row, strict=True)) for row in rows]
