"""The identity history as the source of truth: rebuilt, compared with the tables, and told as a story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Decision, Verdict
from creatorgraph.domain.error import NotFoundError
from creatorgraph.domain.identity_event import IdentityEvent, IdentityEventKind
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.identity import State, replay
from creatorgraph.services.engines import Engines
from creatorgraph.services.identity_change import lock_alone
from creatorgraph.services.steward.act import group_of
from creatorgraph.services.stored_profile import merged_views
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.read.creator import creators_by_ids, redirects
from creatorgraph.store.read.decision import decisions_of_groups
from creatorgraph.store.read.history import all_events, events_of_creators, retirements
from creatorgraph.store.read.keyset import Part
from creatorgraph.store.write.creator import retire_creators, revive_creators, write_creators, write_membership
from creatorgraph.store.write.outbox import announce

_EVENTS = 1000
"""Events of one creator that its story tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What the log says and where the tables differ from it; `written` says that they were made equal."""

    events: int
    creators: int
    profiles: int
    misplaced: tuple[ProfileId, ...]
    """Profiles whose creator in the table is not that of the log."""
    misled: tuple[CreatorId, ...]
    """Creators whose redirect in the table is not that of the log."""
    written: bool


def replay_identities(engines: Engines, *, write: bool = False) -> Replayed:
    """Rebuilds memberships and redirects from the log alone and compares; `write` makes the tables equal to the log.

    Raises:
        DamagedError: the log contradicts itself.
    """
    with engines.database.transaction() as connection:
        lock_alone(connection)
        log = all_events(connection)
        state = replay(log)
        members, leads = read_memberships(connection), redirects(connection)
        misplaced = sorted(
            p for p in members.keys() | state.membership.keys() if members.get(p) != state.membership.get(p)
        )
        misled = sorted(
            c
            for c in leads.keys() | state.successor.keys()
            if (c in leads) != (c in state.successor) or leads.get(c) != state.successor.get(c)
        )
        if write and (misplaced or misled):
            _write(connection, state, members, misplaced, misled)
    return Replayed(
        events=len(log),
        creators=len(set(state.membership.values())),
        profiles=len(state.membership),
        misplaced=tuple(misplaced),
        misled=tuple(misled),
        written=write and bool(misplaced or misled),
    )


def _write(
    connection: sa.Connection,
    state: State,
    members: Mapping[ProfileId, CreatorId],
    misplaced: Sequence[ProfileId],
    misled: Sequence[CreatorId],
) -> None:
    touched = {c for p in misplaced for c in (members.get(p), state.membership.get(p)) if c}
    living = set(state.membership.values())
    again = {p: c for p, c in state.membership.items() if c in (touched | set(misled)) & living}
    revive_creators(connection, sorted(set(misled) - state.successor.keys()))
    for views in merged_views(connection, again):
        write_creators(connection, views)
    write_membership(connection, {p: state.membership[p] for p in misplaced if p in state.membership}, among=misplaced)
    retire_creators(connection, {c: state.successor[c] for c in misled if c in state.successor})
    # no new event: the log was right all along; but graph and subscribers have seen the wrong tables
    announce(connection, "creator.updated", "creators", touched | set(misled))
    announce(connection, "profile.relinked", "profiles", misplaced)


def story(engines: Engines, creator_id: CreatorId) -> list[str]:
    """What happened to a creator, oldest first, a line each: what, when, by whom and why.

    Raises:
        NotFoundError: the id was never given out.
    """
    with engines.database.transaction() as connection:
        [living] = creators_by_ids(connection, [creator_id])
        [ended] = retirements(connection, [creator_id])
        if living is None and ended is None:
            raise NotFoundError("this id was never given to a creator", where=creator_id, mend="Copy it whole.")
        [page] = events_of_creators(connection, [Part(parent=creator_id, first=_EVENTS)])
        groups = [group for each in page.items if (group := group_of(each.cause))]
        acts: dict[str, list[Decision]] = {}
        for each in decisions_of_groups(connection, groups) if groups else ():
            acts.setdefault(each.group, []).append(each)
    if living is not None:
        lines = [f"{living.display_name} ({creator_id}) has {_profiles(living.members)}, version {living.version}."]
    elif ended is not None and ended.successor:
        lines = [f"{creator_id} is retired and leads to {ended.successor}."]
    else:
        lines = [f"{creator_id} is no more, and nothing took over."]
    if page.more:
        lines.append(f"Only the last {_EVENTS} entries are told.")
    return lines + [_line(event, creator_id, acts) for event in reversed(page.items)]


def _line(event: IdentityEvent, asked: CreatorId, acts: Mapping[str, Sequence[Decision]]) -> str:
    return f"{event.at:%Y-%m-%d %H:%M:%S} UTC  {_what(event, asked)}{_why(event, acts)}"


def _what(event: IdentityEvent, asked: CreatorId) -> str:
    count, names = _profiles(len(event.profiles)), _named(event.profiles)
    here, other = event.creator_id == asked, event.other
    match event.kind:
        case IdentityEventKind.CREATED:
            origin = f", split from {other}" if other else ""
            return (
                f"came to be with {count}{names}{origin}"
                if here
                else f"gave {count}{names} to the new {event.creator_id}"
            )
        case IdentityEventKind.MERGED:
            return (
                f"took in {count}{names} of {other}"
                if here
                else f"was merged into {event.creator_id} with {count}{names}"
            )
        case IdentityEventKind.SPLIT:
            return (
                f"lost {count}{names} to the new {other}"
                if here
                else f"was split from {event.creator_id} with {count}{names}"
            )
        case IdentityEventKind.JOINED:
            origin = f" from {other}" if other else ""
            return f"got {count}{names}{origin}" if here else f"gave {count}{names} to {event.creator_id}"
        case IdentityEventKind.LEFT:
            target = f" to {other}" if other else ", which are gone"
            return f"lost {count}{names}{target}" if here else f"received {count}{names} from {event.creator_id}"
        case IdentityEventKind.RETIRED:
            after = f"; {other} took over" if other else ""
            return f"retired{after}" if here else f"took over from {event.creator_id}"
        case IdentityEventKind.ERASED:
            return "was erased on request"


def _why(event: IdentityEvent, acts: Mapping[str, Sequence[Decision]]) -> str:
    decisions = acts.get(group_of(event.cause) or "", ())
    if not decisions:
        return f" ({event.cause})"
    first = decisions[0]
    said = {each.verdict for each in decisions if not each.undoes}
    verdict = f", {next(iter(said)).value}" if len(said) == 1 and said != {Verdict.UNSURE} else ""
    comment = f": {first.comment}" if first.comment else ""
    return f" ({event.cause.split()[0]} by {first.actor}{verdict}{comment})"


def _profiles(count: int) -> str:
    return "1 profile" if count == 1 else f"{count} profiles"


def _named(profiles: Sequence[ProfileId], most: int = 5) -> str:
    if not profiles:
        return ""
    more = f" and {len(profiles) - most} more" if len(profiles) > most else ""
    return f" ({', '.join(profiles[:most])}{more})"
