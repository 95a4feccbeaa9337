"""One figure of one benchmark."""

import math
import re
from dataclasses import dataclass

AREAS = (
    "resolution",
    "stream",
    "review",
    "search",
    "vector",
    "graphql",
    "api",
    "ingest",
    "events",
    "enrich",
    "graph",
    "network",
    "leaderboard",
)
"""The first word of every name, in the order of docs/benchmarks.md."""

_NAME = re.compile(r"[a-z]+(\.[a-z0-9_]+)+")
_BAR = re.compile(r"(?P<subject>ratio )?(?P<operator>>=|<=|>|<) (?P<limit>-?\d+(\.\d+)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """`value` in `unit`, beside `peer_value` of `peer` (the same work done another way, in the same run).

    `bar` is what should hold: ">= 0.86" of the value, or "ratio >= 2" of value / peer_value.
    Raises ValueError for a name outside AREAS, a figure that is no number, or a bar that cannot be read.
    """

    name: str
    value: float
    unit: str
    peer: str | None = None
    peer_value: float | None = None
    bar: str | None = None

    def __post_init__(self) -> None:
        check_name(self.name)
        if not math.isfinite(self.value):
            raise ValueError(f"{self.name}: {self.value} is no figure")
        if (self.peer is None) != (self.peer_value is None):
            raise ValueError(f"{self.name}: a peer needs a value, and a value a peer")
        if self.peer_value is not None and not (math.isfinite(self.peer_value) and self.peer_value > 0):
            raise ValueError(f"{self.name}: the peer's {self.peer_value} is no figure to compare with")
        if self.bar is not None and not _BAR.fullmatch(self.bar):
            raise ValueError(f"{self.name}: the bar {self.bar!r} is not like '>= 0.86' or 'ratio >= 2'")
        if self.bar is not None and self.bar.startswith("ratio") and self.peer is None:
            raise ValueError(f"{self.name}: the bar {self.bar!r} needs a peer")

    @property
    def ratio(self) -> float | None:
        """value / peer_value; None without a peer."""
        return None if self.peer_value is None else self.value / self.peer_value

    @property
    def holds(self) -> bool | None:
        """Whether the bar holds; None without a bar."""
        found = _BAR.fullmatch(self.bar) if self.bar is not None else None
        if found is None:
            return None
        subject = self.ratio if found["subject"] else self.value
        limit = float(found["limit"])
        assert subject is not None
        match found["operator"]:
            case ">=":
                return subject >= limit
            case "<=":
                return subject <= limit
            case ">":
                return subject > limit
            case _:
                return subject < limit


def check_name(name: str) -> None:
    """Raises ValueError unless `name` is an area and at least one more word, dotted, in lower case."""
    if not _NAME.fullmatch(name) or name.partition(".")[0] not in AREAS:
        raise ValueError(f"{name!r} is no name of a measurement: it starts with one of {', '.join(AREAS)} and a dot")
