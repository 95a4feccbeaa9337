"""What arrivals leave for the next one, as arrays: lists of like spellings, weights of pairs, and the queue."""

from collections.abc import Collection, Sequence
from functools import cache

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.store.read.arrival import PairRows, SpellingLists
from creatorgraph.store.table import near_spelling, scored_pair
from creatorgraph.store.write.copy import insert_numbers

Numbers = NDArray[np.int64]
_ENQUEUE = sa.text(
    """
    INSERT INTO arrival (row_id, at)
    SELECT row_id, clock_timestamp() FROM profile WHERE profile_id = ANY(CAST(:ids AS text[]) COLLATE "C") ORDER BY row_id
    ON CONFLICT (row_id) DO UPDATE SET at = excluded.at
    """
)


def replace_all_lists(connection: sa.Connection, lists: SpellingLists) -> None:
    connection.execute(near_spelling.delete())
    add_lists(connection, lists)


def add_lists(connection: sa.Connection, lists: SpellingLists) -> None:
    names = ("row_id", "other_row_id", "rank")
    insert_numbers(connection, near_spelling, {name: getattr(lists, name) for name in names})


def remove_entries(connection: sa.Connection, entries: SpellingLists) -> None:
    """Takes these entries off their lists."""
    _remove(connection, near_spelling, entries.row_id, entries.other_row_id)


def replace_all_pairs(connection: sa.Connection, pairs: PairRows) -> None:
    connection.execute(scored_pair.delete())
    # those of one profile beside each other: they are asked for together
    add_pairs(connection, pairs.where(np.lexsort((pairs.right, pairs.left))))


def add_pairs(connection: sa.Connection, pairs: PairRows) -> None:
    insert_numbers(
        connection,
        scored_pair,
        {
            "left_row_id": pairs.left,
            "right_row_id": pairs.right,
            "weight": pairs.weight,
            "levels": pairs.levels,
            "from_run": pairs.from_run,
        },
    )


def remove_pairs(connection: sa.Connection, left: Numbers, right: Numbers) -> None:
    """Those that are stored of these pairs."""
    _remove(connection, scored_pair, left, right)


def _remove(connection: sa.Connection, table: sa.Table, one: Numbers, other: Numbers) -> None:
    """Rows by the two columns of their key."""
    if not len(one):
        return
    connection.execute(_delete(table), {"one": one, "other": other})


@cache
def _delete(table: sa.Table) -> sa.TextClause:
    # an array of numbers goes as it is where the statement does not say what it is
    first, second = table.primary_key.columns
    return sa.text(
        f"DELETE FROM {table.name} USING unnest(:one, :other) AS gone(one, other) "  # noqa: S608 - our own tables
        f"WHERE {table.name}.{first.name} = gone.one AND {table.name}.{second.name} = gone.other"
    )


def enqueue_arrivals(connection: sa.Connection, profiles: Collection[str]) -> None:
    """These profiles wait to be resolved, by an arrival's step or a run over everything, whichever comes first."""
    connection.execute(_ENQUEUE, {"ids": list(profiles)})


def dequeue_seen(connection: sa.Connection, seen: Sequence[tuple[int, object]]) -> None:
    """Takes those out that are as they were `seen`: (row_id, at). One that has come anew since goes on waiting."""
    if seen:
        connection.execute(
            sa.text(
                "DELETE FROM arrival USING unnest(CAST(:rows AS bigint[]), CAST(:times AS timestamptz[])) AS seen(row_id, at) "
                "WHERE arrival.row_id = seen.row_id AND arrival.at = seen.at"
            ),
            {"rows": [row for row, _ in seen], "times": [at for _, at in seen]},
        )
