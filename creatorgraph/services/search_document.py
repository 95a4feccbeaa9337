"""Keeps the search documents equal to the creators: written by the relay from what changed, or all anew."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.ingest.region import region_of
from creatorgraph.services.engines import Engines
from creatorgraph.services.follower_quality import follower_quality
from creatorgraph.services.search_word import vector_of
from creatorgraph.store.read.search_source import (
    Norm,
    SourceProfile,
    creator_batches,
    read_norms,
    source_profiles,
)
from creatorgraph.store.write.search import SearchDocument, delete_documents, refresh_norms, write_documents

CREATORS_AT_ONCE = 5_000
MAX_BIO = 1_000
"""Characters of a bio that are looked at."""


def refresh_documents(connection: sa.Connection, ids: Iterable[CreatorId]) -> None:
    """Brings the documents of these creators up to date; those of creators that live no more go.

    Where it was never measured what engagement is usual, it is now.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return
    norms = read_norms(connection)
    if not norms:
        refresh_norms(connection)
        norms = read_norms(connection)
    for start in range(0, len(wanted), CREATORS_AT_ONCE):
        _refresh(connection, wanted[start : start + CREATORS_AT_ONCE], norms)


def rebuild_documents(engines: Engines, progress: Progress = Silent()) -> int:
    """Makes every document anew, after measuring what engagement is usual now; how many there are.

    Batch by batch, so that searches and the relay go on meanwhile.
    """
    progress.stage("Search documents")
    with engines.database.transaction() as connection:
        refresh_norms(connection)
        norms = read_norms(connection)
    made = 0
    with engines.database.transaction() as reading:
        for ids in creator_batches(reading, CREATORS_AT_ONCE):
            with engines.database.transaction() as connection:
                _refresh(connection, ids, norms)
            made += len(ids)
            progress.advance(len(ids))
    with engines.database.transaction() as connection:
        connection.execute(sa.text("ANALYZE search_document"))
    return made


def document_of(
    creator_id: CreatorId, members: Sequence[SourceProfile], norms: Mapping[tuple[str, int], Norm]
) -> SearchDocument:
    """The document of a creator with these members, most followers first."""
    active = [each for each in members if each.active]
    return SearchDocument(
        creator_id=creator_id,
        words=vector_of((
            ("A", _texts(each for one in members for each in (one.display_name, one.username))),
            ("B", _texts(each for one in members for each in (one.category, one.job_title, one.company))),
            ("C", _texts(one.bio[:MAX_BIO] if one.bio else None for one in members)),
            ("D", _texts(one.location for one in members)),
        )),
        country=next((found for each in members if (found := region_of(each.location, each.language))), None),
        last_active_at=max((each.observed_at or each.last_seen_at for each in active), default=None),
        follower_quality=follower_quality(active, norms),
    )  # fmt: skip


def _refresh(connection: sa.Connection, ids: Collection[CreatorId], norms: Mapping[tuple[str, int], Norm]) -> None:
    members = source_profiles(connection, list(ids))
    write_documents(connection, (document_of(creator_id, found, norms) for creator_id, found in members.items()))
    delete_documents(connection, [each for each in ids if each not in members])


def _texts(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
