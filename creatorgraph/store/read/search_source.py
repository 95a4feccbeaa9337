"""What search documents are made of: the members of creators, and what engagement is usual."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileStatus
from creatorgraph.store.read.keyset import CreatorUuid, any_of
from creatorgraph.store.table import audience_norm, creator, membership, profile

_FIELDS = (
    "platform", "username", "display_name", "bio", "category", "company", "job_title", "location", "language",
    "followers", "engagement_rate", "status", "observed_at", "last_seen_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProfile:
    """The part of a profile that search looks at; `followers` is a count, `engagement_rate` percent."""

    platform: str
    username: str | None
    display_name: str | None
    bio: str | None
    category: str | None
    company: str | None
    job_title: str | None
    location: str | None
    language: str | None
    followers: int | None
    engagement_rate: float | None
    status: str
    observed_at: datetime | None
    last_seen_at: datetime

    @property
    def active(self) -> bool:
        return self.status == ProfileStatus.ACTIVE.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """What is usual among accounts of like size: median and spread of the natural logarithm of the engagement rate."""

    centre: float
    spread: float


def source_profiles(connection: sa.Connection, ids: Sequence[CreatorId]) -> dict[CreatorId, list[SourceProfile]]:
    """The members of those of the creators that are living, most followers first, equals by id."""
    statement = (
        sa.select(membership.c.creator_id, *(profile.c[name] for name in _FIELDS))
        .join(profile, profile.c.profile_id == membership.c.profile_id)
        .join(creator, creator.c.creator_id == membership.c.creator_id)
        .where(membership.c.creator_id == any_of(ids, CreatorUuid), creator.c.retired_at.is_(None))
        .order_by(profile.c.followers.desc().nulls_last(), profile.c.profile_id)
    )
    found: dict[CreatorId, list[SourceProfile]] = {}
    for creator_id, *values in connection.execute(statement):
        found.setdefault(CreatorId(creator_id), []).append(SourceProfile(**dict(zip(_FIELDS, values, strict=True))))
    return found


def creator_batches(connection: sa.Connection, size: int) -> Iterator[list[CreatorId]]:
    """The ids of all living creators in their order, `size` at a time."""
    last = None
    while True:
        statement = sa.select(creator.c.creator_id).where(creator.c.retired_at.is_(None))
        if last is not None:
            statement = statement.where(creator.c.creator_id > last)
        ids = [CreatorId(each) for each in connection.scalars(statement.order_by(creator.c.creator_id).limit(size))]
        if not ids:
            return
        last = ids[-1]
        yield ids


def read_norms(connection: sa.Connection) -> dict[tuple[str, int], Norm]:
    """By platform (empty: all together) and the digits of the followers less 1."""
    return {
        (row.platform, row.magnitude): Norm(centre=row.centre, spread=row.spread)
        for row in connection.execute(sa.select(audience_norm))
    }
