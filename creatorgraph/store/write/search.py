"""Search documents, and the norms of engagement that follower quality is measured by."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.creator import CreatorId
from creatorgraph.store.read.keyset import CreatorUuid, any_of
from creatorgraph.store.table import audience_norm, search_document
from creatorgraph.store.write.stage import stage

LEAST_ACCOUNTS = 30
"""Accounts of like size from which their median is taken for usual; the usual bound for a sample that is not small."""
LOWEST_RATE = 0.01
"""Percent; what lies below, zero too, counts as this, because its logarithm would outweigh everything."""
LEAST_SPREAD = 0.1

_REFRESH = Path(__file__).with_name("audience_norm.sql").read_text()
_COLUMNS = ("creator_id", "words", "country", "last_active_at", "follower_quality")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """What search knows of one creator; `words` is a tsvector as PostgreSQL writes it."""

    creator_id: CreatorId
    words: str
    country: str | None
    last_active_at: datetime | None
    follower_quality: float | None


def write_documents(connection: sa.Connection, documents: Iterable[SearchDocument]) -> None:
    """Inserts or replaces; a document that is as before is not touched."""
    staged = stage(
        connection, search_document, _COLUMNS, ([getattr(each, name) for name in _COLUMNS] for each in documents)
    )
    statement = insert(search_document).from_select(list(_COLUMNS), sa.select(staged.rows))
    new = {name: statement.excluded[name] for name in _COLUMNS[1:]}
    differs = sa.or_(*(search_document.c[name].is_distinct_from(value) for name, value in new.items()))
    merged = statement.on_conflict_do_update(index_elements=["creator_id"], set_=new, where=differs)
    connection.execute(merged, staged.values)


def delete_documents(connection: sa.Connection, ids: Collection[CreatorId]) -> None:
    if ids:
        connection.execute(
            search_document.delete().where(search_document.c.creator_id == any_of(list(ids), CreatorUuid))
        )


def refresh_norms(connection: sa.Connection) -> None:
    """Measures anew what engagement is usual among the stored accounts of each platform and size."""
    connection.execute(audience_norm.delete())
    connection.execute(
        sa.text(_REFRESH),
        {"least": LEAST_ACCOUNTS, "lowest_rate": LOWEST_RATE, "least_spread": LEAST_SPREAD},
    )
