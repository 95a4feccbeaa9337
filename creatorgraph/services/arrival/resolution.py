"""One step: some profiles that have come, changed or gone, resolved in the transaction that the caller has opened.

What a run over everything with the same model would say is a function of the profiles and the model alone. So only that is
looked at which the step can have changed: pairs of the arrivals and of those whom they touch, links of whoever is a rival in
them, clusters of what hangs together with those links.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import sqlalchemy as sa

from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.identity import IdentityChange
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.services.arrival.candidate import Neighbourhood, neighbourhood, still_found
from creatorgraph.services.arrival.comparison import Seen, look_at, weighed
from creatorgraph.services.arrival.engine import ArrivalEngine
from creatorgraph.services.arrival.settlement import settle
from creatorgraph.services.arrival.spelling import ListChange, update_lists
from creatorgraph.services.identity_change import write_change
from creatorgraph.services.posting_index import forget, index_some, indexed
from creatorgraph.services.recluster import clustered, lock_part, reviewed
from creatorgraph.services.stored_profile import stored_part
from creatorgraph.store.number import Numbers
from creatorgraph.store.read.arrival import (
    NO_PAIRS,
    PairRows,
    StoredKeys,
    keys_of,
    lists_of,
    lists_with,
    pairs_of_rows,
    row_ids_of,
    weights_of_rows,
)
from creatorgraph.store.write.arrival import add_pairs, remove_pairs
from creatorgraph.store.write.outbox import announce
from creatorgraph.store.write.profile import delete_profiles
from creatorgraph.store.write.review import replace_open_items

_NONE = np.zeros(0, dtype=np.int64)
_BESIDE = 300
"""Profiles whose links may have to be written anew, though they are not compared, that are looked at in advance: to look at them
afterwards, at those alone whose links were changed, takes a second look, which costs as much as so many more in the first."""
RowPair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What was stored of the arrivals before they came (again), and whom those that go leave behind."""

    keys: StoredKeys
    changed: Numbers
    gone: Numbers
    left_behind: Numbers


def resolve_arrivals(
    connection: sa.Connection, engine: ArrivalEngine, options: ResolveOptions, row_ids: Numbers
) -> None:
    """Resolves these stored profiles, which are new or have changed."""
    table, rows = stored_part(connection, row_ids, local_hash=engine.hasher.local_value)
    if not len(rows):
        return
    changed = np.sort(rows)
    before = _Before(keys=keys_of(connection, changed), changed=changed, gone=_NONE, left_behind=_NONE)
    some = indexed(table, rows, engine.model, max_block_size=options.max_block_size)
    index_some(connection, some)
    new = StoredKeys(key=some.blocks.key, row_id=rows[some.blocks.row], rule=some.blocks.rule, side=some.blocks.side)
    arrived = table.column("profile_id").to_pylist()
    _settled(connection, engine, options, before, new, arrived, cause=f"arrival {engine.version}")


def resolve_departures(
    connection: sa.Connection,
    engine: ArrivalEngine,
    options: ResolveOptions,
    profiles: Collection[ProfileId],
    *,
    cause: str,
) -> IdentityChange:
    """Deletes these profiles and resolves those whom they leave behind; `cause` is what the history says.

    The caller keeps acts of stewards out.
    """
    row_of = row_ids_of(connection, sorted(profiles))
    gone = np.array(sorted(row_of.values()), dtype=np.int64)
    pairs = pairs_of_rows(connection, gone)
    left_behind = np.setdiff1d(np.concatenate([pairs.left, pairs.right]), gone)
    before = _Before(keys=keys_of(connection, gone), changed=_NONE, gone=gone, left_behind=left_behind)
    forget(connection, gone)
    nothing = StoredKeys(key=_NONE, row_id=_NONE, rule=_NONE.astype(np.int8), side=_NONE.astype(np.int8))
    return _settled(connection, engine, options, before, nothing, sorted(row_of), cause=cause)


def _settled(
    connection: sa.Connection,
    engine: ArrivalEngine,
    options: ResolveOptions,
    before: _Before,
    new: StoredKeys,
    profiles: list[ProfileId],
    *,
    cause: str,
) -> IdentityChange:
    lists = update_lists(connection, before.changed, before.gone)
    hood = neighbourhood(connection, before.keys, new, also=lists.grown, max_block_size=options.max_block_size)
    if len(before.gone):
        delete_profiles(connection, profiles)
    ends, anew, seen = _scored(connection, engine, options, before, hood, lists)
    relinked = settle(connection, engine, options, seen, ends, anew=anew)
    now: datetime = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    part = lock_part(connection, relinked | set(profiles), options)
    change = clustered(part, (), options, cause=cause, at=now)
    written = write_change(connection, change, among=part.profiles)
    replace_open_items(connection, reviewed(connection, change.membership, options), among=part.profiles)
    announce(connection, "profile.relinked", "profiles", written.moved | relinked)
    return change


