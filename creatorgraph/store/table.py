"""The tables of the system of record. Migrations in `migrations/` make them; a test holds the two together.

Text keys that order or compare ids use the "C" collation, so that PostgreSQL sorts ids as Python does.
"""

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
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ID = Text(collation="C")
_NOW = func.now()


def _at(name: str = "at", *, default: bool = True, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable, server_default=_NOW if default else None)


def _profile(name: str = "profile_id", *, primary_key: bool = False) -> Column[str]:
    return Column(
        name, _ID, ForeignKey("profile.profile_id", ondelete="CASCADE"), primary_key=primary_key, nullable=False
    )


ingest_run = Table(
    "ingest_run",
    metadata,
    Column("run_id", BigInteger, Identity(), primary_key=True),
    Column("source", Text, nullable=False),
    Column("file_digest", LargeBinary, nullable=False, comment="SHA-256 of the file's bytes"),
    Column("state", Text, nullable=False),
    Column(
        "last_line",
        BigInteger,
        nullable=False,
        server_default="0",
        comment="committed up to here; a killed run resumes",
    ),
    Column("added", BigInteger, nullable=False, server_default="0"),
    Column("changed", BigInteger, nullable=False, server_default="0"),
    Column("unchanged", BigInteger, nullable=False, server_default="0"),
    Column("rejected", BigInteger, nullable=False, server_default="0"),
    _at("started_at"),
    _at("finished_at", default=False, nullable=True),
    CheckConstraint("state IN ('running', 'done')", name="state"),
    Index("uq_ingest_run_file", "source", "file_digest", unique=True),
)

profile = Table(
    "profile",
    metadata,
    Column("profile_id", _ID, primary_key=True),
    Column("row_id", BigInteger, Identity(), nullable=False, unique=True),
    Column("platform", Text, nullable=False),
    Column("username", Text),
    Column("username_key", _ID, comment="the platform's canonical spelling, for lookups"),
    Column("account_id", Text),
    Column("url", Text),
    Column("display_name", Text),
    Column("bio", Text, comment="emails and phone numbers masked"),
    Column("website", Text),
    Column("links", ARRAY(Text), nullable=False, server_default="{}"),
    Column("location", Text),
    Column("language", Text),
    Column("category", Text),
    Column("company", Text),
    Column("job_title", Text),
    Column("followers", BigInteger),
    Column("engagement_rate", Float, comment="percent"),
    Column("verified", Boolean),
    Column("status", Text, nullable=False, server_default="active"),
    Column("avatar_hash", Text),
    Column("observed_at", DateTime(timezone=True)),
    Column("source", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False, comment="of the normalised profile; equal means unchanged"),
    _at("first_seen_at"),
    _at("last_seen_at"),
    _at("changed_at"),
    Index("ix_profile_account", "platform", "username_key"),
)

