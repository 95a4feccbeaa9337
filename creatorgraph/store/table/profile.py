"""Profiles and what belongs to them: identifiers, contacts, raw payloads."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from creatorgraph.store.table.column import ID, at_column, metadata, profile_column

profile = Table(
    "profile",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("row_id", BigInteger, Identity(), nullable=False, unique=True),
    Column("platform", Text, nullable=False),
    Column("username", Text),
    Column("username_key", ID, comment="the platform's canonical spelling, for lookups"),
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
    at_column("first_seen_at"),
    at_column("last_seen_at"),
    at_column("changed_at"),
    Index("ix_profile_account", "platform", "username_key"),
)

identifier = Table(
    "identifier",
    metadata,
    Column("identifier_id", BigInteger, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("value", ID, nullable=False, comment="HMAC-SHA-256 in hex for emails and phones"),
    Column("shown", Text, nullable=False, comment="what a person may see"),
    Index("uq_identifier_kind_value", "kind", "value", unique=True),
)

profile_identifier = Table(
    "profile_identifier",
    metadata,
    profile_column(primary_key=True),
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
    profile_column(primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", ID, primary_key=True, comment="the HMAC, as in identifier"),
    Column(
        "ciphertext",
        LargeBinary,
        nullable=False,
        comment="AES-256-GCM, nonce first; only where the source states consent",
    ),
    at_column("stored_at"),
)

raw_payload = Table(
    "raw_payload",
    metadata,
    profile_column(primary_key=True),
    Column("payload", JSONB, nullable=False, comment="emails and phone numbers masked"),
    at_column("received_at"),
    at_column("expires_at", default=False),
    Index("ix_raw_payload_expires_at", "expires_at"),
)
