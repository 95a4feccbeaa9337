"""Postings: the keys and n-grams by which a profile that arrives finds whom to compare with."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _postings(
        "block_posting",
        sa.Column(
            "rule",
            sa.SmallInteger(),
            nullable=False,
            comment="which rule reads the key: it says how many a key brings together",
        ),
        sa.Column("side", sa.SmallInteger(), nullable=False, comment="two of one side other than 0 make no pair"),
    )
    _postings(
        "gram_posting",
        sa.Column("weight", sa.Integer(), nullable=False, comment="of the profile's n-grams; 2^14 is all"),
        sa.CheckConstraint("weight > 0", name=op.f("ck_gram_posting_weight")),
    )
    op.create_table(
        "posting_model",
        sa.Column("number", sa.SmallInteger(), server_default="1", nullable=False, autoincrement=False),
        sa.Column("model_version", sa.Text(), nullable=False, comment="by whose counts the postings were made"),
        sa.Column("meanings", sa.Boolean(), nullable=False, comment="whether that model's run compared what bios mean"),
        sa.Column("built_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("number = 1", name=op.f("ck_posting_model_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_posting_model")),
    )
    _pairs(
        "near_spelling",
        ("row_id", "other_row_id"),
        sa.Column(
            "rank", sa.BigInteger(), nullable=False, comment="on the list of `row_id`: likeness, then a tie-break"
        ),
    )
    _pairs(
        "scored_pair",
        ("left_row_id", "right_row_id"),
        sa.Column("weight", sa.Float(), nullable=False, comment="bits, prior included, before competition"),
        sa.Column("levels", sa.LargeBinary(), nullable=False, comment="one byte per signal, 255: it lacked data"),
        sa.Column(
            "from_run", sa.Boolean(), nullable=False, comment="found by a run over everything, and by no stored index"
        ),
        sa.CheckConstraint("left_row_id < right_row_id", name=op.f("ck_scored_pair_one_spelling")),
    )
    op.create_table(
        "arrival",
        sa.Column("row_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["row_id"], ["profile.row_id"], name=op.f("fk_arrival_row_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_arrival")),
    )
    op.create_index("ix_arrival_at", "arrival", ["at"])


def _pairs(
    name: str,
    ends: tuple[str, str],
    *more: "sa.Column[int] | sa.Column[float] | sa.Column[bytes] | sa.Column[bool] | sa.CheckConstraint",
) -> None:
    op.create_table(
        name,
        *(sa.Column(end, sa.BigInteger(), nullable=False, autoincrement=False) for end in ends),
        *more,
        *(
            sa.ForeignKeyConstraint([end], ["profile.row_id"], name=op.f(f"fk_{name}_{end}"), ondelete="CASCADE")
            for end in ends
        ),
        sa.PrimaryKeyConstraint(*ends, name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_{ends[1]}", name, [ends[1]])


def _postings(name: str, *more: "sa.Column[int] | sa.CheckConstraint") -> None:
    op.create_table(
        name,
        sa.Column("key", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(["row_id"], ["profile.row_id"], name=op.f(f"fk_{name}_row_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "row_id", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_row_id", name, ["row_id"])


def downgrade() -> None:
    for table in ("arrival", "scored_pair", "near_spelling", "posting_model", "gram_posting", "block_posting"):
        op.drop_table(table)
