"""Exports and their parts, which tenants own, and the log of changes that an export of changes is read from."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import UUID

from creatorgraph.store.table.column import ID, at_column, metadata
from creatorgraph.store.table.tenant import owner_column

_STATES = "'waiting', 'running', 'ready', 'failed', 'cancelled', 'deleted', 'expired'"

export = Table(
    "export",
    metadata,
    Column("export_id", UUID(as_uuid=False), primary_key=True),
    owner_column(),
    Column("format", Text, nullable=False),
    Column("since", DateTime(timezone=True)),
    # no foreign key: whether it may be gone on from is asked when it is ordered
    Column("since_export", UUID(as_uuid=False)),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("asked_by", Text, nullable=False),
    at_column("asked_at"),
    at_column("worked_at", default=False, nullable=True),
    at_column("finished_at", default=False, nullable=True),
    at_column("expires_at", default=False, nullable=True),
    Column("failure", Text),
    Column("total", BigInteger),
    CheckConstraint("format IN ('csv', 'jsonl', 'parquet')", name="format"),
    CheckConstraint(f"state IN ({_STATES})", name="state"),
    CheckConstraint("since IS NULL OR since_export IS NULL", name="one_beginning"),
    Index("ix_export_tenant_id_asked_at", "tenant_id", "asked_at", "export_id"),
    Index("ix_export_open", "asked_at", postgresql_where=text("state IN ('waiting', 'running')")),
)

export_part = Table(
    "export_part",
    metadata,
    Column("export_id", UUID(as_uuid=False), ForeignKey("export.export_id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    owner_column(index=True),
    Column("slice", Integer, nullable=False),
    Column("data", Text, nullable=False),
    Column("after", UUID(as_uuid=False), nullable=False, comment="creators with greater ids"),
    Column("upto", UUID(as_uuid=False), nullable=False, comment="and none greater than this"),
    Column("snapshot", Text, nullable=False, comment="pg_snapshot: what the part has seen"),
    Column("rows", BigInteger, comment="null, as bytes and sha256: to be written anew"),
    Column("bytes", BigInteger),
    Column("sha256", ID),
)

change_log = Table(
    "change_log",
    metadata,
    # as in the outbox; 0 is the entry that says since when there is a log
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("transaction", BigInteger, nullable=False),
    Column("creators", ARRAY(UUID(as_uuid=False)), nullable=False),
    Column(
        "at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.clock_timestamp(),
        comment="when it was put here, which is after the change was committed",
    ),
    Index("ix_change_log_transaction", "transaction"),
)
