"""The rows of an export, streamed from server-side cursors."""

from collections.abc import Generator, Iterator, Sequence

import pyarrow as pa
import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.export import ExportData
from creatorgraph.store.read.history import retirements
from creatorgraph.store.read.keyset import AnySelect, CreatorUuid, any_of
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


RETIRED = pa.schema(
    [("creator_id", pa.string()), ("ending", pa.string()), ("successor_id", pa.string()), ("at", _TIME)]
)
"""What became of an id that a creator had: merged, moved, removed or erased (store/read/history.py)."""


Rows = list[dict[str, object]]
"""A batch, each row as a dictionary of its columns."""


def columns_of(data: ExportData) -> pa.Schema:
    """The columns of a part."""
    return RETIRED if data is ExportData.RETIRED else EXPORTS[data.value]


def export_rows(connection: sa.Connection, name: str, *, batch_size: int) -> Iterator[Rows]:
    """The rows of the export `name` (a key of EXPORTS) in the order of their ids, as dictionaries of its columns."""
    yield from _streamed(connection, name, _rows(name), batch_size)


def rows_of_creators(
    connection: sa.Connection, data: ExportData, creators: Sequence[CreatorId], *, batch_size: int
) -> Generator[Rows, None, None]:
    """As `export_rows`, what belongs to these creators: links where both profiles are of one of them.

    Of RETIRED those that do not live any more; of all others those that do.
    """
    if data is ExportData.RETIRED:
        for start in range(0, len(creators), batch_size):
            chunk = creators[start : start + batch_size]
            yield [
                {"creator_id": one.creator_id, "ending": one.ending, "successor_id": one.successor, "at": one.at}
                for one in retirements(connection, chunk)
                if one is not None
            ]
        return
    ids, query = any_of(creators, CreatorUuid), _rows(data.value)
    if data is ExportData.CREATORS:
        query = query.where(creator.c.creator_id == ids)
    elif data is ExportData.PROFILES:
        query = query.where(membership.c.creator_id == ids)
    else:
        left, right = membership.alias("left_home"), membership.alias("right_home")
        query = (
            query.join(left, left.c.profile_id == link.c.left_id)
            .join(right, right.c.profile_id == link.c.right_id)
            .where(left.c.creator_id == ids, left.c.creator_id == right.c.creator_id)
        )
    yield from _streamed(connection, data.value, query, batch_size)


def _rows(name: str) -> AnySelect:
    columns = EXPORTS[name].names
    if name == "profiles":
        tables = profile.outerjoin(membership, membership.c.profile_id == profile.c.profile_id)
        chosen = [membership.c.creator_id if c == "creator_id" else profile.c[c] for c in columns]
        return sa.select(*chosen).select_from(tables).order_by(profile.c.profile_id)
    if name == "creators":
        living = sa.select(*(creator.c[c] for c in columns)).where(creator.c.retired_at.is_(None))
        return living.order_by(creator.c.creator_id)
    return sa.select(*(link.c[c] for c in columns)).order_by(link.c.left_id, link.c.right_id)


def _streamed(connection: sa.Connection, name: str, query: AnySelect, batch_size: int) -> Generator[Rows, None, None]:
    columns = EXPORTS[name].names
    # on this statement alone: on the connection it would make a cursor of each that follows
    with connection.execute(query, execution_options={"yield_per": batch_size}) as result:
        for rows in result.partitions():
            yield [dict(zip(columns, row, strict=True)) for row in rows]
