"""Writes what a change of identities does: creators, members, history and the messages about it, as one step."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from psycopg.errors import LockNotAvailable
from sqlalchemy.exc import DBAPIError

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.identity_event import IdentityEventKind
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.identity import IdentityChange
from creatorgraph.services.stored_profile import merged_views
from creatorgraph.store.write.creator import (
    append_events,
    bump_versions,
    retire_creators,
    write_creators,
    write_membership,
)
from creatorgraph.store.write.outbox import announce

LOCK = "creatorgraph.resolve"
WAIT_SECONDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Creators whose row is new or differs, and profiles that have another creator than before."""

    creators: frozenset[CreatorId]
    moved: frozenset[ProfileId]


def lock_alone(connection: sa.Connection) -> None:
    """For a run over everything: waits for the acts that are under way, and keeps others out until the transaction ends."""
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": LOCK})


def lock_beside_others(connection: sa.Connection) -> None:
    """For an act on some creators: others may run beside it, a run over everything may not.

    Raises:
        UnavailableError: a run over everything takes longer than anybody wants to wait.
    """
    connection.execute(sa.text(f"SET LOCAL lock_timeout = {int(WAIT_SECONDS * 1000)}"))
    try:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock_shared(hashtext(:name))"), {"name": LOCK})
    except DBAPIError as error:
        if isinstance(error.orig, LockNotAvailable):
            raise UnavailableError(
                "a run over all profiles is under way", mend="Nothing is lost: try again when it has ended."
            ) from error
        raise
    connection.execute(sa.text("SET LOCAL lock_timeout = 0"))


def try_beside_others(connection: sa.Connection) -> bool:
    """The same without waiting: False where a run over everything is under way."""
    asked = connection.scalar(sa.text("SELECT pg_try_advisory_xact_lock_shared(hashtext(:name))"), {"name": LOCK})
    return bool(asked)


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
