"""Writes what a change of identities does: creators, members, history and the messages about it, as one step."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from psycopg.errors import LockNotAvailable
from sqlalchemy.exc import DBAPIError

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import BusyError
from creatorgraph.domain.identity_event import IdentityEventKind
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.identity import IdentityChange
from creatorgraph.services.stored_profile import merged_views
from creatorgraph.store.advisory import lock, share
from creatorgraph.store.database import Database
from creatorgraph.store.write.creator import (
    append_events,
    bump_versions,
    retire_creators,
    write_creators,
    write_membership,
)
from creatorgraph.store.write.outbox import announce

LOCK, TURN, ACTS = "creatorgraph.resolve", "creatorgraph.resolve.turn", "creatorgraph.act"
WAIT_SECONDS = 5
"""How long an act waits for a run that is writing, or for profiles that go; whoever acts is then told to try again in as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Creators whose row is new or differs, and profiles that have another creator than before."""

    creators: frozenset[CreatorId]
    moved: frozenset[ProfileId]


@contextmanager
def turn(database: Database) -> Iterator[None]:
    """One run over everything at a time: waits for the one that is under way. Acts of stewards are not held up."""
    # outside any transaction, which for hours would hold back what PostgreSQL may clear away
    with database.connection() as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(hashtext(:name))"), {"name": TURN})
        yield


def lock_alone(connection: sa.Connection) -> None:
    """For what a run over everything writes: waits for acts that are under way, keeps others out until the transaction ends."""
    lock(connection, LOCK)


def lock_beside_others(connection: sa.Connection) -> None:
    """For a change of some creators: others may be made beside it, a run over everything may not write.

    Raises:
        BusyError: a run over everything writes for longer than anybody wants to wait.
    """
    _share(connection, LOCK, "a run over all profiles is writing what it found")


def lock_for_act(connection: sa.Connection) -> None:
    """For an act of a steward, after `lock_beside_others`: other acts may be done beside it, profiles may not go.

    Raises:
        BusyError: profiles are going for longer than anybody wants to wait.
    """
    _share(connection, ACTS, "profiles are being withdrawn")


def lock_against_acts(connection: sa.Connection) -> None:
    """For profiles that go: waits for acts of stewards that are under way, keeps others out until the transaction ends.

    Whom they leave behind is known only when they are gone, so their creators cannot all be locked in the order of their ids.
    """
    lock(connection, ACTS)


def try_beside_others(connection: sa.Connection) -> bool:
    """The same without waiting: False where a run over everything is under way."""
    asked = connection.scalar(sa.text("SELECT pg_try_advisory_xact_lock_shared(hashtext(:name))"), {"name": LOCK})
    return bool(asked)


def _share(connection: sa.Connection, name: str, busy: str) -> None:
    connection.execute(sa.text(f"SET LOCAL lock_timeout = {int(WAIT_SECONDS * 1000)}"))
    try:
        share(connection, name)
    except DBAPIError as error:
        if isinstance(error.orig, LockNotAvailable):
            raise BusyError(busy, mend=f"Nothing was changed: try again in {WAIT_SECONDS} s.") from error
        raise
    connection.execute(sa.text("SET LOCAL lock_timeout = 0"))


def write_change(
    connection: sa.Connection, change: IdentityChange, *, among: Collection[ProfileId] | None = None
) -> Written:
    """`among` are the profiles that the change is about (None: all). The messages go to the outbox of this transaction."""
    written: set[CreatorId] = set()
    for views in merged_views(connection, change.membership):
        written |= write_creators(connection, views)
    moved = write_membership(connection, change.membership, among=among)
    bump_versions(connection, set(change.changed) - written)
    retire_creators(connection, change.retired)
    append_events(connection, change.events)

    created, retired = frozenset(change.created), frozenset(change.retired)
    split = frozenset(e.creator_id for e in change.events if e.kind is IdentityEventKind.SPLIT)
    announce(connection, "creator.created", "creators", created)
    announce(connection, "creator.merged", "creators", retired)
    announce(connection, "creator.split", "creators", split)
    announce(connection, "creator.updated", "creators", (written | frozenset(change.changed)) - created)
    return Written(creators=frozenset(written), moved=moved)
