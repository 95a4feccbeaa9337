"""Which `creator_id` each cluster carries: the identity contract, pure and independent of the order of its input.

How ids are given when clusters meet old creators, splits first and merges second:

1. A *part* is what one old creator has in one cluster. The part with the most profiles inherits the creator's id;
   equal parts: the one with the profile seen first, then the one with the smallest profile id.
2. A cluster that inherited several ids keeps the oldest (UUIDv7 sorts by age); the others retire with a redirect to it.
3. A cluster that inherited none is new. New ids are drawn in the order of the clusters' first seen profiles.
4. A creator without any profile left retires without a successor.

Each rule looks at sets only, so any order of clusters and profiles gives the same ids. A creator that falls apart while
its main part merges into an older one does not live on in its smaller parts: its id keeps meaning "where most of it went".
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import uuid_utils

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import DamagedError, InvalidInputError
from creatorgraph.domain.identity_event import IdentityEvent, IdentityEventKind
from creatorgraph.domain.profile import ProfileId


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityChange:
    """What one run does to identities.

    `membership` is the whole new state, `events` what happened, in the order in which `replay` takes them. `retired` maps
    an old id to its successor (None: all of its profiles are gone). `changed` are living creators that were there before
    and gained or lost profiles.
    """

    membership: Mapping[ProfileId, CreatorId]
    events: tuple[IdentityEvent, ...]
    retired: Mapping[CreatorId, CreatorId | None]
    created: tuple[CreatorId, ...]
    changed: tuple[CreatorId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a history says: who is where now, and where retired ids lead."""

    membership: Mapping[ProfileId, CreatorId]
    successor: Mapping[CreatorId, CreatorId | None]


@dataclass(frozen=True, slots=True)
class _Survey:
    """Where the profiles were and are: clusters by index, each old creator's part in each, newcomers, and who is gone."""

    groups: list[list[ProfileId]]
    cluster_of: dict[ProfileId, int]
    parts: dict[CreatorId, dict[int, list[ProfileId]]]
    fresh: dict[int, list[ProfileId]]
    gone: dict[CreatorId, list[ProfileId]]


def new_creator_id() -> CreatorId:
    """A fresh UUIDv7 (RFC 9562); ids of one process sort in the order in which they were made."""
    return CreatorId(str(uuid_utils.uuid7()))


def assign_identities(
    clusters: Iterable[Collection[ProfileId]],
    *,
    current: Mapping[ProfileId, CreatorId],
    first_seen: Mapping[ProfileId, datetime],
    cause: str,
    at: datetime,
    new_id: Callable[[], CreatorId],
) -> IdentityChange:
    """Give every cluster its id, with the events that lead from `current` to the new state.

    `clusters` and `current` must cover the same ground: a profile of `current` that is in no cluster has left. To resolve
    only what an arrival touches, pass the touched creators whole. Profiles that `first_seen` lacks count as seen `at`.
    Raises InvalidInputError where a profile is in two clusters or `new_id` repeats an id.
    """
    survey = _survey(clusters, current)

    def age(profiles: list[ProfileId]) -> tuple[datetime, ProfileId]:
        return min((first_seen.get(profile, at), profile) for profile in profiles)

    heir = {
        old: next(iter(places)) if len(places) == 1 else min(places, key=lambda i: (-len(places[i]), *age(places[i])))
        for old, places in survey.parts.items()
    }
    kept: dict[int, CreatorId] = {}
    for old in sorted(heir):
        kept.setdefault(heir[old], old)
    unnamed = [index for index in range(len(survey.groups)) if index not in kept]
    if len(unnamed) > 1:
        unnamed.sort(key=lambda index: age(survey.groups[index]))
    named = dict(kept)
    taken = set(current.values())
    for index in unnamed:
        named[index] = new_id()
        if named[index] in taken:
            raise InvalidInputError("new_id gave an id that is in use", where=named[index], mend="Pass new_creator_id.")
        taken.add(named[index])

    retired: dict[CreatorId, CreatorId | None] = {old: named[i] for old, i in heir.items() if named[i] != old}
    retired.update(dict.fromkeys(old for old in survey.gone if old not in heir))
    created = tuple(named[index] for index in unnamed)
    events = tuple(_history(survey, heir=heir, kept=kept, named=named, retired=retired, cause=cause, at=at))
    return IdentityChange(
        membership={profile: named[index] for profile, index in survey.cluster_of.items()},
        events=events,
        retired=retired,
        created=created,
        changed=tuple(sorted({event.creator_id for event in events}.difference(created, retired))),
    )


def _survey(clusters: Iterable[Collection[ProfileId]], current: Mapping[ProfileId, CreatorId]) -> _Survey:
    groups = [group for group in (sorted(set(cluster)) for cluster in clusters) if group]
    cluster_of: dict[ProfileId, int] = {}
    parts: defaultdict[CreatorId, dict[int, list[ProfileId]]] = defaultdict(dict)
    fresh: dict[int, list[ProfileId]] = {}
    for index, group in enumerate(groups):
        for profile in group:
            if cluster_of.setdefault(profile, index) != index:
                raise InvalidInputError(
                    "a profile is in two clusters", where=profile, mend="Make the clusters disjoint."
                )
            old = current.get(profile)
            (fresh if old is None else parts[old]).setdefault(index, []).append(profile)
    gone: defaultdict[CreatorId, list[ProfileId]] = defaultdict(list)
    for profile, old in current.items():
        if profile not in cluster_of:
            gone[old].append(profile)
    return _Survey(groups, cluster_of, dict(parts), fresh, dict(gone))


