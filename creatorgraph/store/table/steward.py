"""Who may decide, what they wrote beside items, and what happened to the queue."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from creatorgraph.store.table.column import ID, at_column, metadata

steward = Table(
    "steward",
    metadata,
    Column("steward_id", UUID(as_uuid=False), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("token_hash", LargeBinary, unique=True, comment="SHA-256 of 256 random bits"),
    Column("subject", Text, unique=True, comment="issuer and subject at the identity provider"),
    at_column("created_at"),
    at_column("disabled_at", default=False, nullable=True),
    CheckConstraint("role IN ('analyst', 'steward', 'admin')", name="role"),
    CheckConstraint("token_hash IS NOT NULL OR subject IS NOT NULL", name="proof"),
)

steward_session = Table(
    "steward_session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True, comment="SHA-256 of 256 random bits"),
    Column("steward_id", UUID(as_uuid=False), ForeignKey("steward.steward_id"), nullable=False, index=True),
    at_column("created_at"),
    at_column("expires_at", default=False),
)

review_comment = Table(
    "review_comment",
    metadata,
    Column("comment_id", UUID(as_uuid=False), primary_key=True),
    # no foreign keys in these three: what was said outlives the profiles
    Column("left_id", ID, nullable=False),
    Column("right_id", ID, nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    at_column(),
    Index("ix_review_comment_left_id_right_id", "left_id", "right_id"),
)

review_skip = Table(
    "review_skip",
    metadata,
    Column("skip_id", UUID(as_uuid=False), primary_key=True),
    Column("left_id", ID, nullable=False),
    Column("right_id", ID, nullable=False),
    Column("steward_id", UUID(as_uuid=False), ForeignKey("steward.steward_id"), nullable=False),
    Column("reason", Text, nullable=False),
    at_column(),
    Index("ix_review_skip_left_id_right_id", "left_id", "right_id", "steward_id"),
)

review_event = Table(
    "review_event",
    metadata,
    Column("sequence", BigInteger, Identity(), primary_key=True),
    # written by a trigger on review_item, so that no way of changing an item can forget it
    Column("kind", Text, nullable=False),
    Column("left_id", ID, nullable=False),
    Column("right_id", ID, nullable=False),
    at_column(),
    Index("ix_review_event_at", "at"),
)

bulk_preview = Table(
    "bulk_preview",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True, comment="SHA-256 of 256 random bits"),
    Column("steward_id", UUID(as_uuid=False), ForeignKey("steward.steward_id"), nullable=False),
    Column("items", JSONB, nullable=False, comment="[left, right, version] of each item previewed"),
    at_column("expires_at", default=False),
    Index("ix_bulk_preview_expires_at", "expires_at"),
)
