"""Who is found under some keys, and who is spelled like somebody."""

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.store.number import Numbers, numbers_of
from creatorgraph.store.table import posting_model

# for every key as many rows as its cap and one: whether more have it is all that anybody asks of the rest
_MEMBERS = sa.text(
    """
    SELECT wanted.key, found.row_id, found.side
    FROM unnest(:keys, :caps) AS wanted(key, cap)
    CROSS JOIN LATERAL (
        SELECT row_id, side FROM block_posting WHERE block_posting.key = wanted.key
        ORDER BY row_id LIMIT wanted.cap + 1
    ) AS found
    """
)
# products stay below 2^31, and sums of integer are bigint: of bigint they were numeric, at twice the cost
_LIKE = sa.text(
    """
    SELECT
        wanted.row_id,
        gram_posting.row_id,
        sum(gram_posting.weight * CAST(wanted.weight AS integer)) AS likeness
    FROM unnest(:rows, :keys, :weights) AS wanted(row_id, key, weight)
    JOIN gram_posting ON gram_posting.key = wanted.key
    WHERE gram_posting.row_id <> wanted.row_id
    GROUP BY wanted.row_id, gram_posting.row_id
    HAVING sum(gram_posting.weight * CAST(wanted.weight AS integer)) >= :least
    """
)
_GRAMS = sa.text("SELECT row_id, key, weight FROM gram_posting WHERE row_id = ANY(:rows)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """One entry per (key, row) in any order; a key with more rows than its cap has one more than that."""

    key: Numbers
    row_id: Numbers
    side: NDArray[np.int8]


def members_of(connection: sa.Connection, keys: Numbers, caps: Numbers) -> Members:
    """Who has each of the keys, which occur once; `caps` beside them."""
    table = numbers_of(connection, _MEMBERS, 3, keys=keys, caps=caps)
    return Members(key=table[:, 0], row_id=table[:, 1], side=table[:, 2].astype(np.int8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Like:
    """One entry per (row_id, other_row_id), in any order: how alike the two are spelled."""

    row_id: Numbers
    other_row_id: Numbers
    likeness: Numbers


def spelled_like(connection: sa.Connection, row_ids: Numbers, keys: Numbers, weights: Numbers, *, least: int) -> Like:
    """All others whose n-grams are like those of a profile by `least` or more; one entry of `row_ids`, `keys`, `weights` for
    each n-gram that a profile has."""
    found = numbers_of(connection, _LIKE, 3, rows=row_ids, keys=keys, weights=weights, least=least)
    return Like(row_id=found[:, 0], other_row_id=found[:, 1], likeness=found[:, 2])


def grams_of(connection: sa.Connection, row_ids: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """(row_id, key, weight): the stored n-grams of these profiles."""
    found = numbers_of(connection, _GRAMS, 3, rows=row_ids)
    return found[:, 0], found[:, 1], found[:, 2]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingModel:
    """By which model the stored postings were made, and whether its run compared what bios mean."""

    model_version: str
    meanings: bool


def stored_posting_model(connection: sa.Connection) -> PostingModel | None:
    """None where there are no postings yet."""
    row = connection.execute(sa.select(posting_model.c.model_version, posting_model.c.meanings)).one_or_none()
    return None if row is None else PostingModel(model_version=row.model_version, meanings=row.meanings)
