"""Candidate pairs from postings: the same for a pair whether all postings are at hand or those of its own keys alone.

A key brings together at most so many profiles as its rule bears; one that more have brings nobody together, and nothing
splits it: what is split depends on what else all its profiles share.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.block import union
from creatorgraph.resolution.blocking.name import CAP_SHARE
from creatorgraph.resolution.blocking.posting import Postings, Rule, Side
from creatorgraph.resolution.blocking.script import SCRIPT_SHARE
from creatorgraph.resolution.feature.avatar import PERSONAL
from creatorgraph.resolution.feature.incidence import Indices, counted, steps
from creatorgraph.resolution.feature.name_in_bio import MAX_NAMESAKES
from creatorgraph.resolution.signals.account import FEW_NAMERS
from creatorgraph.resolution.signals.avatar import FEW as FEW_PICTURES
from creatorgraph.resolution.signals.overlap import FEW, MANY, SOME

_STEP = 2_000_000
"""Pairs that are written out at a time."""

GRADES: dict[Rule, tuple[int, ...]] = {
    **dict.fromkeys((Rule.ADDRESS, Rule.EMAIL, Rule.PHONE), (FEW, SOME, MANY)),
    Rule.MAILBOX: (FEW, MANY),
    Rule.AVATAR: (FEW_PICTURES,),
    Rule.ACCOUNT: (FEW_NAMERS, FEW_NAMERS + 1),
}
"""By rule the numbers of profiles beyond which a shared value says less. Of an account those who name it are counted, beside
its owner."""


def caps(max_block_size: int) -> NDArray[np.int64]:
    """By rule, how many profiles one key brings together at most, where identifiers may bring `max_block_size`."""
    found = np.full(max(Rule) + 1, max_block_size, dtype=np.int64)
    found[Rule.NAME] = max(2, max_block_size // CAP_SHARE)
    found[Rule.SCRIPT] = max(2, max_block_size // SCRIPT_SHARE)
    found[Rule.AVATAR] = PERSONAL
    found[Rule.NAME_IN_BIO] = MAX_NAMESAKES
    return found


def limits(max_block_size: int) -> dict[Rule, tuple[int, ...]]:
    """By rule the numbers of profiles beyond which a key says less: its grades, and its cap, beyond which there are no pairs."""
    most = caps(max_block_size)
    return {rule: (*GRADES.get(rule, ()), int(most[rule])) for rule in Rule}


def touched_by(postings: Postings, rows: Indices, *, max_block_size: int) -> Indices:
    """The others of whom something else may be said for the coming or going of `rows`: those with whom one of them shares a key
    of which it makes more, or fewer, than some limit. Every posting of each key of `rows` has to be there."""
    keys, number, count = np.unique(postings.key, return_inverse=True, return_counts=True)
    number = number.reshape(-1)
    changing = np.isin(postings.row, rows)
    without = count - np.bincount(number[changing], minlength=len(keys))
    rule = np.zeros(len(keys), dtype=np.int64)
    rule[number] = postings.rule
    crossed = np.zeros(len(keys), dtype=bool)
    for each, steps_ in limits(max_block_size).items():
        for limit in steps_:
            crossed |= (rule == each) & (without <= limit) & (count > limit)
    return counted(postings.row[crossed[number] & ~changing])[0]


def local_pairs(postings: Postings, size: int, *, max_block_size: int) -> Indices:
    """Codes `left * size + right` (left < right) of all pairs, ascending; every posting of each key has to be there."""
    begin = (
        np.flatnonzero(np.diff(postings.key, prepend=postings.key[:1] - 1)) if len(postings) else np.zeros(0, np.int64)
    )
    count = np.diff(begin, append=len(postings))
    block = np.repeat(np.arange(len(begin)), count)
    used = (count > 1) & (count <= caps(max_block_size)[postings.rule[begin]])
    later = np.where(used[block], (begin + count)[block] - np.arange(len(postings)) - 1, 0)
    found: list[Indices] = []
    for start, end in steps(later, _STEP):
        times = later[start:end]
        first = np.repeat(np.arange(start, end, dtype=np.int64), times)
        second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(times) - times, times)
        side = postings.side[first]
        meets = (side != postings.side[second]) | (side == Side.BOTH)
        one, two = postings.row[first[meets]], postings.row[second[meets]]
        found.append(counted(np.minimum(one, two) * size + np.maximum(one, two))[0])
    return union(found)


def pairs_with(postings: Postings, rows: Indices, *, max_block_size: int) -> tuple[Indices, Indices]:
    """(row of `rows`, other row) of all pairs that have an end among `rows`; a pair of two of them comes both ways round.

    Every posting of each key of `rows` has to be there, up to one more than its rule's cap; rows are any numbers.
    """
    begin = np.flatnonzero(np.diff(postings.key, prepend=postings.key[:1] - 1)) if len(postings) else rows[:0]
    count = np.diff(begin, append=len(postings))
    used = (count > 1) & (count <= caps(max_block_size)[postings.rule[begin]])
    block = np.repeat(np.arange(len(begin)), count)
    mine = np.flatnonzero(np.isin(postings.row, rows) & used[block])
    times = count[block[mine]]
    first = np.repeat(mine, times)
    second = np.arange(len(first)) - np.repeat(np.cumsum(times) - times - begin[block[mine]], times)
    side = postings.side[first]
    meets = ((side != postings.side[second]) | (side == Side.BOTH)) & (postings.row[first] != postings.row[second])
    found = np.unique(np.stack([postings.row[first[meets]], postings.row[second[meets]]], axis=1), axis=0)
    return found[:, 0], found[:, 1]
