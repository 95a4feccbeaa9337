"""Collections: named sets of creators of one tenant."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

CollectionId = NewType("CollectionId", str)
"""A random UUID."""
MOST_MEMBERS = 10_000
"""Creators of one collection."""
MOST_COLLECTIONS = 1_000
"""Of one tenant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """`members` counts living creators; those that were merged into one count once."""

    collection_id: CollectionId
    name: str
    members: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionChange:
    """What adding or removing did: how many came or went, and which ids are no living creator's, nor lead to one."""

    collection: Collection
    changed: int
    unknown: tuple[str, ...]
