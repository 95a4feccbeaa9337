"""Stewards: the callers that the API knows by name, and what each may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

StewardId = NewType("StewardId", str)
"""A UUID in its canonical text form."""


class Role(StrEnum):
    """Each may do what those before it may."""

    ANALYST = "analyst"
    """Reads: the queue, its figures, the audit."""
    STEWARD = "steward"
    """Decides, merges, splits, moves and undoes."""
    ADMIN = "admin"
    """Sees to the stewards too."""

    def may(self, needed: "Role") -> bool:
        """Whether this role includes `needed`."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steward:
    """A caller. `name` is unique for ever: the audit names people by it. Its token is stored as a hash alone."""

    steward_id: StewardId
    name: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None = None
