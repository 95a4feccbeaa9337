"""Email addresses: typing errors, the same name at another host, the same host."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from creatorgraph.resolution.record.comparison import Comparison, value_comparison
from creatorgraph.resolution.record.table import ValueColumn
from creatorgraph.resolution.signals.signal import Level

DIFFERENT, HOST, ALIKE, LOCAL, NEAR = range(5)
_LEVELS = (
    Level(name="different", text="different addresses", m=0.08, u=0.95),
    Level(name="host", text="the same host", m=0.04, u=0.05),
    Level(name="alike", text="addresses alike", m=0.06, u=2.0**-8),
    Level(name="local", text="the same name at another host", m=0.05, u=2.0**-11),
    Level(name="near", text="nearly the same address (up to two slips)", m=0.12, u=2.0**-12),
)
_ALIKE = 0.2
"""Slips per character of the longer address. Alike beginnings say nothing: many addresses begin with the name."""
_LEAST_LOCAL = 5


def email_comparison(column: ValueColumn) -> Comparison:
    return value_comparison(column, _LEVELS, _level_of, decisive=True, chain=(DIFFERENT, ALIKE, NEAR))


def _level_of(one: Sequence[str], two: Sequence[str]) -> NDArray[np.int64]:
    local = [text.partition("@")[0] for text in one], [text.partition("@")[0] for text in two]
    slips, local_slips = (cpdist(*sides, scorer=OSA.distance, dtype=np.int32) for sides in ((one, two), local))
    longer = np.fromiter(map(_longer, one, two), dtype=np.int64, count=len(one))
    shorter = np.fromiter(map(_shorter, *local), dtype=np.int64, count=len(one))
    # in a short name two slips change all of it
    spelled_alike = (local_slips * 3 <= shorter) | np.fromiter(map(_lost_sign, one, two), dtype=bool, count=len(one))
    host = np.fromiter(map(_one_host, one, two), dtype=bool, count=len(one))
    levels = np.where(host, HOST, DIFFERENT)
    levels[(slips <= _ALIKE * longer) & spelled_alike] = ALIKE
    levels[(local_slips == 0) & (shorter >= _LEAST_LOCAL)] = LOCAL
    levels[(slips <= 2) & spelled_alike] = NEAR
    return levels


def _lost_sign(one: str, two: str) -> bool:
    return ("@" in one) != ("@" in two)


def _one_host(one: str, two: str) -> bool:
    host = one.partition("@")[2]
    return bool(host) and host == two.partition("@")[2]


def _longer(one: str, two: str) -> int:
    return max(len(one), len(two))


def _shorter(one: str, two: str) -> int:
    return min(len(one), len(two))