identifier = Table(
    "identifier",
    metadata,
    Column("identifier_id", BigInteger, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("value", _ID, nullable=False, comment="HMAC-SHA-256 in hex for emails and phones"),
    Column("shown", Text, nullable=False, comment="what a person may see"),
    Index("uq_identifier_kind_value", "kind", "value", unique=True),
)

profile_identifier = Table(
    "profile_identifier",
    metadata,
    _profile(primary_key=True),
    Column(
        "identifier_id",
        BigInteger,
        ForeignKey("identifier.identifier_id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("field", Text, primary_key=True),
)

contact = Table(
    "contact",
    metadata,
    _profile(primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", _ID, primary_key=True, comment="the HMAC, as in identifier"),
    Column(
        "ciphertext",
        LargeBinary,
        nullable=False,
        comment="AES-256-GCM, nonce first; only where the source states consent",
    ),
    _at("stored_at"),
)

raw_payload = Table(
    "raw_payload",
    metadata,
    _profile(primary_key=True),
    Column("payload", JSONB, nullable=False, comment="emails and phone numbers masked"),
    _at("received_at"),
    _at("expires_at", default=False),
    Index("ix_raw_payload_expires_at", "expires_at"),
)

reject = Table(
    "reject",
    metadata,
    Column("reject_id", BigInteger, Identity(), primary_key=True),
    Column("run_id", BigInteger, ForeignKey("ingest_run.run_id", ondelete="CASCADE"), nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("field", Text),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("payload", Text, nullable=False, comment="emails and phone numbers masked, cut at 64 KiB"),
    _at(),
    Index("ix_reject_run_id_line", "run_id", "line"),
)

link = Table(
    "link",
    metadata,
    _profile("left_id", primary_key=True),
    _profile("right_id", primary_key=True),
    Column("probability", Float, nullable=False),
    Column("match_weight", Float, nullable=False, comment="bits, prior included"),
    Column("decided_by", Text, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("model_version", Text, nullable=False),
    Column("evidence", JSONB, nullable=False),
    _at("first_seen_at"),
    _at("updated_at"),
    CheckConstraint("left_id < right_id", name="one_spelling"),
    CheckConstraint("probability BETWEEN 0 AND 1", name="probability"),
    Index("ix_link_right_id", "right_id"),
)

similarity = Table(
    "similarity",
    metadata,
    _profile("left_id", primary_key=True),
    _profile("right_id", primary_key=True),
    Column("cosine", Float, nullable=False),
    CheckConstraint("left_id < right_id", name="one_spelling"),
    Index("ix_similarity_right_id", "right_id"),
)

decision = Table(
    "decision",
    metadata,
    Column("decision_id", UUID(as_uuid=False), primary_key=True),
    # no foreign keys: a decision outlives the profiles that it speaks of
    Column("left_id", _ID, nullable=False),
    Column("right_id", _ID, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("comment", Text),
    Column("undoes", UUID(as_uuid=False)),
    _at(),
    CheckConstraint("left_id < right_id", name="one_spelling"),
    CheckConstraint("verdict IN ('same', 'different', 'unsure')", name="verdict"),
    Index("ix_decision_left_id_right_id", "left_id", "right_id"),
)

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
    Column("primary_profile_id", _ID),
    Column("platforms", ARRAY(Text), nullable=False, server_default="{}"),
    Column("members", Integer, nullable=False),
    Column("total_followers", BigInteger, nullable=False),
    Column("average_engagement_rate", Float),
    Column("verified", Boolean, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    _at("created_at"),
    _at("updated_at"),
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
    _profile(primary_key=True),
    Column("creator_id", UUID(as_uuid=False), ForeignKey("creator.creator_id"), nullable=False, index=True),
    _at("since"),
)

identity_event = Table(
    "identity_event",
    metadata,
    Column("sequence", BigInteger, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("creator_id", UUID(as_uuid=False), nullable=False),
    Column("other_id", UUID(as_uuid=False)),
    Column("profiles", ARRAY(_ID), nullable=False),
    Column("cause", Text, nullable=False),
    _at(),
    Index("ix_identity_event_creator_id_sequence", "creator_id", "sequence"),
    Index("ix_identity_event_other_id", "other_id"),
)

review_item = Table(
    "review_item",
    metadata,
    _profile("left_id", primary_key=True),
    _profile("right_id", primary_key=True),
    Column("reason", Text, nullable=False),
    Column("probability", Float, nullable=False),
    Column("priority", Float, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),
    Column("version", Integer, nullable=False, server_default="1"),
    _at("created_at"),
    _at("updated_at"),
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
    _at("finished_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("sequence", BigInteger, Identity(), primary_key=True),
    # readers go by (transaction, sequence) below the oldest running transaction: no late commit is ever skipped
    Column("transaction", BigInteger, nullable=False, server_default=text("(pg_current_xact_id()::text)::bigint")),
    Column("topic", Text, nullable=False),
    Column("payload", JSONB, nullable=False),
    _at(),
    Index("ix_outbox_transaction_sequence", "transaction", "sequence"),
)

outbox_cursor = Table(
    "outbox_cursor",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("transaction", BigInteger, nullable=False, server_default="0"),
    Column("sequence", BigInteger, nullable=False, server_default="0"),
    Column("failure", Text),
    _at("updated_at"),
)
