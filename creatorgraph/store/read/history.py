"""What happened to creators: their events, and what became of ids that are retired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.identity_event import IdentityEvent, IdentityEventKind
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.keyset import (
    AnyRow,
    AnySelect,
    CreatorUuid,
    Page,
    Part,
    any_of,
    part_statement,
    read_parts,
    wanted,
)
from creatorgraph.store.table import creator, identity_event


class Ending(StrEnum):
    """Why an id does not stand for a living creator any more."""

    MERGED = "merged"
    """Its profiles went into its successor in one merge."""
    MOVED = "moved"
    """Its profiles left one after another; the successor took the last or the most of them."""
    REMOVED = "removed"
    """Its profiles are gone and nothing took over."""
    ERASED = "erased"
    """It was erased on request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """What became of one id: why and when it ended, and the living creator that it leads to (None: no successor)."""

    creator_id: CreatorId
    ending: Ending
    at: datetime
    successor: CreatorId | None


@cache
def _page_of_events() -> AnySelect:
    asked = wanted(CreatorUuid, sa.BigInteger())
    child = (
        sa.select(identity_event)
        .where(
            sa.or_(identity_event.c.creator_id == asked.c.parent, identity_event.c.other_id == asked.c.parent),
            sa.or_(asked.c.after_0.is_(None), identity_event.c.sequence < asked.c.after_0),
        )
        .order_by(identity_event.c.sequence.desc())
    )
    return part_statement(asked, child)


def events_of_creators(connection: sa.Connection, parts: Sequence[Part]) -> list[Page[IdentityEvent]]:
    """A page of the events that name each creator on either side, newest first. The key is (sequence,)."""
    return read_parts(connection, parts, _page_of_events(), ("sequence",), _event)


def events_of_cause(connection: sa.Connection, creators: Sequence[CreatorId], cause: str) -> list[IdentityEvent]:
    """The events of these creators that one run, decision or request was behind, oldest first."""
    rows = connection.execute(
        sa.select(identity_event)
        .where(identity_event.c.creator_id == any_of(list(creators), CreatorUuid), identity_event.c.cause == cause)
        .order_by(identity_event.c.sequence)
    )
    return [_event(row) for row in rows]


def events_between(connection: sa.Connection, *, first: int, last: int, limit: int) -> list[IdentityEvent]:
    """The events with sequences from `first` to `last`, oldest first, at most `limit`."""
    rows = connection.execute(
        sa.select(identity_event)
        .where(identity_event.c.sequence.between(first, last))
        .order_by(identity_event.c.sequence)
        .limit(limit)
    )
    return [_event(row) for row in rows]


def all_events(connection: sa.Connection) -> list[IdentityEvent]:
    """The whole history, oldest first."""
    return [_event(row) for row in connection.execute(sa.select(identity_event).order_by(identity_event.c.sequence))]


def retirements(connection: sa.Connection, ids: Sequence[CreatorId]) -> list[Retirement | None]:
    """What became of each id, in the order of `ids`; None where the id lives or was never given out."""
    retired = {
        row.creator_id: row
        for row in connection.execute(
            sa.select(creator.c.creator_id, creator.c.retired_at, creator.c.successor_id).where(
                creator.c.creator_id == any_of(ids, CreatorUuid), creator.c.retired_at.is_not(None)
            )
        )
    }
    erased = _moments(connection, ids, IdentityEventKind.ERASED, identity_event.c.creator_id)
    gone = [each for each in ids if each in retired or each in erased]
    if not gone:
        return [None] * len(ids)
    merged = _moments(connection, gone, IdentityEventKind.MERGED, identity_event.c.other_id)
    final = _living_successors(connection, [each for each in gone if each in retired])

    def retirement(creator_id: CreatorId) -> Retirement | None:
        if creator_id in erased:
            return Retirement(creator_id=creator_id, ending=Ending.ERASED, at=erased[creator_id], successor=None)
        if creator_id not in retired:
            return None
        successor = final.get(creator_id)
        ending = Ending.MERGED if creator_id in merged else Ending.MOVED
        return Retirement(
            creator_id=creator_id,
            ending=ending if successor else Ending.REMOVED,
            at=retired[creator_id].retired_at,
            successor=successor,
        )

    return [retirement(each) for each in ids]


def _moments(
    connection: sa.Connection, ids: Sequence[CreatorId], kind: IdentityEventKind, side: sa.Column[Any]
) -> dict[CreatorId, datetime]:
    rows = connection.execute(
        sa.select(side.label("creator_id"), sa.func.max(identity_event.c.at).label("at"))
        .where(side == any_of(ids, CreatorUuid), identity_event.c.kind == kind.value)
        .group_by(side)
    )
    return {CreatorId(row.creator_id): row.at for row in rows}


def _living_successors(connection: sa.Connection, ids: Sequence[CreatorId]) -> dict[CreatorId, CreatorId]:
    """Follows redirects of any length to the living creator at their end."""
    chain = (
        sa.select(creator.c.creator_id.label("origin"), creator.c.successor_id.label("here"))
        .where(creator.c.creator_id == any_of(ids, CreatorUuid))
        .cte("chain", recursive=True)
    )
    # a union without ALL ends even on a damaged ring of redirects
    chain = chain.union(
        sa.select(chain.c.origin, creator.c.successor_id)
        .join(creator, creator.c.creator_id == chain.c.here)
        .where(creator.c.retired_at.is_not(None))
    )
    rows = connection.execute(
        sa.select(chain.c.origin, creator.c.creator_id)
        .join(creator, creator.c.creator_id == chain.c.here)
        .where(creator.c.retired_at.is_(None))
    )
    return {CreatorId(row.origin): CreatorId(row.creator_id) for row in rows}


def _event(row: AnyRow) -> IdentityEvent:
    return IdentityEvent(
        kind=IdentityEventKind(row.kind),
        creator_id=CreatorId(row.creator_id),
        other=CreatorId(row.other_id) if row.other_id else None,
        profiles=tuple(ProfileId(each) for each in row.profiles),
        cause=row.cause,
        at=row.at,
        sequence=row.sequence,
    )
