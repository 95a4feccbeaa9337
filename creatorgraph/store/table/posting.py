"""The indexes by which a profile that arrives finds whom to compare with: keys and n-grams, as numbers.

A key is 64 bits of a value, mixed with the rule that reads it (resolution/blocking/posting.py): nobody's words stand here. Rows
are those of profiles (`profile.row_id`), because an id of any length in every entry would triple the tables.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
)

from creatorgraph.store.table.column import at_column, metadata


def _row_column() -> Column[int]:
    return Column(
        "row_id",
        BigInteger,
        ForeignKey("profile.row_id", ondelete="CASCADE"),
        primary_key=True,
        nullable=False,
    )


block_posting = Table(
    "block_posting",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    _row_column(),
    Column(
        "rule", SmallInteger, nullable=False, comment="which rule reads the key: it says how many a key brings together"
    ),
    Column("side", SmallInteger, nullable=False, comment="two of one side other than 0 make no pair"),
    Index("ix_block_posting_row_id", "row_id"),
)

gram_posting = Table(
    "gram_posting",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    _row_column(),
    Column("weight", Integer, nullable=False, comment="of the profile's n-grams; 2^14 is all"),
    CheckConstraint("weight > 0", name="weight"),
    Index("ix_gram_posting_row_id", "row_id"),
)

posting_model = Table(
    "posting_model",
    metadata,
    # one row: postings of two models do not meet
    Column("number", SmallInteger, primary_key=True, autoincrement=False, server_default="1"),
    Column("model_version", Text, nullable=False, comment="by whose counts the postings were made"),
    Column("meanings", Boolean, nullable=False, comment="whether that model's run compared what bios mean"),
    at_column("built_at"),
    CheckConstraint("number = 1", name="number"),
)
