"""Erasure: a person is removed from every store at their request, and does not come back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from creatorgraph.domain.creator import CreatorId

ErasureId = NewType("ErasureId", str)
PSEUDONYM = "erased:"
"""What stands in the history in place of an erased profile's id begins with this."""


class ErasedFrom(StrEnum):
    """The places that a receipt names, in the order in which they are cleared."""

    PROFILES = "profiles"
    """Profiles in PostgreSQL with all that hangs on them: contacts, raw payloads, links, review items, postings."""
    IDENTIFIERS = "identifiers"
    """Usernames, addresses and hosts that nobody else has."""
    CREATORS = "creators"
    """The merged views, those of creators included that were merged into this one."""
    HISTORY = "history"
    """Entries of the history, of decisions and of comments: they stay under pseudonyms, without free text."""
    REJECTS = "rejects"
    """Refused records that name one of the accounts, in the table and in the files."""
    PRIVATE_PROFILES = "private_profiles"
    """Tenants' own records of the accounts, or matched to them, with their contacts."""
    COLLECTIONS = "collections"
    """Places in tenants' collections."""
    CONTACT_READS = "contact_reads"
    """Entries of the log of who has read a contact: they stay, and are about a pseudonym."""
    EXPORTS = "exports"
    """Parts of every tenant's exports that may hold one of the profiles: they are removed, and written anew without them."""
    WEBHOOKS = "webhooks"
    """Messages to subscribers that name the creator, but for the one that tells of the erasure; and what subscribers answered."""
    GRAPH = "graph"
    VECTORS = "vectors"
    """The vector indexes, rewritten where they held one of the profiles."""
    OUTBOX = "outbox"
    """Messages about the profiles, once every reader has had them."""
    RUNS = "runs"
    """What a run that was stopped had kept to go on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureStep:
    """One line of a receipt: how many entries were removed or made anonymous there, and when."""

    place: ErasedFrom
    entries: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """A request and its receipt. `creator_id` is None where single profiles were to go; `done_at` is None until every step is."""

    erasure_id: ErasureId
    creator_id: CreatorId | None
    asked_by: str
    asked_at: datetime
    done_at: datetime | None
    steps: tuple[ErasureStep, ...]
