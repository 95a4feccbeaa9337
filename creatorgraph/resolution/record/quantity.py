"""Codes, phone numbers, categories and quantities."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Prefix
from rapidfuzz.process import cpdist

from creatorgraph.resolution.record.comparison import Comparison, value_comparison
from creatorgraph.resolution.record.table import ValueColumn
from creatorgraph.resolution.signals.signal import Level

DIFFERENT = 0
BEGINNING, SLIPS, SLIP = 1, 2, 3
_CODE = (
    Level(name="different", text="different", m=0.1, u=0.95),
    Level(name="beginning", text="the first half equal", m=0.02, u=2.0**-6),
    Level(name="two_slips", text="two characters apart", m=0.05, u=2.0**-9),
    Level(name="one_slip", text="one character apart, or two exchanged", m=0.15, u=2.0**-11),
)
_LEAST_FOR_TWO, _LEAST_FOR_ONE, _LEAST_BEGINNING = 6, 3, 2

MISSPELT = 1
_CATEGORY = (
    Level(name="different", text="different", m=0.15, u=0.7),
    Level(name="one_slip", text="one letter apart", m=0.05, u=0.05),
)

TENTH, SLIPPED, HUNDREDTH = 1, 2, 3
_NUMBER = (
    Level(name="different", text="different", m=0.2, u=0.9),
    Level(name="within_10", text="at most a tenth apart", m=0.04, u=0.04),
    Level(name="one_slip", text="one digit apart, or two exchanged", m=0.1, u=0.05),
    Level(name="within_1", text="at most a hundredth apart", m=0.05, u=0.01),
)


def code_comparison(column: ValueColumn) -> Comparison:
    """For codes and phone numbers: characters wrong, missing or exchanged."""
    return value_comparison(column, _CODE, _code_level, decisive=True, chain=(DIFFERENT, SLIPS, SLIP))


def category_comparison(column: ValueColumn) -> Comparison:
    return value_comparison(column, _CATEGORY, _category_level, decisive=False, chain=(DIFFERENT, MISSPELT))


def number_comparison(column: ValueColumn) -> Comparison:
    return value_comparison(column, _NUMBER, _number_level, decisive=False, chain=(DIFFERENT, TENTH, HUNDREDTH))


def _code_level(one: Sequence[str], two: Sequence[str]) -> NDArray[np.int64]:
    slips = cpdist(one, two, scorer=OSA.distance, dtype=np.int32)
    begun = cpdist(one, two, scorer=Prefix.similarity, dtype=np.int32)
    shorter = _shorter(one, two)
    levels = np.where((begun >= _LEAST_BEGINNING) & (begun * 2 >= shorter), BEGINNING, DIFFERENT)
    levels[(slips <= 2) & (shorter >= _LEAST_FOR_TWO)] = SLIPS
    levels[(slips <= 1) & (shorter >= _LEAST_FOR_ONE)] = SLIP
    return levels


def _category_level(one: Sequence[str], two: Sequence[str]) -> NDArray[np.int64]:
    slips = cpdist(one, two, scorer=OSA.distance, dtype=np.int32)
    return np.where((slips <= 1) & (_shorter(one, two) >= _LEAST_FOR_ONE), MISSPELT, DIFFERENT)


def _number_level(one: Sequence[str], two: Sequence[str]) -> NDArray[np.int64]:
    slips = cpdist(one, two, scorer=OSA.distance, dtype=np.int32)
    a, b = _quantities(one), _quantities(two)
    apart = np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-12)
    longest = np.maximum(_lengths(one), _lengths(two))
    levels = np.where(apart <= 0.1, TENTH, DIFFERENT)
    levels[(slips <= 1) & (longest > 1)] = SLIPPED
    levels[apart <= 0.01] = HUNDREDTH
    return levels


def _quantities(texts: Sequence[str]) -> NDArray[np.float64]:
    """NaN for what is no number, which is near to nothing."""
    return np.array([_quantity(text) for text in texts], dtype=np.float64)


def _quantity(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _lengths(texts: Sequence[str]) -> NDArray[np.int64]:
    return np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))


def _shorter(one: Sequence[str], two: Sequence[str]) -> NDArray[np.int64]:
    return np.minimum(_lengths(one), _lengths(two))
