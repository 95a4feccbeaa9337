"""What arrivals leave for the next one, as arrays: lists of like spellings, weights of pairs, and the queue."""

from collections.abc import Collection, Sequence

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.store.read.arrival import PairRows, SpellingLists
from creatorgraph.store.read.keyset import Id, any_of
from creatorgraph.store.table import arrival, near_spelling, profile, scored_pair
from creatorgraph.store.write.copy import insert_numbers

Numbers = NDArray[np.int64]
_INT8 = sa.BigInteger()


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
    columns = (sa.column("one", _INT8), sa.column("other", _INT8))
    ends = [sa.cast(values.tolist(), sa.ARRAY(_INT8)) for values in (one, other)]
    gone = sa.func.unnest(*ends).table_valued(*columns, name="gone").render_derived()
    first, second = table.primary_key.columns
    connection.execute(table.delete().where(first == gone.c.one, second == gone.c.other))


def enqueue_arrivals(connection: sa.Connection, profiles: Collection[str]) -> None:
    """These profiles wait to be resolved, by an arrival's step or a run over everything, whichever comes first."""
    rows = sa.select(profile.c.row_id, sa.func.clock_timestamp()).where(
        profile.c.profile_id == any_of(list(profiles), Id)
    )
    statement = insert(arrival).from_select(["row_id", "at"], rows.order_by(profile.c.row_id))
    connection.execute(statement.on_conflict_do_update(index_elements=["row_id"], set_={"at": statement.excluded.at}))


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
