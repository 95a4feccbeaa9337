"""Clusters, ids and review items of a part of what is stored, as a run over everything would find them.

The part is everything that hangs together with some profiles: links above the threshold, joining decisions and common
creators. Nothing beyond it can change, because clustering looks at one component at a time.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Decision, settled_pairs
from creatorgraph.domain.error import NotFoundError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewItem
from creatorgraph.resolution.clustering.cluster import cluster
from creatorgraph.resolution.clustering.constraint import constraints_of
from creatorgraph.resolution.identity import IdentityChange, assign_identities, new_creator_id
from creatorgraph.resolution.option import ResolveOptions, bits
from creatorgraph.resolution.review import ReviewFacts, review_items
from creatorgraph.store.read.component import (
    MemberFacts,
    facts_of,
    links_about,
    lock_creators,
    memberships_in,
    memberships_of,
    reached_profiles,
    weights_among,
)
from creatorgraph.store.read.decision import decisions_about, decisions_among
from creatorgraph.store.write.resolution_run import last_run

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What hangs together: `facts` of the stored profiles in the order of ids, `current` who is where, `weights` of scored
    pairs in bits, `decisions` about two of them, `versions` of the creators (filled where they are locked)."""

    facts: Mapping[ProfileId, MemberFacts]
    current: Mapping[ProfileId, CreatorId]
    weights: Sequence[tuple[str, str, float]]
    decisions: Sequence[Decision]
    versions: Mapping[CreatorId, int]

    def members(self, creator_id: CreatorId) -> list[ProfileId]:
        """The stored members of a creator, in the order of ids."""
        return [each for each in self.facts if self.current.get(each) == creator_id]

    @property
    def profiles(self) -> frozenset[ProfileId]:
        """All that it is about, profiles that are gone included."""
        return frozenset(self.facts) | frozenset(self.current)


def run_options(connection: sa.Connection) -> ResolveOptions:
    """The options of the last run, which every later step goes by.

    Raises:
        NotFoundError: nothing was resolved yet.
    """
    last = last_run(connection)
    stored: Any = None if last is None else last.summary.get("options")
    if stored is None:
        raise NotFoundError("the profiles were not resolved yet", mend="Run `creatorgraph resolve`, then try again.")
    return ResolveOptions(**stored)


def read_part(connection: sa.Connection, seeds: Collection[ProfileId], options: ResolveOptions) -> Part:
    """What hangs together with `seeds`, as it is stored now. Nothing is locked."""
    return _part(connection, *_reached(connection, seeds, options), {})


def lock_part(connection: sa.Connection, seeds: Collection[ProfileId], options: ResolveOptions) -> Part:
    """As `read_part`, with every creator in it locked until the transaction ends.

    The part is read, its creators are locked in the order of their ids, and it is read again: where somebody has changed it
    meanwhile, the locks are given back and all is tried anew.
    """
    _, current = _reached(connection, seeds, options)
    wanted = frozenset(current.values())
    for _ in range(_ATTEMPTS):
        attempt = connection.begin_nested()
        versions = lock_creators(connection, wanted)
        reached, current = _reached(connection, seeds, options)
        found = frozenset(current.values())
        if found <= wanted:
            attempt.commit()
            return _part(connection, reached, current, versions)
        attempt.rollback()
        wanted = found
    raise NotFoundError("others keep changing these creators", mend="Try again in a moment.")


def clustered(
    part: Part, proposed: Sequence[Decision], options: ResolveOptions, *, cause: str, at: datetime
) -> IdentityChange:
    """What becomes of the part with the `proposed` decisions beside the stored ones."""
    ids = sorted(part.facts)
    row_of: dict[str, int] = {profile_id: row for row, profile_id in enumerate(ids)}
    known = [(row_of[a], row_of[b], weight) for a, b, weight in part.weights if a in row_of and b in row_of]
    left, right = (np.array([pair[end] for pair in known], dtype=np.int64) for end in (0, 1))
    labels = cluster(
        len(ids),
        left,
        right,
        np.array([weight for *_, weight in known], dtype=np.float64) - bits(options.match_threshold),
        constraints_of([*part.decisions, *proposed], row_of),
        seed=options.seed,
    ).labels
    groups: defaultdict[int, list[ProfileId]] = defaultdict(list)
    for profile_id, label in zip(ids, labels.tolist(), strict=True):
        groups[label].append(profile_id)
    return assign_identities(
        groups.values(),
        current=part.current,
        first_seen={each: facts.first_seen_at for each, facts in part.facts.items()},
        cause=cause,
        at=at,
        new_id=new_creator_id,
    )


def reviewed(
    connection: sa.Connection, membership: Mapping[ProfileId, CreatorId], options: ResolveOptions
) -> list[ReviewItem]:
    """The review items that name one of these profiles; what is stored must be up to date by now."""
    links = links_about(connection, membership, least=options.review_threshold)
    beyond = {end for link in links for end in (link.left, link.right)} - membership.keys()
    neighbours = memberships_in(connection, set(memberships_of(connection, beyond).values())) if beyond else {}
    everybody = {**neighbours, **membership}
    facts = facts_of(connection, everybody)
    found = review_items(
        links,
        everybody,
        profiles={
            each: ReviewFacts(platform=f.platform, username=f.username, followers=f.followers)
            for each, f in facts.items()
        },
        review_threshold=options.review_threshold,
        match_threshold=options.match_threshold,
        settled=settled_pairs(decisions_about(connection, membership)),
    )
    return [item for item in found if item.left in membership or item.right in membership]


def _reached(
    connection: sa.Connection, seeds: Collection[ProfileId], options: ResolveOptions
) -> tuple[tuple[ProfileId, ...], dict[ProfileId, CreatorId]]:
    """Who hangs together with `seeds`, and who of them is where."""
    reached = reached_profiles(connection, seeds, threshold=bits(options.match_threshold))
    return tuple(reached), {each: creator for each, creator in reached.items() if creator is not None}


def _part(
    connection: sa.Connection,
    reached: Collection[ProfileId],
    current: Mapping[ProfileId, CreatorId],
    versions: Mapping[CreatorId, int],
) -> Part:
    facts = facts_of(connection, reached)
    return Part(
        facts={each: facts[each] for each in sorted(facts)},
        current=current,
        weights=weights_among(connection, reached),
        decisions=decisions_among(connection, reached),
        versions=versions,
    )
