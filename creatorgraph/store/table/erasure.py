"""Who was erased on request, where from and when, and whose records are not taken in again."""

from sqlalchemy import ARRAY, BigInteger, Column, ForeignKey, Index, LargeBinary, Table, Text, text
from sqlalchemy.dialects.postgresql import UUID

from creatorgraph.store.table.column import ID, at_column, metadata

erasure = Table(
    "erasure",
    metadata,
    Column("erasure_id", UUID(as_uuid=False), primary_key=True),
    Column("creator_id", UUID(as_uuid=False)),
    Column("profiles", ARRAY(ID), comment="until it is done; then nobody knows"),
    Column("asked_by", Text, nullable=False),
    at_column("asked_at"),
    at_column("done_at", default=False, nullable=True),
    Index("ix_erasure_creator_id", "creator_id"),
    Index("ix_erasure_open", "asked_at", postgresql_where=text("done_at IS NULL")),
)

erasure_step = Table(
    "erasure_step",
    metadata,
    Column("erasure_id", UUID(as_uuid=False), ForeignKey("erasure.erasure_id", ondelete="CASCADE"), primary_key=True),
    Column("place", Text, primary_key=True),
    Column("entries", BigInteger, nullable=False),
    at_column(),
)

suppression = Table(
    "suppression",
    metadata,
    Column("key", LargeBinary, primary_key=True, comment="HMAC-SHA-256 of an account or a profile id"),
    Column("erasure_id", UUID(as_uuid=False), ForeignKey("erasure.erasure_id", ondelete="CASCADE"), nullable=False),
    Index("ix_suppression_erasure_id", "erasure_id"),
)
