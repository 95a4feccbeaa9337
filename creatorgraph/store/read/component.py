"""What hangs together with some profiles, and all that clustering has to know of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.link import Link
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.keyset import CreatorUuid, Id, any_bound
from creatorgraph.store.table import creator, faint_link, link, membership, profile


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFacts:
    """What clusters, ids and priorities need to know of a profile."""

    profile_id: ProfileId
    platform: Platform
    username: str | None
    followers: int | None
    first_seen_at: datetime


# More than what holds together now: never-links and undone decisions are not looked at, because clustering does that. What it
# must not be is less.
_REACHED = sa.text(
    """
    WITH RECURSIVE reached(profile_id) AS (
        SELECT unnest(CAST(:seeds AS text[])) COLLATE "C"
        UNION
        SELECT beside.profile_id
        FROM reached CROSS JOIN LATERAL (
            SELECT right_id FROM link WHERE left_id = reached.profile_id AND match_weight > :threshold
            UNION ALL
            SELECT left_id FROM link WHERE right_id = reached.profile_id AND match_weight > :threshold
            UNION ALL
            SELECT right_id FROM decision WHERE left_id = reached.profile_id AND verdict = 'same'
            UNION ALL
            SELECT left_id FROM decision WHERE right_id = reached.profile_id AND verdict = 'same'
            UNION ALL
            SELECT other.profile_id
            FROM membership own JOIN membership other ON other.creator_id = own.creator_id
            WHERE own.profile_id = reached.profile_id
        ) AS beside(profile_id)
    )
    SELECT profile_id, (SELECT creator_id FROM membership WHERE membership.profile_id = reached.profile_id) AS creator_id
    FROM reached ORDER BY profile_id
    """
)
_MEMBERSHIPS = sa.select(membership.c.profile_id, membership.c.creator_id).where(
    membership.c.profile_id == any_bound(Id)
)
_MEMBERS = sa.select(membership.c.profile_id, membership.c.creator_id).where(
    membership.c.creator_id == any_bound(CreatorUuid)
)
_FACTS = sa.select(
    *(profile.c[name] for name in ("profile_id", "platform", "username", "followers", "first_seen_at"))
).where(profile.c.profile_id == any_bound(Id))
_WEIGHTS = sa.union_all(
    *(
        sa.select(t.c.left_id, t.c.right_id, t.c.match_weight).where(
            t.c.left_id == any_bound(Id), t.c.right_id == any_bound(Id)
        )
        for t in (link, faint_link)
    )
)
_LINKS = (
    sa.select(link.c.left_id, link.c.right_id, link.c.probability, link.c.match_weight, link.c.accepted)
    .where(
        sa.or_(link.c.left_id == any_bound(Id), link.c.right_id == any_bound(Id)),
        link.c.probability >= sa.bindparam("least"),
    )
    .order_by(link.c.left_id, link.c.right_id)
)
_LOCK = (
    sa.select(creator.c.creator_id, creator.c.version)
    .where(creator.c.creator_id == any_bound(CreatorUuid), creator.c.retired_at.is_(None))
    .order_by(creator.c.creator_id)
    # so that a row that only refers to a creator, such as its search document, can be written meanwhile
    .with_for_update(key_share=True)
)


def reached_profiles(
    connection: sa.Connection, seeds: Collection[ProfileId], *, threshold: float
) -> dict[ProfileId, CreatorId | None]:
    """Every profile that links above `threshold` (bits), joining decisions or a common creator tie to one of `seeds`, in the
    order of ids, and where it is."""
    rows = connection.execute(_REACHED, {"seeds": sorted(seeds), "threshold": threshold})
    return {
        ProfileId(row.profile_id): None if row.creator_id is None else CreatorId(str(row.creator_id)) for row in rows
    }


def memberships_of(connection: sa.Connection, profiles: Collection[ProfileId]) -> dict[ProfileId, CreatorId]:
    rows = connection.execute(_MEMBERSHIPS, {"ids": list(profiles)})
    return {ProfileId(row.profile_id): CreatorId(row.creator_id) for row in rows}


def memberships_in(connection: sa.Connection, creators: Collection[CreatorId]) -> dict[ProfileId, CreatorId]:
    """The members of these creators."""
    rows = connection.execute(_MEMBERS, {"ids": list(creators)})
    return {ProfileId(row.profile_id): CreatorId(row.creator_id) for row in rows}


def facts_of(connection: sa.Connection, profiles: Collection[ProfileId]) -> dict[ProfileId, MemberFacts]:
    """By id; those that are stored."""
    rows = connection.execute(_FACTS, {"ids": list(profiles)})
    return {
        ProfileId(row.profile_id): MemberFacts(
            profile_id=ProfileId(row.profile_id),
            platform=Platform(row.platform),
            username=row.username,
            followers=row.followers,
            first_seen_at=row.first_seen_at,
        )
        for row in rows
    }


def weights_among(connection: sa.Connection, profiles: Collection[ProfileId]) -> list[tuple[str, str, float]]:
    """Left id, right id and match weight (bits) of every scored pair of two of `profiles`, faint ones included."""
    rows = connection.execute(_WEIGHTS, {"ids": list(profiles)})
    return [(row.left_id, row.right_id, row.match_weight) for row in rows]


def links_about(connection: sa.Connection, profiles: Collection[ProfileId], *, least: float) -> list[Link]:
    """The links, of probability `least` or more, that have an end among `profiles`; without evidence."""
    rows = connection.execute(_LINKS, {"ids": list(profiles), "least": least})
    return [
        Link(
            left=ProfileId(row.left_id),
            right=ProfileId(row.right_id),
            probability=row.probability,
            match_weight=row.match_weight,
            evidence=(),
            accepted=row.accepted,
        )
        for row in rows
    ]


def lock_creators(connection: sa.Connection, ids: Collection[CreatorId]) -> dict[CreatorId, int]:
    """Locks the living ones of these creators, in the order of their ids, until the transaction ends; their versions.

    The order is what keeps two acts from waiting for each other in a ring.
    """
    rows = connection.execute(_LOCK, {"ids": sorted(ids)})
    return {CreatorId(row.creator_id): row.version for row in rows}
