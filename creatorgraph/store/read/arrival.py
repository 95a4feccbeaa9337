"""What former arrivals and runs left, as arrays: keys, lists of like spellings, weights of pairs, and who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.number import BYTES, FLAG, REAL, WHOLE, Numbers, columns_of, numbers_of, rows_of
from creatorgraph.store.read.keyset import Id, any_bound
from creatorgraph.store.table import arrival, profile

_KEYS = sa.text("SELECT key, row_id, rule, side FROM block_posting WHERE row_id = ANY(:rows)")
_LISTS = sa.text("SELECT row_id, other_row_id, rank FROM near_spelling WHERE row_id = ANY(:rows)")
_LISTS_WITH = sa.text("SELECT row_id, other_row_id, rank FROM near_spelling WHERE other_row_id = ANY(:rows)")
_LIST_ENDS = sa.text("SELECT row_id, count(*), min(rank) FROM near_spelling WHERE row_id = ANY(:rows) GROUP BY row_id")
# two halves and not OR: each goes by its index, and a pair with both ends among the rows comes twice
_PAIRS = sa.text(
    """
    SELECT left_row_id, right_row_id, weight, from_run, levels FROM scored_pair WHERE left_row_id = ANY(:rows)
    UNION ALL
    SELECT left_row_id, right_row_id, weight, from_run, levels FROM scored_pair WHERE right_row_id = ANY(:rows)
    """
)
_WEIGHTS = sa.text(
    """
    SELECT left_row_id, right_row_id, weight FROM scored_pair WHERE left_row_id = ANY(:rows) AND weight > :least
    UNION ALL
    SELECT left_row_id, right_row_id, weight FROM scored_pair WHERE right_row_id = ANY(:rows) AND weight > :least
    """
)
_FACTS = sa.text(
    """
    SELECT
        row_id,
        array_position(CAST(:platforms AS text[]), platform) - 1,
        CAST(coalesce(username_key, '') <> '' OR coalesce(username, '') <> '' AS integer)
    FROM profile WHERE row_id = ANY(:rows)
    """
)
_IDS = sa.text("SELECT row_id, profile_id FROM profile WHERE row_id = ANY(:rows) ORDER BY row_id")
_ROW_IDS = sa.select(profile.c.profile_id, profile.c.row_id).where(profile.c.profile_id == any_bound(Id))
_WAITING = (
    sa.select(arrival.c.row_id, arrival.c.at)
    .order_by(arrival.c.at, arrival.c.row_id)
    .limit(sa.bindparam("limit", type_=sa.BigInteger()))
)
_WAITING_AMONG = _WAITING.join(profile, profile.c.row_id == arrival.c.row_id).where(
    profile.c.profile_id == any_bound(Id)
)
_PLATFORMS = [platform.value for platform in Platform]
_SHARED = sa.text(
    """
    SELECT wanted.one, wanted.other, mine.key, mine.rule, mine.side, theirs.side
    FROM unnest(:ones, :others) AS wanted(one, other)
    JOIN block_posting AS mine ON mine.row_id = wanted.one
    JOIN block_posting AS theirs ON theirs.key = mine.key AND theirs.row_id = wanted.other
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellingLists:
    """One entry per (row_id, other_row_id): who stands on the list of `row_id`."""

    row_id: Numbers
    other_row_id: Numbers
    rank: Numbers

    def where(self, kept: NDArray[np.bool_]) -> "SpellingLists":
        return SpellingLists(row_id=self.row_id[kept], other_row_id=self.other_row_id[kept], rank=self.rank[kept])


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRows:
    """One entry per pair, left row id < right row id: bits before competition, (pairs, signals) levels, -1 where missing."""

    left: Numbers
    right: Numbers
    weight: NDArray[np.float64]
    levels: NDArray[np.int8]
    from_run: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.left)

    def where(self, kept: NDArray[np.bool_] | Numbers) -> "PairRows":
        return PairRows(
            left=self.left[kept],
            right=self.right[kept],
            weight=self.weight[kept],
            levels=self.levels[kept],
            from_run=self.from_run[kept],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PairWeights:
    """As PairRows."""

    left: Numbers
    right: Numbers
    weight: NDArray[np.float64]


NO_PAIRS = PairRows(
    left=np.zeros(0, dtype=np.int64),
    right=np.zeros(0, dtype=np.int64),
    weight=np.zeros(0, dtype=np.float64),
    levels=np.zeros((0, 0), dtype=np.int8),
    from_run=np.zeros(0, dtype=np.bool_),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredKeys:
    """One entry per (key, row)."""

    key: Numbers
    row_id: Numbers
    rule: NDArray[np.int8]
    side: NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """What competition has to know of a profile, by ascending row id."""

    row_id: Numbers
    platform: NDArray[np.int64]
    """The number of the platform among all that there are."""
    named: NDArray[np.bool_]
    """Whether it has a username."""

    def at(self, rows: Numbers) -> Numbers:
        """The places of these rows, which are all there."""
        return np.searchsorted(self.row_id, rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowIds:
    """The id of each profile, by ascending row id."""

    row_id: Numbers
    profile_id: tuple[ProfileId, ...]

    def of(self, rows: Numbers) -> list[ProfileId]:
        """The ids of these rows, which are all there."""
        return [self.profile_id[place] for place in np.searchsorted(self.row_id, rows).tolist()]


def keys_of(connection: sa.Connection, row_ids: Numbers) -> StoredKeys:
    """The stored keys of these profiles."""
    found = numbers_of(connection, _KEYS, 4, rows=row_ids)
    return StoredKeys(
        key=found[:, 0], row_id=found[:, 1], rule=found[:, 2].astype(np.int8), side=found[:, 3].astype(np.int8)
    )


def shared_keys(connection: sa.Connection, ones: Numbers, others: Numbers) -> NDArray[np.int64]:
    """(n, 6) rows: one, other, key, rule, and the side of each, for every key that the two of a pair share."""
    return numbers_of(connection, _SHARED, 6, ones=ones, others=others)


def lists_of(connection: sa.Connection, row_ids: Numbers) -> SpellingLists:
    """The lists of like spellings of these profiles."""
    return _lists(connection, _LISTS, row_ids)


def lists_with(connection: sa.Connection, row_ids: Numbers) -> SpellingLists:
    """The entries of others' lists on which these profiles stand."""
    return _lists(connection, _LISTS_WITH, row_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEnds:
    """One entry per row that has a list: how long it is, and the rank of the last on it."""

    row_id: Numbers
    count: Numbers
    least: Numbers


def list_ends(connection: sa.Connection, row_ids: Numbers) -> ListEnds:
    """Of the lists of these profiles."""
    found = numbers_of(connection, _LIST_ENDS, 3, rows=row_ids)
    return ListEnds(row_id=found[:, 0], count=found[:, 1], least=found[:, 2])


def pairs_of_rows(connection: sa.Connection, row_ids: Numbers) -> PairRows:
    """Every stored pair with an end among `row_ids`, once, by left and right."""
    if not len(row_ids):
        return NO_PAIRS
    left, right, weight, from_run, levels = columns_of(
        connection, _PAIRS, (WHOLE, WHOLE, REAL, FLAG, BYTES), rows=row_ids
    )
    if not len(left):
        return NO_PAIRS
    found = PairRows(left=left, right=right, weight=weight, levels=levels.reshape(len(left), -1), from_run=from_run)
    return found.where(_once(left, right))


def weights_of_rows(connection: sa.Connection, row_ids: Numbers, *, above: float = -np.inf) -> PairWeights:
    """What pairs_of_rows tells of these pairs, but for what nearly nobody asks of so many; those `above` a weight alone."""
    if not len(row_ids):
        return PairWeights(left=NO_PAIRS.left, right=NO_PAIRS.right, weight=NO_PAIRS.weight)
    left, right, weight = columns_of(connection, _WEIGHTS, (WHOLE, WHOLE, REAL), rows=row_ids, least=above)
    once = _once(left, right)
    return PairWeights(left=left[once], right=right[once], weight=weight[once])


def _once(left: Numbers, right: Numbers) -> Numbers:
    """The places of the pairs, each once, by left and right."""
    order = np.lexsort((right, left))
    left, right = left[order], right[order]
    again = np.zeros(len(order), dtype=bool)
    again[1:] = (left[1:] == left[:-1]) & (right[1:] == right[:-1])
    return order[~again]


def row_facts(connection: sa.Connection, row_ids: Numbers) -> RowFacts:
    """Of those that are stored."""
    found = numbers_of(connection, _FACTS, 3, rows=row_ids, platforms=_PLATFORMS)
    found = found[np.argsort(found[:, 0])]
    return RowFacts(row_id=found[:, 0], platform=found[:, 1], named=found[:, 2] > 0)


def ids_of_rows(connection: sa.Connection, row_ids: Numbers) -> RowIds:
    """Of those that are stored."""
    rows = rows_of(connection, _IDS, rows=row_ids)
    row, profile_id = zip(*rows, strict=True) if rows else ((), ())
    return RowIds(row_id=np.array(row, dtype=np.int64), profile_id=profile_id)


def row_ids_of(connection: sa.Connection, profiles: Sequence[str]) -> dict[ProfileId, int]:
    """The row ids of those of `profiles` that are stored."""
    rows = connection.execute(_ROW_IDS, {"ids": list(profiles)})
    return {ProfileId(row.profile_id): row.row_id for row in rows}


def all_row_ids(connection: sa.Connection) -> dict[ProfileId, int]:
    """The row ids of everybody."""
    rows = connection.execute(sa.select(profile.c.profile_id, profile.c.row_id))
    return {ProfileId(row.profile_id): row.row_id for row in rows}


def waiting_arrivals(
    connection: sa.Connection, *, among: Sequence[str] | None = None, limit: int | None = None
) -> list[tuple[int, datetime]]:
    """(row_id, at) of profiles, or those `among` these, that wait to be resolved, the longest first."""
    rows = (
        connection.execute(_WAITING, {"limit": limit})
        if among is None
        else connection.execute(_WAITING_AMONG, {"limit": limit, "ids": list(among)})
    )
    return [(row.row_id, row.at) for row in rows]


def count_waiting(connection: sa.Connection) -> int:
    """How many profiles wait to be resolved."""
    return int(connection.scalar(sa.select(sa.func.count()).select_from(arrival)) or 0)


def waits_since(connection: sa.Connection, *, minutes: int) -> bool:
    """Whether somebody has waited so long."""
    long_ago = sa.func.now() - sa.func.make_interval(0, 0, 0, 0, 0, minutes)
    return bool(connection.scalar(sa.select(sa.exists().where(arrival.c.at < long_ago))))


def _lists(connection: sa.Connection, statement: sa.TextClause, row_ids: Numbers) -> SpellingLists:
    found = numbers_of(connection, statement, 3, rows=row_ids)
    return SpellingLists(row_id=found[:, 0], other_row_id=found[:, 1], rank=found[:, 2])
