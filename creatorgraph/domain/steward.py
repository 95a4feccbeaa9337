"""Stewards: the operator's own people that the API knows by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from creatorgraph.domain.role import Role

__all__ = ["Role", "Steward", "StewardId"]

StewardId = NewType("StewardId", str)
"""A UUID in its canonical text form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steward:
    """A person who reads the queue or decides. `name` is unique for ever: the audit names people by it.

    Its token is stored as a hash alone.
    """

    steward_id: StewardId
    name: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None = None
