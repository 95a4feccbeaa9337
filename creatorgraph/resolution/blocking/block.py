"""Blocks: the pairs among profiles that share a value, unless too many share it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Incidence, Indices, counted, steps
from creatorgraph.resolution.feature.reference import Counts

_STEP = 2_000_000
"""Pairs that are written out at a time before repeats are dropped; bounds the memory beside the result itself."""


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
    counts: Counts | None = None
    """How common the values were that a rule weighs, for a run that weighs them alike."""


def pair_codes(one: Indices, two: Indices, size: int) -> Indices:
    """Distinct codes of unordered pairs; a profile with itself is no pair."""
    apart = one != two
    return counted(np.minimum(one, two)[apart] * size + np.maximum(one, two)[apart])[0]


def union(parts: list[Indices]) -> Indices:
    """The distinct codes of all the parts, ascending."""
    return counted(np.concatenate(parts))[0] if parts else np.zeros(0, dtype=np.int64)


def pairs_of_blocks(
    rule: str,
    table: Incidence,
    cap: int,
    *,
    names: pa.StringArray | None = None,
    guessed: NDArray[np.bool_] | None = None,
) -> RulePairs:
    """Every pair that shares a value which at most `cap` profiles have.

    `names` are the values as a person may see them. `guessed` marks entries that the profile does not show itself: two of
    them that meet make no pair.
    """
    frequency = table.frequency()
    used = (frequency > 1) & (frequency <= cap)
    entry = np.flatnonzero(used[table.values])
    guess = np.zeros(len(entry), dtype=np.int64) if guessed is None else guessed[entry].astype(np.int64)
    # by value, then by row, with the guess as the last bit
    packed = np.sort((table.values[entry] * table.rows + table.row_of_entry[entry]) * 2 + guess)
    values, rows, guess = packed // (2 * max(table.rows, 1)), packed // 2 % max(table.rows, 1), packed % 2
    codes = union(list(_codes(values, rows, guess, table.rows)))
    hubs = frequency[frequency > cap]
    report = RuleReport(
        rule=rule,
        pairs=len(codes),
        largest_block=int(frequency[used].max(initial=0)),
        cap=cap,
        hubs=len(hubs),
        largest_hub=int(hubs.max(initial=0)),
        hub_name=names[int(frequency.argmax())].as_py() if len(hubs) and names is not None else None,
    )
    return RulePairs(codes=codes, report=report)


def _codes(values: Indices, rows: Indices, guess: Indices, size: int) -> Iterator[Indices]:
    """The pairs within each run of one value, except between two guesses; some runs at a time."""
    later = np.searchsorted(values, values, side="right") - np.arange(len(values)) - 1
    for begin, end in steps(later, _STEP):
        count = later[begin:end]
        first = np.repeat(np.arange(begin, end, dtype=np.int64), count)
        second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
        shown = (guess[first] & guess[second]) == 0
        yield counted(rows[first[shown]] * size + rows[second[shown]])[0]


def pairs_of_codes(rule: str, codes: Indices, largest_block: int = 0) -> RulePairs:
    return RulePairs(codes=codes, report=RuleReport(rule=rule, pairs=len(codes), largest_block=largest_block))