def _history(
    survey: _Survey,
    *,
    heir: Mapping[CreatorId, int],
    kept: Mapping[int, CreatorId],
    named: Mapping[int, CreatorId],
    retired: Mapping[CreatorId, CreatorId | None],
    cause: str,
    at: datetime,
) -> list[IdentityEvent]:
    """The events of one change: first all that leave, then all that arrive, so that nobody ever has two creators."""
    out: list[IdentityEvent] = []
    into: list[IdentityEvent] = []
    origin: defaultdict[int, list[tuple[int, CreatorId]]] = defaultdict(list)

    def event(
        kind: IdentityEventKind, creator: CreatorId, other: CreatorId | None, profiles: Iterable[ProfileId] = ()
    ) -> IdentityEvent:
        return IdentityEvent(
            kind=kind, creator_id=creator, other=other, profiles=tuple(sorted(profiles)), cause=cause, at=at
        )

    for old in sorted(survey.parts.keys() | survey.gone.keys()):
        if old in survey.gone:
            out.append(event(IdentityEventKind.LEFT, old, None, survey.gone[old]))
        for index, profiles in sorted(survey.parts.get(old, {}).items(), key=lambda part: named[part[0]]):
            target = named[index]
            if target == old:
                continue
            if index not in kept:
                out.append(event(IdentityEventKind.SPLIT, old, target, profiles))
                origin[index].append((-len(profiles), old))
            elif heir[old] == index:
                into.append(event(IdentityEventKind.MERGED, target, old, profiles))
            else:
                out.append(event(IdentityEventKind.LEFT, old, target, profiles))
                into.append(event(IdentityEventKind.JOINED, target, old, profiles))
    for index in sorted(named.keys() - kept.keys(), key=lambda i: named[i]):
        source = min(origin[index])[1] if index in origin else None
        into.append(event(IdentityEventKind.CREATED, named[index], source, survey.groups[index]))
    old_homes = sorted(survey.fresh.keys() & kept.keys(), key=lambda i: kept[i])
    into.extend(event(IdentityEventKind.JOINED, kept[index], None, survey.fresh[index]) for index in old_homes)
    into.extend(event(IdentityEventKind.RETIRED, old, retired[old]) for old in sorted(retired))
    return out + into


def replay(events: Iterable[IdentityEvent]) -> State:
    """Rebuild the state from the history alone. Raises DamagedError where an entry contradicts those before it."""
    membership: dict[ProfileId, CreatorId] = {}
    size: Counter[CreatorId] = Counter()
    successor: dict[CreatorId, CreatorId | None] = {}
    known: set[CreatorId] = set()

    def remove(profiles: Iterable[ProfileId], creator: CreatorId, entry: IdentityEvent) -> None:
        for profile in profiles:
            if membership.get(profile) != creator:
                raise _contradiction(entry, f"{profile} is not a member of {creator}")
            del membership[profile]
            size[creator] -= 1

    def add(entry: IdentityEvent) -> None:
        if entry.creator_id not in known or entry.creator_id in successor:
            raise _contradiction(entry, f"{entry.creator_id} is not alive")
        for profile in entry.profiles:
            if profile in membership:
                raise _contradiction(entry, f"{profile} is still a member of {membership[profile]}")
            membership[profile] = entry.creator_id
        size[entry.creator_id] += len(entry.profiles)

    for entry in events:
        match entry.kind:
            case IdentityEventKind.CREATED:
                if entry.creator_id in known:
                    raise _contradiction(entry, f"{entry.creator_id} is created twice")
                known.add(entry.creator_id)
                add(entry)
            case IdentityEventKind.MERGED:
                if entry.other is None:
                    raise _contradiction(entry, "a merge names no retired creator")
                remove(entry.profiles, entry.other, entry)
                add(entry)
            case IdentityEventKind.SPLIT | IdentityEventKind.LEFT:
                remove(entry.profiles, entry.creator_id, entry)
            case IdentityEventKind.JOINED:
                add(entry)
            case IdentityEventKind.RETIRED:
                if size[entry.creator_id] or entry.creator_id in successor or entry.creator_id not in known:
                    raise _contradiction(entry, f"{entry.creator_id} cannot retire")
                successor[entry.creator_id] = entry.other
            case IdentityEventKind.ERASED:
                remove(entry.profiles, entry.creator_id, entry)
                if size[entry.creator_id]:
                    raise _contradiction(entry, f"{entry.creator_id} keeps profiles after its erasure")
                successor[entry.creator_id] = None
    return State(membership=membership, successor=successor)


def final(creator_id: CreatorId, successor: Mapping[CreatorId, CreatorId | None]) -> CreatorId | None:
    """The living creator that an id leads to, None where nothing took over. Raises DamagedError on a ring of redirects."""
    seen = {creator_id}
    here: CreatorId | None = creator_id
    while here is not None and here in successor:
        here = successor[here]
        if here in seen:
            raise DamagedError("redirects form a ring", where=creator_id, mend="Replay the identity history.")
        if here is not None:
            seen.add(here)
    return here


def _contradiction(entry: IdentityEvent, what: str) -> DamagedError:
    return DamagedError(
        f"the identity history contradicts itself: {what}",
        where=f"entry {entry.sequence} ({entry.kind})",
        mend="Restore the history from a backup.",
    )
