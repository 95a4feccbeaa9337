"""The indexes by which arrivals find whom to compare with: made of everything that is stored, kept for what changes, asked."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.posting import Postings, postings_of, shown_of
from creatorgraph.resolution.blocking.spelling import GramPostings, gram_postings
from creatorgraph.resolution.local_index import LocalIndex
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.store.read.arrival import PairRows, SpellingLists
from creatorgraph.store.write.arrival import replace_all_lists, replace_all_pairs
from creatorgraph.store.write.posting import IncomingPostings, replace_all_postings, replace_postings

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """The postings of some profiles: `row_ids[i]` is `profile.row_id` of row i in both."""

    row_ids: Numbers
    blocks: Postings
    grams: GramPostings

    @property
    def incoming(self) -> IncomingPostings:
        """As they are stored."""
        return IncomingPostings(
            key=self.blocks.key,
            row_id=self.row_ids[self.blocks.row],
            rule=self.blocks.rule.astype(np.int16),
            side=self.blocks.side.astype(np.int16),
            gram=self.grams.key,
            gram_row_id=self.row_ids[self.grams.row],
            weight=self.grams.weight,
        )


def indexed(table: pa.Table, row_ids: Numbers, model: ModelArtefact, *, max_block_size: int) -> Indexed:
    """The postings of the rows of a PROFILE_SCHEMA table, each a function of that row and the model."""
    shown = shown_of(table, model.reference)
    return Indexed(row_ids=row_ids, blocks=postings_of(shown), grams=gram_postings(shown, max_block_size))


def index_everything(
    connection: sa.Connection, everything: Indexed, model: ModelArtefact, *, meanings: bool = False
) -> None:
    """Makes the stored postings those of `everything` that is stored, of this model."""
    replace_all_postings(
        connection, everything.incoming, model_version=str(model.document["model_version"]), meanings=meanings
    )


def index_some(connection: sa.Connection, some: Indexed) -> None:
    """Makes the stored postings of these profiles those of `some`; to be called in the transaction that changes them."""
    replace_postings(connection, some.row_ids, some.incoming)


def forget(connection: sa.Connection, row_ids: Numbers) -> None:
    """Takes these profiles out of the indexes."""
    none = np.zeros(0, dtype=np.int64)
    nothing = IncomingPostings(
        key=none,
        row_id=none,
        rule=none.astype(np.int16),
        side=none.astype(np.int16),
        gram=none,
        gram_row_id=none,
        weight=none.astype(np.int32),
    )
    replace_postings(connection, row_ids, nothing)


def index_run(
    connection: sa.Connection, index: LocalIndex, row_ids: Numbers, model: ModelArtefact, *, meanings: bool
) -> None:
    """Makes everything that arrivals are resolved by what a run has found; `row_ids[i]` is of row i of its table."""
    everything = Indexed(row_ids=row_ids, blocks=index.postings, grams=index.grams)
    index_everything(connection, everything, model, meanings=meanings)
    near, pairs = index.near, index.pairs
    replace_all_lists(
        connection, SpellingLists(row_id=row_ids[near.row], other_row_id=row_ids[near.other], rank=near.rank)
    )
    one, other = row_ids[pairs.left], row_ids[pairs.right]
    rows = PairRows(
        left=np.minimum(one, other),
        right=np.maximum(one, other),
        weight=pairs.weight,
        levels=pairs.levels,
        from_run=pairs.from_run,
    )
    replace_all_pairs(connection, rows)
