"""The indexes by which arrivals find whom to compare with: made of everything that is stored, kept for what changes, asked."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.local import caps, local_pairs
from creatorgraph.resolution.blocking.ngram import NEAREST
from creatorgraph.resolution.blocking.posting import Postings, postings_of, shown_of
from creatorgraph.resolution.blocking.spelling import LEAST, GramPostings, gram_postings
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.store.read.posting import members_of, spelled_like
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
            side=self.blocks.side.astype(np.int16),
            gram=self.grams.key,
            gram_row_id=self.row_ids[self.grams.row],
            weight=self.grams.weight,
        )


def indexed(table: pa.Table, row_ids: Numbers, model: ModelArtefact, *, max_block_size: int) -> Indexed:
    """The postings of the rows of a PROFILE_SCHEMA table, each a function of that row and the model."""
    shown = shown_of(table, model.reference)
    return Indexed(row_ids=row_ids, blocks=postings_of(shown), grams=gram_postings(shown, max_block_size))


def index_everything(connection: sa.Connection, everything: Indexed, model: ModelArtefact) -> None:
    """Makes the stored postings those of `everything` that is stored, of this model."""
    replace_all_postings(connection, everything.incoming, model_version=str(model.document["model_version"]))


def index_some(connection: sa.Connection, some: Indexed) -> None:
    """Makes the stored postings of these profiles those of `some`; to be called in the transaction that changes them."""
    replace_postings(connection, some.row_ids, some.incoming)


def partners_by_keys(connection: sa.Connection, some: Indexed, *, max_block_size: int) -> tuple[Numbers, Numbers]:
    """The pairs (row_id, row_id) that some key brings together and that have an end among `some`, whose own postings are stored.

    They are the pairs of a run over everything that is stored, as far as it splits no block.
    """
    keys, first = np.unique(some.blocks.key, return_index=True)
    rules = some.blocks.rule[first]
    members = members_of(connection, keys, caps(max_block_size)[rules])
    rows, row = np.unique(members.row_id, return_inverse=True)
    order = np.lexsort((row, members.key))
    postings = Postings(
        key=members.key[order],
        row=row[order].astype(np.int64),
        rule=rules[np.searchsorted(keys, members.key[order])],
        side=members.side[order],
    )
    codes = local_pairs(postings, len(rows), max_block_size=max_block_size)
    one, two = rows[codes // max(len(rows), 1)], rows[codes % max(len(rows), 1)]
    mine = np.isin(one, some.row_ids) | np.isin(two, some.row_ids)
    return one[mine], two[mine]


def nearest_by_spelling(connection: sa.Connection, some: Indexed) -> tuple[Numbers, Numbers, Numbers]:
    """(row_id, other row_id, likeness): whom each of `some` profiles is spelled like most, the nearest first."""
    none = np.zeros(0, dtype=np.int64)
    found: list[tuple[Numbers, Numbers, Numbers]] = [(none, none, none)]
    for place, row_id in enumerate(some.row_ids.tolist()):
        mine = some.grams.row == place
        others, likeness = spelled_like(
            connection, row_id, some.grams.key[mine], some.grams.weight[mine], least=LEAST, most=NEAREST
        )
        found.append((np.full(len(others), row_id, dtype=np.int64), others, likeness))
    row, other, likeness = (np.concatenate(column) for column in zip(*found, strict=True))
    return row, other, likeness
