"""Tenants and what each owns: keys and use. Row-level security is forced on all of it (store/tenancy.py)."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, DateTime, ForeignKey, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import UUID

from creatorgraph.store.table.column import ID, at_column, metadata


def owner_column(*, primary_key: bool = False, index: bool = False) -> Column[str]:
    """Whose row it is; every table that has it is under row-level security (a test holds it)."""
    return Column(
        "tenant_id",
        UUID(as_uuid=False),
        ForeignKey("tenant.tenant_id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        index=index,
    )


tenant = Table(
    "tenant",
    metadata,
    Column("tenant_id", UUID(as_uuid=False), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("plan", Text, nullable=False),
    at_column("created_at"),
    at_column("disabled_at", default=False, nullable=True),
    CheckConstraint("plan IN ('standard', 'enterprise', 'operator')", name="plan"),
)

api_key = Table(
    "api_key",
    metadata,
    Column("key_id", UUID(as_uuid=False), primary_key=True),
    owner_column(index=True),
    Column("name", Text, nullable=False),
    Column("prefix", ID, nullable=False, unique=True, comment="the first part of the key, which people may see"),
    Column("secret_hash", LargeBinary, nullable=False, comment="SHA-256 of the whole key, 256 random bits"),
    Column("role", Text, nullable=False),
    at_column("created_at"),
    at_column("expires_at", default=False, nullable=True),
    at_column("revoked_at", default=False, nullable=True),
    Column("last_used_on", Date, comment="a day, no moment"),
    CheckConstraint("role IN ('frontend', 'partner')", name="role"),
)

usage_hour = Table(
    "usage_hour",
    metadata,
    owner_column(primary_key=True),
    # no foreign key: what a key has used outlives it
    Column("source", ID, primary_key=True, comment="the key's id, or 'people'"),
    Column("hour", DateTime(timezone=True), primary_key=True),
    Column("requests", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False, comment="by the rate; not among the requests"),
    Column("cost", BigInteger, nullable=False, comment="of what was asked, in fields"),
    Column("rows", BigInteger, nullable=False, comment="that were read for it"),
)
