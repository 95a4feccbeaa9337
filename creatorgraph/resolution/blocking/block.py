"""Blocks: the pairs among profiles that share a value, unless too many share it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.split import Blocks, blocks_of, split_codes
from creatorgraph.resolution.feature.incidence import Incidence, Indices, counted
from creatorgraph.resolution.feature.reference import Counts

_PART_SHARE = 16
"""Parts of crowded blocks may be so much smaller than whole blocks: what they share is common, one by one."""
_LEAST_PART = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReport:
    """What one blocking rule found: pairs, its largest block that was used, and hubs: the blocks above the cap."""

    rule: str
    pairs: int
    largest_block: int = 0
    cap: int = 0
    """How many profiles one value may bring together under this rule."""
    hubs: int = 0
    largest_hub: int = 0
    hub_name: str | None = None
    """The value of the largest hub, where it may be shown."""
    split: bool = False
    """Whether hubs were split by what else their profiles share, rather than left out."""


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
    rungs: Sequence[Incidence] = (),
) -> RulePairs:
    """Every pair that shares a value which at most `cap` profiles have.

    `names` are the values as a person may see them. `guessed` marks entries that the profile does not show itself: two of
    them that meet make no pair. Blocks above the cap are split by `rungs` (tables of the same rows), where any are given.
    """
    frequency = table.frequency()
    used, crowded = (frequency > 1) & (frequency <= cap), frequency > cap
    guess = np.zeros(len(table.values), dtype=np.int64) if guessed is None else guessed.astype(np.int64)
    codes = [np.zeros(0, dtype=np.int64), *_blocks(table, guess, used).codes(table.rows)]
    if rungs and crowded.any():
        part_cap = max(_LEAST_PART, cap // _PART_SHARE)
        codes += split_codes(_blocks(table, guess, crowded), rungs, part_cap, table.rows)
    every = union(codes)
    report = RuleReport(
        rule=rule,
        pairs=len(every),
        largest_block=int(frequency[used].max(initial=0)),
        cap=cap,
        hubs=int(crowded.sum()),
        largest_hub=int(frequency[crowded].max(initial=0)),
        hub_name=names[int(frequency.argmax())].as_py() if crowded.any() and names is not None else None,
        split=bool(rungs),
    )
    return RulePairs(codes=every, report=report)


def _blocks(table: Incidence, guess: Indices, values: NDArray[np.bool_]) -> Blocks:
    entry = np.flatnonzero(values[table.values])
    return blocks_of(table.values[entry], table.row_of_entry[entry], guess[entry], table.rows)


def pairs_of_codes(rule: str, codes: Indices, largest_block: int = 0) -> RulePairs:
    return RulePairs(codes=codes, report=RuleReport(rule=rule, pairs=len(codes), largest_block=largest_block))
