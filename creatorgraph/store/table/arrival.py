"""What arrivals leave for the next: who is spelled like whom, what pairs weigh, and which profiles wait to be resolved.

Rows are those of profiles (`profile.row_id`), as in the postings.
"""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Float, ForeignKey, Index, LargeBinary, Table

from creatorgraph.store.table.column import at_column, metadata


def _row_column(name: str) -> Column[int]:
    return Column(
        name, BigInteger, ForeignKey("profile.row_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


near_spelling = Table(
    "near_spelling",
    metadata,
    _row_column("row_id"),
    _row_column("other_row_id"),
    Column("rank", BigInteger, nullable=False, comment="on the list of `row_id`: likeness, then a tie-break"),
    Index("ix_near_spelling_other_row_id", "other_row_id"),
)

scored_pair = Table(
    "scored_pair",
    metadata,
    # the links are what becomes of these once rivals are held against each other: a rival that comes needs them again
    _row_column("left_row_id"),
    _row_column("right_row_id"),
    Column("weight", Float, nullable=False, comment="bits, prior included, before competition"),
    Column("levels", LargeBinary, nullable=False, comment="one byte per signal, 255: it lacked data"),
    Column("from_run", Boolean, nullable=False, comment="found by a run over everything, and by no stored index"),
    CheckConstraint("left_row_id < right_row_id", name="one_spelling"),
    Index("ix_scored_pair_right_row_id", "right_row_id"),
)

arrival = Table(
    "arrival",
    metadata,
    # profiles that are stored and not resolved yet
    _row_column("row_id"),
    at_column(),
    Index("ix_arrival_at", "at"),
)
