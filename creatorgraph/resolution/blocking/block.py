"""Blocks: the pairs among profiles that share a value, unless too many share it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Incidence, Indices

_LARGEST_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReport:
    """What one blocking rule found: pairs, its largest block that was used, and the blocks left out as hubs."""

    rule: str
    pairs: int
    largest_block: int = 0
    cap: int = 0
    """How many profiles one value may bring together under this rule."""
    hubs: int = 0
    largest_hub: int = 0
    hub_name: str | None = None
    """The value of the largest hub, where it may be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePairs:
    """Pairs as codes `left * size + right` (left < right), ascending, each once."""

    codes: Indices
    report: RuleReport


def pair_codes(one: Indices, two: Indices, size: int) -> Indices:
    """Distinct codes of unordered pairs; a profile with itself is no pair."""
    apart = one != two
    return np.unique(np.minimum(one, two)[apart] * size + np.maximum(one, two)[apart])


def pairs_of_blocks(
    rule: str, table: Incidence, cap: int, *, names: Sequence[str] = (), guessed: NDArray[np.bool_] | None = None
) -> RulePairs:
    """Every pair that shares a value which at most `cap` profiles have.

    `names` are the values as a person may see them. `guessed` marks entries that the profile does not show itself: two of
    them that meet make no pair.
    """
    frequency = table.frequency()
    used = (frequency > 1) & (frequency <= cap)
    rows, values = table.row_of_entry, table.values
    kept: NDArray[np.bool_] = used[values]
    guess = np.zeros(len(rows), dtype=bool) if guessed is None else guessed
    rows, values, guess = rows[kept], values[kept], guess[kept]
    order = np.lexsort((rows, values))
    rows, values, guess = rows[order], values[order], guess[order]
    ends = np.searchsorted(values, values, side="right")
    later = ends - np.arange(len(rows)) - 1
    first = np.repeat(np.arange(len(rows), dtype=np.int64), later)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later)
    if guessed is not None:
        proven = ~(guess[first] & guess[second])
        first, second = first[proven], second[proven]
    codes = pair_codes(rows[first], rows[second], table.rows)
    hubs = frequency[frequency > cap]
    report = RuleReport(
        rule=rule,
        pairs=len(codes),
        largest_block=int(frequency[used].max(initial=0)),
        cap=cap,
        hubs=len(hubs),
        largest_hub=int(hubs.max(initial=0)),
        hub_name=names[int(frequency.argmax())] if len(hubs) and names else None,
    )
    return RulePairs(codes=codes, report=report)


def pairs_of_codes(rule: str, codes: Indices, largest_block: int = 0) -> RulePairs:
    return RulePairs(codes=codes, report=RuleReport(rule=rule, pairs=len(codes), largest_block=largest_block))
