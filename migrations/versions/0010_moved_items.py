"""Whose acts made the versions of a review item, so that nobody is told of changes that are their own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "review_item",
        sa.Column(
            "moved_by", postgresql.UUID(as_uuid=False), nullable=True, comment="the steward whose act made the version"
        ),
    )
    op.add_column(
        "review_item",
        sa.Column(
            "earlier",
            sa.ARRAY(sa.Float()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="the probability at each version before, the last first, back to where another than moved_by changed it",
        ),
    )


def downgrade() -> None:
    op.drop_column("review_item", "earlier")
    op.drop_column("review_item", "moved_by")
