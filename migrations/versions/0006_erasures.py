"""Erasures: requests with their receipts, whose records are not taken in again, and a history that can be made anonymous."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_REFUSE = """
    CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        {exception}
        RAISE EXCEPTION '% is append-only: write a new entry instead', TG_TABLE_NAME;
    END $$
"""
# an erasure says so for its own transaction, and may put pseudonyms in the place of ids; nothing may be deleted even so
_ERASURES_MAY = """
        IF TG_OP = 'UPDATE' AND current_setting('creatorgraph.erasing', true) = 'on' THEN
            RETURN NEW;
        END IF;
"""


def upgrade() -> None:
    uuid = postgresql.UUID(as_uuid=False)
    op.create_table(
        "erasure",
        sa.Column("erasure_id", uuid, nullable=False),
        sa.Column("creator_id", uuid, nullable=True),
        sa.Column(
            "profiles", sa.ARRAY(sa.Text(collation="C")), nullable=True, comment="until it is done; then nobody knows"
        ),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("erasure_id", name=op.f("pk_erasure")),
    )
    op.create_index("ix_erasure_creator_id", "erasure", ["creator_id"])
    op.create_index("ix_erasure_open", "erasure", ["asked_at"], postgresql_where=sa.text("done_at IS NULL"))
    op.create_table(
        "erasure_step",
        sa.Column("erasure_id", uuid, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["erasure_id"],
            ["erasure.erasure_id"],
            name=op.f("fk_erasure_step_erasure_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("erasure_id", "place", name=op.f("pk_erasure_step")),
    )
    op.create_table(
        "suppression",
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="HMAC-SHA-256 of an account or a profile id"),
        sa.Column("erasure_id", uuid, nullable=False),
        sa.ForeignKeyConstraint(
            ["erasure_id"],
            ["erasure.erasure_id"],
            name=op.f("fk_suppression_erasure_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_suppression")),
    )
    op.create_index("ix_suppression_erasure_id", "suppression", ["erasure_id"])
    op.execute(_REFUSE.format(exception=_ERASURES_MAY))


def downgrade() -> None:
    op.execute(_REFUSE.format(exception=""))
    op.drop_table("suppression")
    op.drop_table("erasure_step")
    op.drop_table("erasure")
