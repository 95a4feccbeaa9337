"""Search documents: the words of each creator and the figures that rank it, and what engagement is usual."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

IDS_PER_MESSAGE = 1000


def upgrade() -> None:
    op.create_table(
        "search_document",
        sa.Column("creator_id", sa.UUID(as_uuid=False), nullable=False),
        sa.Column(
            "words",
            postgresql.TSVECTOR(),
            nullable=False,
            comment="A names and usernames, B trades, C bios, D places",
        ),
        sa.Column("country", sa.Text(), nullable=True, comment="two letters, ISO 3166-1; null where no place says it"),
        sa.Column(
            "last_active_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when a source last saw one of its active accounts",
        ),
        sa.Column(
            "follower_quality",
            sa.Float(),
            nullable=True,
            comment="0 to 1; null where followers or engagement are not known",
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["creator.creator_id"], name=op.f("fk_search_document_creator_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("creator_id", name=op.f("pk_search_document")),
    )
    op.create_index("ix_search_document_words", "search_document", ["words"], postgresql_using="gin")
    op.create_index("ix_search_document_country", "search_document", ["country"])
    op.create_index("ix_search_document_last_active_at", "search_document", ["last_active_at"])
    op.create_table(
        "audience_norm",
        sa.Column("platform", sa.Text(), nullable=False, comment="empty: all platforms together"),
        sa.Column(
            "magnitude",
            sa.SmallInteger(),
            nullable=False,
            autoincrement=False,
            comment="digits of the followers, less 1",
        ),
        sa.Column("accounts", sa.BigInteger(), nullable=False),
        sa.Column(
            "centre", sa.Float(), nullable=False, comment="median of the natural logarithm of the engagement rate"
        ),
        sa.Column("spread", sa.Float(), nullable=False, comment="1.4826 x median absolute deviation, at least 0.1"),
        sa.PrimaryKeyConstraint("platform", "magnitude", name=op.f("pk_audience_norm")),
    )
    # creators that are there already get their documents from the relay
    op.execute(
        sa.text(
            "INSERT INTO outbox (topic, payload) SELECT 'creator.updated', "
            "jsonb_build_object('creators', jsonb_agg(creator_id ORDER BY creator_id)) "
            "FROM (SELECT creator_id, row_number() OVER (ORDER BY creator_id) AS place FROM creator "
            "WHERE retired_at IS NULL) AS living GROUP BY place / :size ORDER BY place / :size"
        ).bindparams(size=IDS_PER_MESSAGE)
    )


def downgrade() -> None:
    op.drop_table("audience_norm")
    op.drop_table("search_document")
