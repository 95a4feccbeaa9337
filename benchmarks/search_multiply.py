"""A stored world several times over: as many creators as wanted, without encoding as many texts."""

import numpy as np
import sqlalchemy as sa

from creatorgraph.services.engines import Engines
from creatorgraph.store.table import creator, membership, profile, search_document

NOISE = 0.02
"""Standard deviation of what is added to each of 384 coordinates: the cosine to the original is then some 0.93, as between
two wordings of one bio."""


def multiply(engines: Engines, times: int) -> int:
    """Stores every profile, creator and document `times` times in all, each copy with a vector near the original's; how many
    creators there are then. The copies are made in PostgreSQL."""
    with engines.database.transaction() as connection:
        ids = list(connection.scalars(sa.select(profile.c.profile_id).order_by(profile.c.profile_id)))
        for copy in range(1, times):
            for table, skipped in (
                (profile, {"row_id"}),
                (creator, set()),
                (membership, set()),
                (search_document, set()),
            ):
                columns = [column for column in table.c if column.name not in skipped]
                connection.execute(
                    table.insert().from_select(
                        [column.name for column in columns],
                        sa.select(*(_copied(column, copy) for column in columns)).where(_original(table)),
                    )
                )
        creators = connection.scalar(sa.select(sa.func.count()).select_from(creator)) or 0
    with engines.database.transaction() as connection:
        connection.execute(sa.text("ANALYZE profile, creator, membership, search_document"))
    random = np.random.default_rng(0)
    index = engines.profile_index()
    vectors = index.vectors(ids)
    there = np.flatnonzero(vectors.any(axis=1))
    for copy in range(1, times):
        moved = vectors[there] + random.normal(0, NOISE, (len(there), vectors.shape[1])).astype(np.float32)
        names = [f"{ids[row]}-{copy}" for row in there]
        index.upsert(names, names, moved / np.linalg.norm(moved, axis=1, keepdims=True))
    index.save()
    return int(creators)


def _copied(column: "sa.Column[object]", copy: int) -> sa.ColumnElement[object]:
    """The column's value in a copy: ids say which one it is of."""
    if column.name in ("profile_id", "primary_profile_id"):
        return sa.cast(sa.func.concat(column, f"-{copy}"), column.type)
    if column.name == "creator_id":
        return sa.cast(sa.func.overlay(sa.cast(column, sa.Text), f"{copy:04x}", 5, 4), column.type)
    return column


def _original(table: sa.Table) -> sa.ColumnElement[bool]:
    if "profile_id" in table.c:
        return table.c.profile_id.not_like("%-%")
    return sa.func.substr(sa.cast(table.c.creator_id, sa.Text), 5, 4) == "0000"
