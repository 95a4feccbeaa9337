"""A profile: one account on one platform, as seen at a time."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.platform import Platform

ProfileId = NewType("ProfileId", str)


class ProfileStatus(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One account on one platform, normalised; free of plain emails and phone numbers (the bio has them masked).

    `username` keeps the spelling of the source; identifiers hold the normalised forms. `followers` is a count,
    `engagement_rate` percent. `observed_at` is when the source saw it (None: at ingest).
    """

    profile_id: ProfileId
    platform: Platform
    username: str | None = None
    account_id: str | None = None
    url: str | None = None
    display_name: str | None = None
    bio: str | None = None
    website: str | None = None
    links: tuple[str, ...] = ()
    location: str | None = None
    language: str | None = None
    category: str | None = None
    company: str | None = None
    job_title: str | None = None
    followers: int | None = None
    engagement_rate: float | None = None
    verified: bool | None = None
    status: ProfileStatus = ProfileStatus.ACTIVE
    avatar_hash: str | None = None
    observed_at: datetime | None = None
    identifiers: tuple[Identifier, ...] = field(default=())

    def identifier_values(self, kind: IdentifierKind) -> tuple[str, ...]:
        return tuple(i.value for i in self.identifiers if i.kind is kind)