def _scored(
    connection: sa.Connection,
    engine: ArrivalEngine,
    options: ResolveOptions,
    before: _Before,
    hood: Neighbourhood,
    lists: ListChange,
) -> tuple[Numbers, set[RowPair], Seen]:
    """Compares and stores the pairs of the touched; the ends of all pairs that differ now, and those pairs."""
    old = pairs_of_rows(connection, hood.touched)
    fresh, seen = _compared(connection, engine, options, before, hood, old)
    lost = _lost(connection, hood, lists, max_block_size=options.max_block_size)
    remove_pairs(connection, np.concatenate([old.left, lost.left]), np.concatenate([old.right, lost.right]))
    add_pairs(connection, fresh)
    differ = _differing(old, fresh)
    ends = np.array([end for pair in differ for end in pair], dtype=np.int64)
    ends = np.unique(np.concatenate([ends, lost.left, lost.right, before.left_behind, before.changed]))
    return ends, differ, seen


def _compared(
    connection: sa.Connection,
    engine: ArrivalEngine,
    options: ResolveOptions,
    before: _Before,
    hood: Neighbourhood,
    old: PairRows,
) -> tuple[PairRows, Seen]:
    listed = [lists_of(connection, hood.touched), lists_with(connection, hood.touched)]
    one = np.concatenate([hood.one, *(each.row_id for each in listed)])
    other = np.concatenate([hood.other, *(each.other_row_id for each in listed)])
    by_index = np.unique(np.stack([np.minimum(one, other), np.maximum(one, other)], axis=1), axis=0)
    # what a run alone has found of a profile holds until that profile changes
    kept = old.from_run & ~np.isin(old.left, before.changed) & ~np.isin(old.right, before.changed)
    by_run = np.stack([old.left[kept], old.right[kept]], axis=1)
    indexed_pairs = {(int(a), int(b)) for a, b in by_index}
    by_run = by_run[[(int(a), int(b)) not in indexed_pairs for a, b in by_run]]
    pairs = np.concatenate([by_index, by_run])
    rows = np.unique(np.concatenate([hood.touched, pairs.reshape(-1), hood.witnesses]))
    linked = weights_of_rows(connection, np.unique(pairs), above=engine.likely(options))
    beside = np.setdiff1d(np.concatenate([linked.left, linked.right]), rows)
    if len(beside) <= _BESIDE:
        rows = np.union1d(rows, beside)
    seen = look_at(connection, engine, rows, asked=hood.touched)
    from_run = np.arange(len(pairs)) >= len(by_index)
    return weighed(seen, pairs[:, 0], pairs[:, 1], from_run, engine, options)


def _lost(connection: sa.Connection, hood: Neighbourhood, lists: ListChange, *, max_block_size: int) -> PairRows:
    """Stored pairs of others that stood on a list and are found by nothing now."""
    left, right = np.minimum(lists.one, lists.other), np.maximum(lists.one, lists.other)
    beyond = ~np.isin(left, hood.touched) & ~np.isin(right, hood.touched)
    off = set(zip(left[beyond].tolist(), right[beyond].tolist(), strict=True))
    if not off:
        return NO_PAIRS
    stored = pairs_of_rows(connection, np.unique(left[beyond]))
    pairs = zip(stored.left.tolist(), stored.right.tolist(), strict=True)
    chosen = np.array([pair in off for pair in pairs], dtype=bool) & ~stored.from_run
    stored = stored.where(chosen)
    if not len(stored):
        return stored
    still = lists_of(connection, np.union1d(stored.left, stored.right))
    listed = set(zip(still.row_id.tolist(), still.other_row_id.tolist(), strict=True))
    ends = list(zip(stored.left.tolist(), stored.right.tolist(), strict=True))
    stays = np.array([(a, b) in listed or (b, a) in listed for a, b in ends], dtype=bool)
    stays |= still_found(connection, stored.left, stored.right, max_block_size=max_block_size)
    return stored.where(~stays)


def _differing(old: PairRows, new: PairRows) -> set[RowPair]:
    """The pairs that one of them lacks, or that weigh or look otherwise."""
    before, after = (
        {
            (left, right): (weight, levels.tobytes())
            for left, right, weight, levels in zip(
                rows.left.tolist(), rows.right.tolist(), rows.weight.tolist(), rows.levels, strict=True
            )
        }
        for rows in (old, new)
    )
    return {pair for pair in before.keys() | after.keys() if before.get(pair) != after.get(pair)}
