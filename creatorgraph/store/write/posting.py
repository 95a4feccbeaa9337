"""Postings: all of them anew after a run, or those of some profiles in the transaction that changes them."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.store.table import block_posting, gram_posting, posting_model
from creatorgraph.store.write.copy import insert_numbers

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPostings:
    """Entries of blocks (`key`, `row_id`, `rule`, `side`) and of n-grams (`gram`, `gram_row_id`, `weight`); no key twice."""

    key: Numbers
    row_id: Numbers
    rule: NDArray[np.int16]
    side: NDArray[np.int16]
    gram: Numbers
    gram_row_id: Numbers
    weight: NDArray[np.int32]

    def by_key(self) -> "IncomingPostings":
        """The same by ascending keys: whoever asks for one reads its profiles from a page or two, not from one page each."""
        blocks, grams = np.lexsort((self.row_id, self.key)), np.lexsort((self.gram_row_id, self.gram))
        return IncomingPostings(
            key=self.key[blocks],
            row_id=self.row_id[blocks],
            rule=self.rule[blocks],
            side=self.side[blocks],
            gram=self.gram[grams],
            gram_row_id=self.gram_row_id[grams],
            weight=self.weight[grams],
        )


def replace_all_postings(
    connection: sa.Connection, incoming: IncomingPostings, *, model_version: str, meanings: bool
) -> None:
    """Makes `incoming` the stored postings, of this model; `meanings` says whether its run compared what bios mean."""
    for table in (block_posting, gram_posting):
        connection.execute(table.delete())
    _insert(connection, incoming.by_key())
    statement = insert(posting_model).values(model_version=model_version, meanings=meanings)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["number"],
            set_={"model_version": model_version, "meanings": meanings, "built_at": sa.func.now()},
        )
    )


def disown_postings(connection: sa.Connection) -> None:
    """Says that the stored postings are of no model: those of a former run, which are not kept up any more."""
    connection.execute(posting_model.delete())


def replace_postings(connection: sa.Connection, row_ids: Numbers, incoming: IncomingPostings) -> None:
    """Makes `incoming` the postings of the profiles with these `row_ids`."""
    for table in (block_posting, gram_posting):
        connection.execute(_delete_of(table), {"rows": row_ids})
    _insert(connection, incoming)


@cache
def _delete_of(table: sa.Table) -> sa.TextClause:
    # an array of numbers goes as it is where the statement does not say what it is
    return sa.text(f"DELETE FROM {table.name} WHERE row_id = ANY(:rows)")  # noqa: S608 - our own tables


def _insert(connection: sa.Connection, incoming: IncomingPostings) -> None:
    names = ("key", "row_id", "rule", "side")
    insert_numbers(connection, block_posting, {name: getattr(incoming, name) for name in names})
    insert_numbers(
        connection, gram_posting, {"key": incoming.gram, "row_id": incoming.gram_row_id, "weight": incoming.weight}
    )
