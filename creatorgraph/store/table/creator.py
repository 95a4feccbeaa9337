"""Creators, who belongs to them, and their history."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from creatorgraph.store.table.column import ID, at_column, metadata

creator = Table(
    "creator",
    metadata,
    Column("creator_id", UUID(as_uuid=False), primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("golden", JSONB, nullable=False),
    Column("category", Text),
    Column("language", Text),
    Column("location", Text),
    Column("primary_profile_id", ID),
    Column("platforms", ARRAY(Text), nullable=False, server_default="{}"),
    Column("members", Integer, nullable=False),
    Column("total_followers", BigInteger, nullable=False),
    Column("average_engagement_rate", Float),
    Column("verified", Boolean, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    at_column("created_at"),
    at_column("updated_at"),
    Column("retired_at", DateTime(timezone=True)),
    Column("successor_id", UUID(as_uuid=False), ForeignKey("creator.creator_id")),
    CheckConstraint("successor_id <> creator_id", name="no_self_redirect"),
    Index("ix_creator_followers", "total_followers", "creator_id", postgresql_where=text("retired_at IS NULL")),
    Index("ix_creator_name", "display_name", "creator_id", postgresql_where=text("retired_at IS NULL")),
    Index("ix_creator_updated", "updated_at", "creator_id", postgresql_where=text("retired_at IS NULL")),
    Index("ix_creator_platforms", "platforms", postgresql_using="gin"),
    Index("ix_creator_successor_id", "successor_id"),
)

membership = Table(
    "membership",
    metadata,
    # no foreign key: a deleted profile stays a member until its leaving is in the history
    Column("profile_id", ID, primary_key=True),
    Column("creator_id", UUID(as_uuid=False), ForeignKey("creator.creator_id"), nullable=False, index=True),
    at_column("since"),
)

identity_event = Table(
    "identity_event",
    metadata,
    Column("sequence", BigInteger, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("creator_id", UUID(as_uuid=False), nullable=False),
    Column("other_id", UUID(as_uuid=False)),
    Column("profiles", ARRAY(ID), nullable=False),
    Column("cause", Text, nullable=False),
    at_column(),
    Index("ix_identity_event_creator_id_sequence", "creator_id", "sequence"),
    Index("ix_identity_event_other_id", "other_id"),
)
