"""What one tenant brings about creators: private profiles with their contacts, and who has read a contact.

Nothing of it is in a shared table, and no other tenant can tell that it exists.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.tenant import TenantId

PrivateId = NewType("PrivateId", str)
"""A random UUID: it tells neither when nor how many."""
CONTACT_KINDS = (IdentifierKind.EMAIL, IdentifierKind.PHONE)


class PrivateState(StrEnum):
    """How far the matching of a private profile has come."""

    WAITING = "waiting"
    MATCHED = "matched"
    UNMATCHED = "unmatched"


class ErasedAccountError(CreatorgraphError):
    """The account is of somebody who asked to be erased."""

    code = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReason:
    """What one signal said for or against the match, without the values that it looked at. `match_weight` is in bits."""

    signal: str
    level: str
    match_weight: float
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateMatch:
    """The shared creator that a private profile is of, by the profile of it that is the most probable link."""

    creator_id: CreatorId
    profile_id: ProfileId
    probability: float
    reasons: tuple[MatchReason, ...]
    model_version: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedContact:
    """A contact as it may be shown without being logged; `stored` is whether the whole of it is kept, which needs consent."""

    kind: IdentifierKind
    shown: str
    stored: bool
    consent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateProfile:
    """A tenant's own record of somebody, by the tenant's own key `ref`. Texts have emails and phone numbers masked."""

    private_id: PrivateId
    ref: str
    platform: Platform
    username: str | None
    url: str | None
    display_name: str | None
    bio: str | None
    location: str | None
    website: str | None
    note: str | None
    state: PrivateState
    match: PrivateMatch | None
    contacts: tuple[MaskedContact, ...]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownContact:
    """A contact in full; nobody has one whose reading is not in the log."""

    kind: IdentifierKind
    value: str
    consent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRead:
    """One entry of the log: who saw which kind of contact of whom. `ref` is None where the private profile is gone."""

    read_id: str
    tenant_id: TenantId
    at: datetime
    subject: str
    means: str
    about: str
    ref: str | None
    kind: IdentifierKind
    place: str
    request_id: str
