"""Ingest runs and the records that they refused."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Identity, Index, LargeBinary, Table, Text

from creatorgraph.store.table.column import at_column, metadata

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
    at_column("started_at"),
    at_column("finished_at", default=False, nullable=True),
    CheckConstraint("state IN ('running', 'done')", name="state"),
    Index("uq_ingest_run_file", "source", "file_digest", unique=True),
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
    at_column(),
    Index("ix_reject_run_id_line", "run_id", "line"),
)
