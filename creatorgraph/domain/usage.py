"""What callers have used, by the hour."""

from dataclasses import dataclass
from datetime import datetime

from creatorgraph.domain.tenant import TenantId

PEOPLE = "people"
"""The source of what a tenant's people use: nobody is followed through the hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What one request, or many together, took.

    `cost` is what was asked, in fields of a document; `rows` what was read for it; `refused` were stopped by the rate and are
    not among the `requests`.
    """

    requests: int = 0
    refused: int = 0
    cost: int = 0
    rows: int = 0

    def __add__(self, other: "Use") -> "Use":
        return Use(
            requests=self.requests + other.requests,
            refused=self.refused + other.refused,
            cost=self.cost + other.cost,
            rows=self.rows + other.rows,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageHour:
    """`source` is the id of a key, or PEOPLE; `hour` is its beginning, in UTC."""

    tenant_id: TenantId
    source: str
    hour: datetime
    requests: int
    refused: int
    cost: int
    rows: int
