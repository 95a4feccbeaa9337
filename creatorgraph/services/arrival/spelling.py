"""The lists of like spellings, kept up to date: who comes onto whose list, and who is pushed off it."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.ngram import NEAREST
from creatorgraph.resolution.blocking.spelling import LEAST, listed, ranks, ties_of
from creatorgraph.store.read.arrival import SpellingLists, ids_of_rows, list_ends, lists_of, lists_with
from creatorgraph.store.read.posting import Like, grams_of, spelled_like
from creatorgraph.store.write.arrival import add_lists, remove_entries

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChange:
    """(`one`, `other`) stood beside each other on a list and do so no more, or not on that one; `grown` are others than the
    arrivals whose lists have taken somebody in again."""

    one: Numbers
    other: Numbers
    grown: Numbers


def update_lists(connection: sa.Connection, arrivals: Numbers, gone: Numbers) -> ListChange:
    """After the n-grams of `arrivals` were stored anew. `gone` are still stored, without n-grams, and stand on lists no more."""
    changed = np.union1d(arrivals, gone)
    like = _like(connection, arrivals)
    near = _nearest(connection, like)
    # likeness is mutual, what orders equals is not: the one who is listed has it
    foreign = ~np.isin(like.other_row_id, changed)
    back = SpellingLists(
        row_id=like.other_row_id[foreign],
        other_row_id=like.row_id[foreign],
        rank=ranks(like.likeness[foreign], _ties(connection, like.row_id[foreign])),
    )
    holders = np.setdiff1d(lists_with(connection, changed).row_id, changed)
    others = np.union1d(holders, _takers(connection, back))
    lists = lists_of(connection, np.union1d(others, changed))
    old = lists.where(np.isin(lists.row_id, others))
    kept = old.where(~np.isin(old.other_row_id, changed))
    fresh = _listed(_joined(kept, back.where(np.isin(back.row_id, others)), near))
    short = _short(old, kept, fresh)
    if len(short):
        fresh = _joined(
            fresh.where(~np.isin(fresh.row_id, short)), _listed(_nearest(connection, _like(connection, short)))
        )
    same, stayed = _in(fresh, lists), _in(lists, fresh)
    off, on = lists.where(~stayed), fresh.where(~same)
    remove_entries(connection, off)
    add_lists(connection, on)
    came = on.where(~np.isin(on.other_row_id, changed) & ~np.isin(on.row_id, changed))
    return ListChange(one=off.row_id, other=off.other_row_id, grown=np.unique(came.row_id))


def spelled_around(connection: sa.Connection, row: int, keys: Numbers, weights: Numbers, profile_id: str) -> Numbers:
    """Whoever would stand beside a profile that is not stored, with these n-grams, on a list of like spellings: on its own, or
    on theirs."""
    like = spelled_like(connection, np.full(len(keys), row, dtype=np.int64), keys, weights, least=LEAST)
    mine = ties_of(pa.array([profile_id], pa.string()))
    offered = SpellingLists(
        row_id=like.other_row_id,
        other_row_id=like.row_id,
        rank=ranks(like.likeness, np.repeat(mine, len(like.likeness))),
    )
    return np.union1d(_listed(_nearest(connection, like)).other_row_id, _takers(connection, offered))


def _takers(connection: sa.Connection, offered: SpellingLists) -> Numbers:
    """Whose lists take one of those that are offered: the others' need not be read."""
    ends = list_ends(connection, np.unique(offered.row_id))
    full = ends.count >= NEAREST
    last = dict(zip(ends.row_id[full].tolist(), ends.least[full].tolist(), strict=True))
    pairs = zip(offered.row_id.tolist(), offered.rank.tolist(), strict=True)
    return np.array(sorted({row for row, rank in pairs if rank >= last.get(row, 0)}), dtype=np.int64)


def _joined(*lists: SpellingLists) -> SpellingLists:
    row, other, rank = (
        np.concatenate([getattr(each, name) for each in lists]) for name in ("row_id", "other_row_id", "rank")
    )
    return SpellingLists(row_id=row, other_row_id=other, rank=rank)


def _like(connection: sa.Connection, rows: Numbers) -> Like:
    """Everybody who is spelled like `rows`."""
    return spelled_like(connection, *grams_of(connection, rows), least=LEAST)


def _nearest(connection: sa.Connection, like: Like) -> SpellingLists:
    """Those who may stand on the lists of the rows: at most NEAREST, and whoever is as near as the last of them. What orders
    equals is asked of these alone, they are one of six."""
    order = np.lexsort((-like.likeness, like.row_id))
    row, likeness = like.row_id[order], like.likeness[order]
    first = np.searchsorted(row, row, side="left")
    last = np.minimum(first + NEAREST, np.searchsorted(row, row, side="right")) - 1
    near = likeness >= likeness[last]
    other = like.other_row_id[order][near]
    return SpellingLists(row_id=row[near], other_row_id=other, rank=ranks(likeness[near], _ties(connection, other)))


def _short(old: SpellingLists, kept: SpellingLists, fresh: SpellingLists) -> Numbers:
    """Rows whose full list has lost somebody and not got as many as near as its last one was: who follows is not known."""
    rows, count = np.unique(old.row_id, return_counts=True)
    full = rows[count == NEAREST]
    left = np.array([(kept.row_id == row).sum() for row in full.tolist()], dtype=np.int64)
    lost = full[left < NEAREST]
    return np.array(
        [
            row
            for row in lost.tolist()
            if (fresh.rank[fresh.row_id == row] >= old.rank[old.row_id == row].min()).sum() < NEAREST
        ],
        dtype=np.int64,
    )


def _listed(lists: SpellingLists) -> SpellingLists:
    row, other, rank = listed(lists.row_id, lists.other_row_id, lists.rank)
    return SpellingLists(row_id=row, other_row_id=other, rank=rank)


def _ties(connection: sa.Connection, rows: Numbers) -> Numbers:
    """What orders equals, of each of `rows`."""
    distinct, number = np.unique(rows, return_inverse=True)
    ids = ids_of_rows(connection, distinct).of(distinct)
    return ties_of(pa.array(ids, pa.string()))[number]


def _in(some: SpellingLists, others: SpellingLists) -> NDArray[np.bool_]:
    """Which of `some` entries stand among the `others` just so."""
    known = set(_entries(others))
    return np.array([entry in known for entry in _entries(some)], dtype=bool)


def _entries(lists: SpellingLists) -> list[tuple[int, int, int]]:
    return list(zip(lists.row_id.tolist(), lists.other_row_id.tolist(), lists.rank.tolist(), strict=True))
