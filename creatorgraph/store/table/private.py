"""What a tenant brings of its own: private profiles with contacts, collections, and the log of who has read a contact.

Ids are random, and nothing refers to a shared table by a foreign key: neither a counter nor a lock tells of a row.
"""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from creatorgraph.store.table.column import ID, at_column, metadata
from creatorgraph.store.table.tenant import owner_column

private_profile = Table(
    "private_profile",
    metadata,
    Column("private_id", UUID(as_uuid=False), primary_key=True),
    owner_column(),
    Column("ref", ID, nullable=False, comment="the tenant's own key"),
    Column("platform", Text, nullable=False),
    Column("account", ID, comment="platform:username in the platform's canonical spelling"),
    Column("username", Text),
    Column("account_id", Text),
    Column("url", Text),
    Column("display_name", Text),
    Column("bio", Text, comment="emails and phone numbers masked"),
    Column("location", Text),
    Column("website", Text),
    Column("note", Text, comment="emails and phone numbers masked"),
    Column("identifiers", JSONB, nullable=False, comment="as of a shared profile; contacts as keyed hashes"),
    Column("digest", LargeBinary, nullable=False, comment="HMAC of all that was given; equal means unchanged"),
    Column("creator_id", UUID(as_uuid=False)),
    Column("matched_profile_id", ID),
    Column("probability", Float),
    Column("reasons", JSONB),
    Column("model_version", Text),
    Column("matched_at", DateTime(timezone=True), comment="null: it waits to be matched"),
    at_column("created_at"),
    at_column("updated_at"),
    UniqueConstraint("tenant_id", "ref"),
    Index("ix_private_profile_creator_id", "creator_id", "tenant_id", "ref"),
    Index("ix_private_profile_account", "account"),
    Index("ix_private_profile_matched_profile_id", "matched_profile_id"),
    Index("ix_private_profile_waiting", "updated_at", postgresql_where=text("matched_at IS NULL")),
)

private_contact = Table(
    "private_contact",
    metadata,
    owner_column(index=True),
    Column(
        "private_id",
        UUID(as_uuid=False),
        ForeignKey("private_profile.private_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("kind", Text, primary_key=True),
    Column("value", ID, primary_key=True, comment="the HMAC, as in identifier"),
    Column("shown", Text, nullable=False, comment="masked"),
    Column("ciphertext", LargeBinary, comment="AES-256-GCM, nonce first; only where consent is stated"),
    Column("consent", Boolean, nullable=False),
    Column("consent_at", DateTime(timezone=True)),
    at_column("stored_at"),
)

contact_read = Table(
    "contact_read",
    metadata,
    Column("read_id", UUID(as_uuid=False), primary_key=True),
    owner_column(),
    at_column(),
    Column("subject", Text, nullable=False, comment="who has read, as the caller is called"),
    Column("means", Text, nullable=False),
    Column("about", ID, nullable=False, comment="the private profile's id; a pseudonym once it was erased"),
    Column("kind", Text, nullable=False),
    Column("place", Text, nullable=False, comment="the route or field that showed it"),
    Column("request_id", Text, nullable=False),
    Index("ix_contact_read_tenant_id_at", "tenant_id", "at", "read_id"),
    Index("ix_contact_read_at", "at", "read_id"),
    Index("ix_contact_read_about", "about"),
)

collection = Table(
    "collection",
    metadata,
    Column("collection_id", UUID(as_uuid=False), primary_key=True),
    owner_column(),
    Column("name", Text, nullable=False),
    at_column("created_at"),
    at_column("updated_at"),
    UniqueConstraint("tenant_id", "name"),
)

collection_member = Table(
    "collection_member",
    metadata,
    owner_column(index=True),
    Column(
        "collection_id",
        UUID(as_uuid=False),
        ForeignKey("collection.collection_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "creator_id",
        UUID(as_uuid=False),
        primary_key=True,
        index=True,
        comment="as it was added; redirects are followed",
    ),
    at_column("added_at"),
)
