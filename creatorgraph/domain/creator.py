"""Creators: the canonical person behind profiles, and the golden record."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId

CreatorId = NewType("CreatorId", str)
"""A UUIDv7 in its canonical text form: opaque, sortable by age, never reused."""


class CreatorKind(StrEnum):
    PERSON = "person"
    BRAND = "brand"
    FAN_PAGE = "fan_page"
    AGENCY = "agency"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenField:
    """One field of the merged view: its value, the profile it came from, how sure (0-1), what else was seen."""

    value: str
    source: ProfileId
    confidence: float
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenRecord:
    """The merged view of a creator, each field with its source profile."""

    name: GoldenField
    bio: GoldenField | None
    category: GoldenField | None
    language: GoldenField | None
    location: GoldenField | None
    website: GoldenField | None
    primary_profile: ProfileId
    platforms: tuple[Platform, ...]
    total_followers: int
    average_engagement_rate: float | None
    verified_anywhere: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Creator:
    creator_id: CreatorId
    golden: GoldenRecord
    members: tuple[ProfileId, ...]
    kind: CreatorKind
    version: int
    created_at: datetime
    updated_at: datetime
