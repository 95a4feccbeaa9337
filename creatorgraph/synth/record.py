"""The records of the synthetic world, in the shape that ingest reads."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import exp
from random import Random
from typing import TypedDict

from creatorgraph.synth.account import Account

_DAYS = tuple((datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=7 * n)).isoformat() for n in range(1200))
# Shares, as a reader of real feeds finds them: most profiles lack most fields.
MISSING = {"display_name": 0.05, "bio": 0.17, "location": 0.6, "language": 0.45, "followers": 0.07, "category": 0.4}
VERIFIED_FROM = 50_000


class EntityKind(StrEnum):
    """What an entity of the truth is; `fan` and `impostor` look like a creator and are somebody else, a `squatter` took the
    name of an account that a creator gave up, so that old links lead to a stranger."""

    CREATOR = "creator"
    FAN = "fan"
    IMPOSTOR = "impostor"
    SQUATTER = "squatter"
    AGENCY = "agency"


class Record(TypedDict):
    """One profile as a partner would deliver it. `mentions` are other accounts as `platform:username`, `engagement_rate` is
    percent, `avatar_hash` a 64-bit perceptual hash in hex, `observed_at` ISO 8601."""

    profile_id: str
    platform: str
    username: str | None
    display_name: str | None
    bio: str | None
    website: str | None
    links: list[str]
    email: str | None
    location: str | None
    language: str | None
    followers: int | None
    category: str | None
    mentions: list[str]
    engagement_rate: float | None
    verified: bool | None
    avatar_hash: str | None
    observed_at: str


@dataclass(frozen=True, slots=True)
class SynthRecord:
    """A record and, apart from it, the truth: whose it is."""

    record: Record
    entity_id: str
    kind: EntityKind


def blank_record(rng: Random, account: Account) -> Record:
    return {
        "profile_id": "", "platform": str(account.platform), "username": account.username, "display_name": None, "bio": None,
        "website": None, "links": [], "email": None, "location": None, "language": None, "followers": None, "category": None,
        "mentions": [], "engagement_rate": None, "verified": None, "avatar_hash": None,
        "observed_at": _DAYS[int(rng.random() * len(_DAYS))],
    }  # fmt: skip


def measure(rng: Random, record: Record, audience: float) -> None:
    """Followers, an engagement rate that falls with them, and whether the platform verified the account."""
    followers = int(audience)
    record["followers"] = followers
    if rng.random() < 0.7:
        record["engagement_rate"] = round(min(40.0, 9.0 * (followers + 50) ** -0.12 * exp(rng.gauss(0, 0.5))), 2)
    if rng.random() < 0.8:
        record["verified"] = followers > VERIFIED_FROM and rng.random() < 0.5


def drop_fields(rng: Random, record: Record) -> None:
    for field, share in MISSING.items():
        if rng.random() < share:
            record[field] = None  # type: ignore[literal-required]
