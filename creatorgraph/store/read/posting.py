"""Who is found under some keys, and who is spelled like somebody."""

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.store.table import posting_model

Numbers = NDArray[np.int64]

# for every key as many rows as its cap and one: whether more have it is all that anybody asks of the rest
_MEMBERS = sa.text(
    """
    SELECT wanted.key, found.row_id, found.side
    FROM unnest(CAST(:keys AS bigint[]), CAST(:caps AS bigint[])) AS wanted(key, cap)
    CROSS JOIN LATERAL (
        SELECT row_id, side FROM block_posting WHERE block_posting.key = wanted.key
        ORDER BY row_id LIMIT wanted.cap + 1
    ) AS found
    """
)
# of equals the smaller id stands first: the order of rows is that of arrival, and must not tell
_LIKE = sa.text(
    """
    SELECT near.row_id, near.likeness
    FROM (
        SELECT row_id, sum(gram_posting.weight * wanted.weight) AS likeness
        FROM unnest(CAST(:keys AS bigint[]), CAST(:weights AS bigint[])) AS wanted(key, weight)
        JOIN gram_posting ON gram_posting.key = wanted.key
        WHERE row_id <> :row_id
        GROUP BY row_id
        HAVING sum(gram_posting.weight * wanted.weight) >= :least
    ) AS near
    JOIN profile ON profile.row_id = near.row_id
    ORDER BY near.likeness DESC, profile.profile_id
    LIMIT :most
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """One entry per (key, row) in any order; a key with more rows than its cap has one more than that."""

    key: Numbers
    row_id: Numbers
    side: NDArray[np.int8]


def members_of(connection: sa.Connection, keys: Numbers, caps: Numbers) -> Members:
    """Who has each of the keys, which occur once; `caps` beside them."""
    rows = connection.execute(_MEMBERS, {"keys": keys.tolist(), "caps": caps.tolist()}).all()
    table = np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, 3)
    return Members(key=table[:, 0], row_id=table[:, 1], side=table[:, 2].astype(np.int8))


def spelled_like(
    connection: sa.Connection, row_id: int, keys: Numbers, weights: Numbers, *, least: int, most: int
) -> tuple[Numbers, Numbers]:
    """(row_id, likeness) of the `most` others whose n-grams are most like those of a profile, `least` at least; the nearest
    first, and the same to the last bit in whatever order they arrived."""
    values = {"row_id": row_id, "keys": keys.tolist(), "weights": weights.tolist(), "least": least, "most": most}
    rows = connection.execute(_LIKE, values).all()
    table = np.array([(row.row_id, int(row.likeness)) for row in rows], dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def posting_model_version(connection: sa.Connection) -> str | None:
    """The model by whose counts the postings were made; None where there are none yet."""
    return connection.scalar(sa.select(posting_model.c.model_version))
