"""Profiles that are withdrawn: deleted with all that hangs on them, and their creators live on without them.

The history keeps that they left; a creator without any profile retires. What their evidence held together, or spoke for or
against, is resolved anew at once, as though they had never come; where arrivals are switched off the links of others stay as
they are until the next run.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.identity import IdentityChange
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.services.arrival.resolution import resolve_departures
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.identity_change import lock_against_acts, lock_beside_others, write_change
from creatorgraph.services.recluster import clustered, lock_part, reviewed, run_options
from creatorgraph.store.read.component import facts_of, memberships_of
from creatorgraph.store.write.outbox import announce
from creatorgraph.store.write.profile import delete_profiles
from creatorgraph.store.write.review import replace_open_items

CAUSE = "withdrawal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """How many profiles went, the creators that live on without some, and those that are gone with their last."""

    profiles: int
    changed: tuple[CreatorId, ...]
    retired: tuple[CreatorId, ...]


def withdraw_profiles(engines: Engines, ids: Iterable[ProfileId], *, arrivals: Arrivals | None = None) -> Withdrawn:
    """Deletes those of the profiles that are stored; to withdraw what is gone already changes nothing.

    `arrivals` is the process's own, where it has one that keeps the model.
    Decisions about them stay: what was tied to one of them stays tied. Everything is one transaction.

    Raises:
        BusyError: a run over everything is writing.
    """
    with engines.database.transaction() as connection:
        lock_beside_others(connection)
        seeds = facts_of(connection, set(ids)).keys()
        change = withdrawn(connection, seeds, arrivals or Arrivals(engines), cause=CAUSE)
    return Withdrawn(profiles=len(seeds), changed=change.changed, retired=tuple(sorted(change.retired)))


def withdrawn(
    connection: sa.Connection, profiles: Collection[ProfileId], arrivals: Arrivals, *, cause: str
) -> IdentityChange:
    """Deletes these stored profiles in the caller's transaction, which keeps runs out; what that does to identities, whose
    history gives the cause."""
    # first: a step of arrivals that is under way may be giving them their creators
    engine = arrivals.ready(connection)
    if not memberships_of(connection, profiles):
        delete_profiles(connection, profiles)
        return IdentityChange(membership={}, events=(), retired={}, created=(), changed=())
    options = run_options(connection)
    lock_against_acts(connection)
    if engine is None:
        return _leave(connection, profiles, options, cause)
    return resolve_departures(connection, engine, options, profiles, cause=cause)


def _leave(
    connection: sa.Connection, profiles: Collection[ProfileId], options: ResolveOptions, cause: str
) -> IdentityChange:
    """Where there is nothing to resolve arrivals by: what is stored of the others stays, and is clustered without them."""
    part = lock_part(connection, profiles, options)
    delete_profiles(connection, profiles)
    left = replace(part, facts={each: facts for each, facts in part.facts.items() if each not in profiles})
    at: datetime = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    change = clustered(left, (), options, cause=cause, at=at)
    written = write_change(connection, change, among=part.profiles)
    announce(connection, "profile.relinked", "profiles", written.moved.difference(profiles))
    replace_open_items(connection, reviewed(connection, change.membership, options), among=part.profiles)
    return change
