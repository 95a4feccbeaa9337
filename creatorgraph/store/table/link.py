"""What was found between profiles: links, similar bios, decisions, review items, and the runs that found them."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
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

faint_link = Table(
    "faint_link",
    metadata,
    # scored below what is worth keeping with evidence, yet it speaks against joining: clustering needs it again
    profile_column("left_id", primary_key=True),
    profile_column("right_id", primary_key=True),
    Column("match_weight", Float, nullable=False, comment="bits, prior included"),
    CheckConstraint("left_id < right_id", name="one_spelling"),
    Index("ix_faint_link_right_id", "right_id"),
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
    Column("act", Text, nullable=False, server_default="decide"),
    Column(
        "group_id",
        UUID(as_uuid=False),
        nullable=False,
        server_default=text("gen_random_uuid()"),
        comment="the act that it is part of",
    ),
    Column("blind", Boolean, nullable=False, server_default=text("false"), comment="the probability was held back"),
    Column("shown_probability", Float),
    Column("item_version", Integer),
    CheckConstraint("left_id < right_id", name="one_spelling"),
    CheckConstraint("verdict IN ('same', 'different', 'unsure')", name="verdict"),
    CheckConstraint("act IN ('decide', 'merge', 'split', 'move', 'undo')", name="act"),
    Index("ix_decision_left_id_right_id", "left_id", "right_id"),
    Index("ix_decision_right_id", "right_id"),
    Index("ix_decision_group_id", "group_id"),
    Index("ix_decision_undoes", "undoes", postgresql_where=text("undoes IS NOT NULL")),
    Index("ix_decision_at", "at", "decision_id"),
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
    Column("claimed_by", UUID(as_uuid=False), ForeignKey("steward.steward_id")),
    at_column("claim_expires_at", default=False, nullable=True),
    Column("claim_blind", Boolean, nullable=False, server_default=text("false")),
    Column("moved_by", UUID(as_uuid=False), comment="the steward whose act made the version"),
    Column(
        "earlier",
        ARRAY(Float),
        nullable=False,
        server_default=text("'{}'"),
        comment="the probability at each version before, the last first, back to where another than moved_by changed it",
    ),
    CheckConstraint("left_id < right_id", name="one_spelling"),
    CheckConstraint("(state = 'claimed') = (claimed_by IS NOT NULL)", name="claim"),
    CheckConstraint("(claimed_by IS NULL) = (claim_expires_at IS NULL)", name="lease"),
    Index("ix_review_item_claimed", "claim_expires_at", postgresql_where=text("state = 'claimed'")),
    Index(
        "ix_review_item_waiting",
        "priority",
        "left_id",
        "right_id",
        postgresql_where=text("state IN ('open', 'claimed')"),
    ),
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
