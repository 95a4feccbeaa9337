"""Erasures with their receipts, and whose records are not taken in again."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.erasure import PSEUDONYM, ErasedFrom, Erasure, ErasureId, ErasureStep
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.keyset import Id
from creatorgraph.store.table import erasure, erasure_step, profile_identifier, suppression

_PLACES = {place: rank for rank, place in enumerate(ErasedFrom)}
_FORMER = sa.text(
    """
    SELECT DISTINCT held.id FROM identity_event, unnest(profiles) AS held (id)
    WHERE creator_id = :creator AND NOT starts_with(held.id, :pseudonym)
    AND NOT EXISTS (SELECT FROM membership WHERE membership.profile_id = held.id AND membership.creator_id <> :creator)
    """
)
_SUPPRESSED = sa.text("SELECT key FROM suppression WHERE key = ANY(:keys)")


def erasures(
    connection: sa.Connection, *, ids: Sequence[ErasureId] | None = None, creator: CreatorId | None = None
) -> list[Erasure]:
    """Those of `ids`, those of a creator, or all; the latest first."""
    statement = sa.select(erasure).order_by(erasure.c.asked_at.desc(), erasure.c.erasure_id)
    if ids is not None:
        statement = statement.where(erasure.c.erasure_id.in_(ids))
    if creator is not None:
        statement = statement.where(erasure.c.creator_id == creator)
    rows = connection.execute(statement).all()
    steps: dict[str, list[ErasureStep]] = {row.erasure_id: [] for row in rows}
    for step in connection.execute(sa.select(erasure_step).where(erasure_step.c.erasure_id.in_(steps))):
        steps[step.erasure_id].append(ErasureStep(place=ErasedFrom(step.place), entries=step.entries, at=step.at))
    return [
        Erasure(
            erasure_id=ErasureId(row.erasure_id),
            creator_id=None if row.creator_id is None else CreatorId(row.creator_id),
            asked_by=row.asked_by,
            asked_at=row.asked_at,
            done_at=row.done_at,
            steps=tuple(sorted(steps[row.erasure_id], key=lambda step: _PLACES[step.place])),
        )
        for row in rows
    ]


def open_erasures(connection: sa.Connection, *, of: Collection[ProfileId] = ()) -> list[ErasureId]:
    """Those that are not done, and are about all of these profiles at least; the oldest first."""
    statement = sa.select(erasure.c.erasure_id).where(erasure.c.done_at.is_(None)).order_by(erasure.c.asked_at)
    if of:
        statement = statement.where(erasure.c.profiles.op("@>")(sa.cast(sorted(of), sa.ARRAY(Id))))
    return [ErasureId(each) for each in connection.scalars(statement)]


def lock_erasure(connection: sa.Connection, erasure_id: ErasureId) -> tuple[CreatorId | None, tuple[ProfileId, ...]]:
    """Whom an erasure that is not done is about, locked until the transaction ends; no profiles where it is done."""
    row = connection.execute(
        sa.select(erasure.c.creator_id, erasure.c.profiles).where(erasure.c.erasure_id == erasure_id).with_for_update()
    ).one()
    creator = None if row.creator_id is None else CreatorId(row.creator_id)
    return creator, tuple(ProfileId(each) for each in row.profiles or ())


def ever_members(connection: sa.Connection, creator: CreatorId) -> list[ProfileId]:
    """The profiles that the history says the creator had and nobody else has now: its members, and those that are gone."""
    found = connection.scalars(_FORMER, {"creator": creator, "pseudonym": PSEUDONYM})
    return [ProfileId(each) for each in found]


def suppressed_keys(connection: sa.Connection, keys: Collection[bytes]) -> frozenset[bytes]:
    """Those of the keys that somebody who was erased has."""
    return frozenset(bytes(key) for key in connection.scalars(_SUPPRESSED, {"keys": list(keys)}))


def anybody_suppressed(connection: sa.Connection) -> bool:
    """Whether anybody was ever erased: where nobody was, no batch needs to be looked at."""
    return bool(connection.scalar(sa.select(sa.exists(sa.select(suppression.c.key)))))


def identifiers_held(connection: sa.Connection, profiles: Collection[ProfileId]) -> list[int]:
    """The ids of the identifiers that the profiles have."""
    held = profile_identifier.c
    statement = sa.select(held.identifier_id).distinct().where(held.profile_id.in_(profiles))
    return list(connection.scalars(statement))


def rows_naming(
    connection: sa.Connection, texts: sa.Select[tuple[Any, str]], named: Callable[[str], bool]
) -> list[Any]:
    """Keys of the rows (key, text) whose text names somebody. Every text is looked at here: how PostgreSQL lowers letters
    depends on its locale, which may know those of ASCII alone."""
    rows = connection.execute(texts.execution_options(yield_per=1000))
    return [key for key, text in rows if named(text)]
