"""Tenants: who shares a deployment without seeing each other, and the keys of their machines."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from creatorgraph.domain.role import Role

TenantId = NewType("TenantId", str)
"""A UUID in its canonical text form."""
KeyId = NewType("KeyId", str)
"""A UUID in its canonical text form."""

OPERATOR = TenantId("00000000-0000-0000-0000-000000000000")
"""The tenant of whoever runs the deployment: its stewards are of it, and it is there from the first migration on."""


class Plan(StrEnum):
    """What a tenant has agreed on; each includes those before it."""

    STANDARD = "standard"
    ENTERPRISE = "enterprise"
    OPERATOR = "operator"
    """The operator's own: no rate, no field held back."""

    def includes(self, needed: "Plan") -> bool:
        ranks = list(Plan)
        return ranks.index(self) >= ranks.index(needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """`name` is unique. A tenant that is disabled is nobody: its keys and its people's tokens are refused."""

    tenant_id: TenantId
    name: str
    plan: Plan
    created_at: datetime
    disabled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A machine's key. The secret is shown once and stored as a hash; `prefix` is its first part, for people to tell it by.

    `last_used_on` is a day, no moment: enough to find keys that nobody uses.
    """

    key_id: KeyId
    tenant_id: TenantId
    name: str
    prefix: str
    role: Role
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_on: date | None = None
