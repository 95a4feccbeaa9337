"""What was found between profiles: links, similar bios, decisions, review items, and the runs that found them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from creatorgraph.store.table.column import ID, at_column, metadata, profile_column

link = Table(
    "link",
    metadata,
    profile_column("left_id", primary_key=True),
    profile_column("right_id", primary_key=True),
    Column("probability", Float, nullable=False),
    Column("match_weight", Float, nullable=False, comment="bits, prior included"),
    Column("decided_by", Text, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("model_version", Text, nullable=False),
    Column("evidence", JSONB, nullable=False),
    at_column("first_seen_at"),
    at_column("updated_at"),
    CheckConstraint("left_id < right_id", name="one_spelling"),
    CheckConstraint("probability BETWEEN 0 AND 1", name="probability"),
    Index("ix_link_right_id", "right_id"),
)

similarity = Table(
    "similarity",
    metadata,
    profile_column("left_id", primary_key=True),
    profile_column("right_id", primary_key=True),
    Column("cosine", Float, nullable=False),
    CheckConstraint("left_id < right_id", name="one_spelling"),
    Index("ix_similarity_right_id", "right_id"),
)

decision = Table(
    "decision",
    metadata,
    Column("decision_id", UUID(as_uuid=False), primary_key=True),
    # no foreign keys: a decision outlives the profiles that it speaks of
    Column("left_id", ID, nullable=False),
    Column("right_id", ID, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("comment", Text),
    Column("undoes", UUID(as_uuid=False)),
    at_column(),
    CheckConstraint("left_id < right_id", name="one_spelling"),
    CheckConstraint("verdict IN ('same', 'different', 'unsure')", name="verdict"),
    Index("ix_decision_left_id_right_id", "left_id", "right_id"),
)

review_item = Table(
    "review_item",
    metadata,
    profile_column("left_id", primary_key=True),
    profile_column("right_id", primary_key=True),
    Column("reason", Text, nullable=False),
    Column("probability", Float, nullable=False),
    Column("priority", Float, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),
    Column("version", Integer, nullable=False, server_default="1"),
    at_column("created_at"),
    at_column("updated_at"),
    CheckConstraint("left_id < right_id", name="one_spelling"),
    Index("ix_review_item_open", "priority", "left_id", "right_id", postgresql_where=text("state = 'open'")),
    Index("ix_review_item_right_id", "right_id"),
)

resolution_run = Table(
    "resolution_run",
    metadata,
    Column("run_id", BigInteger, Identity(), primary_key=True),
    Column(
        "input_digest",
        LargeBinary,
        nullable=False,
        comment="of the profiles, decisions and settings; equal: nothing to do",
    ),
    Column("model_version", Text, nullable=False),
    Column("model", JSONB, nullable=False, comment="the Splink settings, readable by Splink itself"),
    Column("summary", JSONB, nullable=False),
    at_column("finished_at"),
)
