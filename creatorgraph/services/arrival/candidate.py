"""Whom arrivals have to be compared with, and whose other pairs they change: from the stored keys, before and after."""

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.local import GRADES, caps, pairs_with, touched_by
from creatorgraph.resolution.blocking.posting import Postings, Rule, Side
from creatorgraph.store.read.arrival import StoredKeys, keys_of, shared_keys
from creatorgraph.store.read.posting import Members, members_of

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """`touched` are the arrivals and those of whom something else may be said since; (`one`, `other`) are the pairs that keys
    give them, both ways round where both are touched; `witnesses` are some who share a value that crowds have."""

    touched: Numbers
    one: Numbers
    other: Numbers
    witnesses: Numbers


def neighbourhood(
    connection: sa.Connection, old: StoredKeys, new: StoredKeys, *, also: Numbers, max_block_size: int
) -> Neighbourhood:
    """Of profiles that had the keys `old` before (none: they are new) and have `new`, as stored, now (none: they are gone), and
    of those that are touched for another reason `also`."""
    arrivals = np.unique(new.row_id)
    members = _members(connection, _joined(old, new), max_block_size)
    touched = np.union1d(np.union1d(arrivals, also), _touched(old, new, members, max_block_size))
    touched = np.setdiff1d(touched, np.setdiff1d(old.row_id, arrivals))  # not those that are gone
    beyond = np.setdiff1d(touched, arrivals)
    if len(beyond):
        members = _union(members, _members(connection, keys_of(connection, beyond), max_block_size))
    mine = np.isin(members.key, members.key[np.isin(members.row, touched)])
    about = members.where(mine)
    one, other = pairs_with(about, touched, max_block_size=max_block_size)
    return Neighbourhood(touched=touched, one=one, other=other, witnesses=_witnesses(about))


def around(connection: sa.Connection, new: StoredKeys, *, max_block_size: int) -> Neighbourhood:
    """Of profiles that are not stored, whose row ids are nobody's, and that have the keys `new`: as if they had come, but for
    whom they would touch."""
    rows = np.unique(new.row_id)
    order = np.lexsort((new.row_id, new.key))
    mine = Postings(key=new.key[order], row=new.row_id[order], rule=new.rule[order], side=new.side[order])
    about = _union(_members(connection, new, max_block_size), mine)
    one, other = pairs_with(about, rows, max_block_size=max_block_size)
    return Neighbourhood(touched=rows, one=one, other=other, witnesses=np.setdiff1d(_witnesses(about), rows))


def still_found(connection: sa.Connection, one: Numbers, other: Numbers, *, max_block_size: int) -> NDArray[np.bool_]:
    """Which of these pairs some key brings together."""
    found = np.zeros(len(one), dtype=bool)
    if not len(one):
        return found
    shared = shared_keys(connection, one, other)
    keys, first = np.unique(shared[:, 2], return_index=True)
    cap = caps(max_block_size)[shared[first, 3]]
    counted = members_of(connection, keys, cap)
    size = np.bincount(np.searchsorted(keys, counted.key), minlength=len(keys))
    meets = (shared[:, 4] != shared[:, 5]) | (shared[:, 4] == Side.BOTH)
    brings = meets & (size <= cap)[np.searchsorted(keys, shared[:, 2])]
    pairs = {(int(a), int(b)) for a, b in shared[brings, :2]}
    return np.array([(a, b) in pairs for a, b in zip(one.tolist(), other.tolist(), strict=True)], dtype=bool)


def _touched(old: StoredKeys, new: StoredKeys, members: Postings, max_block_size: int) -> Numbers:
    """Whoever shares a key that has passed a limit by what came or went."""
    before, after = (
        {(k, r): (rule, side) for k, r, rule, side in zip(*_columns(keys), strict=True)} for keys in (old, new)
    )
    came = _postings([(k, r, *v) for (k, r), v in after.items() if before.get((k, r)) != v])
    went = _postings([(k, r, *v) for (k, r), v in before.items() if after.get((k, r)) != v])
    found = []
    for change in (came, went):
        about = members.where(np.isin(members.key, change.key))
        if change is went:
            # as it was: with those that went, and without those that came
            new_ones = set(_entries(came))
            stayed = np.array([entry not in new_ones for entry in _entries(about)], dtype=bool)
            about = _union(about.where(stayed), went)
        found.append(touched_by(about, np.unique(change.row), max_block_size=max_block_size))
    return np.union1d(*found)


def _witnesses(members: Postings) -> Numbers:
    """Of each value that is graded by how many have it as many as the last grade asks for: that many must be seen to be there."""
    most = np.zeros(max(Rule) + 1, dtype=np.int64)
    for rule, grades in GRADES.items():
        most[rule] = max(grades) + 1
    place = np.arange(len(members)) - np.searchsorted(members.key, members.key, side="left")
    return np.unique(members.row[place < most[members.rule]])


def _members(connection: sa.Connection, keys: StoredKeys, max_block_size: int) -> Postings:
    """Who has these keys: of each as many as its cap and one."""
    distinct, first = np.unique(keys.key, return_index=True)
    rules = keys.rule[first]
    found: Members = members_of(connection, distinct, caps(max_block_size)[rules])
    order = np.lexsort((found.row_id, found.key))
    key = found.key[order]
    return Postings(
        key=key, row=found.row_id[order], rule=rules[np.searchsorted(distinct, key)], side=found.side[order]
    )


def _joined(one: StoredKeys, other: StoredKeys) -> StoredKeys:
    names = ("key", "row_id", "rule", "side")
    return StoredKeys(**{name: np.concatenate([getattr(one, name), getattr(other, name)]) for name in names})


def _union(one: Postings, other: Postings) -> Postings:
    """Both, each (key, row) once."""
    key, row, rule, side = (
        np.concatenate([getattr(one, name), getattr(other, name)]) for name in ("key", "row", "rule", "side")
    )
    order = np.lexsort((row, key))
    both = Postings(key=key[order], row=row[order], rule=rule[order], side=side[order])
    again = np.zeros(len(both), dtype=bool)
    again[1:] = (both.key[1:] == both.key[:-1]) & (both.row[1:] == both.row[:-1])
    return both.where(~again)


def _columns(keys: StoredKeys) -> tuple[list[int], ...]:
    return keys.key.tolist(), keys.row_id.tolist(), keys.rule.tolist(), keys.side.tolist()


def _postings(entries: list[tuple[int, int, int, int]]) -> Postings:
    columns = np.array(sorted(entries), dtype=np.int64).reshape(-1, 4)
    return Postings(
        key=columns[:, 0], row=columns[:, 1], rule=columns[:, 2].astype(np.int8), side=columns[:, 3].astype(np.int8)
    )


def _entries(postings: Postings) -> list[tuple[int, int]]:
    return list(zip(postings.key.tolist(), postings.row.tolist(), strict=True))
