"""The outbox and how far each consumer has read."""

from sqlalchemy import BigInteger, Column, Identity, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from creatorgraph.store.table.column import at_column, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("sequence", BigInteger, Identity(), primary_key=True),
    # readers go by (transaction, sequence) below the oldest running transaction: no late commit is ever skipped
    Column("transaction", BigInteger, nullable=False, server_default=text("(pg_current_xact_id()::text)::bigint")),
    Column("topic", Text, nullable=False),
    Column("payload", JSONB, nullable=False),
    at_column(),
    Index("ix_outbox_transaction_sequence", "transaction", "sequence"),
)

outbox_cursor = Table(
    "outbox_cursor",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("transaction", BigInteger, nullable=False, server_default="0"),
    Column("sequence", BigInteger, nullable=False, server_default="0"),
    Column("failure", Text),
    at_column("updated_at"),
)
