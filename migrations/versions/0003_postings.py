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
        sa.Column("built_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("number = 1", name=op.f("ck_posting_model_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_posting_model")),
    )


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
    for table in ("posting_model", "gram_posting", "block_posting"):
        op.drop_table(table)
