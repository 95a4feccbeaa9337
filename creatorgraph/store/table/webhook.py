"""Webhooks: endpoints, their secrets, the messages for each and the log of sending them. All of it is a tenant's own."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from creatorgraph.store.table.column import at_column, metadata
from creatorgraph.store.table.tenant import owner_column


def _endpoint_column() -> Column[str]:
    return Column(
        "webhook_id", UUID(as_uuid=False), ForeignKey("webhook.webhook_id", ondelete="CASCADE"), nullable=False
    )


webhook = Table(
    "webhook",
    metadata,
    Column("webhook_id", UUID(as_uuid=False), primary_key=True),
    owner_column(index=True),
    Column("url", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("events", ARRAY(Text), nullable=False),
    Column("creators", ARRAY(UUID(as_uuid=False)), comment="null: changes of all creators"),
    at_column("created_at"),
    at_column("updated_at"),
    at_column("disabled_at", default=False, nullable=True),
    Column("disabled_reason", Text),
    at_column("failing_since", default=False, nullable=True),
    Column("failures", Integer, nullable=False, server_default="0", comment="attempts that failed in a row"),
    at_column("resume_at", default=False, nullable=True),
    Column("lease", UUID(as_uuid=False), comment="of the process that is sending to it"),
    at_column("leased_until", default=False, nullable=True),
    CheckConstraint("(disabled_at IS NULL) = (disabled_reason IS NULL)", name="disabled"),
)

webhook_secret = Table(
    "webhook_secret",
    metadata,
    Column("secret_id", UUID(as_uuid=False), primary_key=True),
    owner_column(),
    _endpoint_column(),
    Column("sealed", LargeBinary, nullable=False, comment="AES-256-GCM; the tenant's role may not read it"),
    at_column("created_at"),
    at_column("expires_at", default=False, nullable=True),
    Index("ix_webhook_secret_webhook_id", "webhook_id"),
)

webhook_message = Table(
    "webhook_message",
    metadata,
    Column("message_id", UUID(as_uuid=False), primary_key=True, server_default=text("gen_random_uuid()")),
    # in the order in which changes were announced: what one endpoint is sent, it is sent in this order
    Column("sequence", BigInteger, Identity(), nullable=False),
    owner_column(),
    _endpoint_column(),
    Column("type", Text, nullable=False),
    Column("creators", JSONB, nullable=False, comment="[{id, successor_id}]"),
    Column("origin", BigInteger, comment="the outbox's sequence; null: a ping"),
    Column("part", Integer, nullable=False, server_default="0", comment="of the origin's creators"),
    at_column("occurred_at"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("tries", Integer, nullable=False, server_default="0", comment="attempts since it was queued last"),
    # null: it was taken, or nobody tries any more
    Column("due_at", DateTime(timezone=True)),
    at_column("delivered_at", default=False, nullable=True),
    UniqueConstraint("webhook_id", "origin", "part"),
    Index("ix_webhook_message_due", "webhook_id", "sequence", postgresql_where=text("due_at IS NOT NULL")),
    Index("ix_webhook_message_occurred_at", "occurred_at"),
)

webhook_delivery = Table(
    "webhook_delivery",
    metadata,
    Column("delivery_id", BigInteger, Identity(), primary_key=True),
    owner_column(),
    _endpoint_column(),
    Column(
        "message_id",
        UUID(as_uuid=False),
        ForeignKey("webhook_message.message_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("attempt", Integer, nullable=False),
    at_column(default=False),
    Column("duration_ms", Integer, nullable=False),
    Column("status", Integer),
    Column("answer", Text, comment="its start"),
    Column("error", Text),
    Column("next_at", DateTime(timezone=True)),
    Index("ix_webhook_delivery_webhook_id_delivery_id", "webhook_id", "delivery_id"),
    Index("ix_webhook_delivery_at", "at"),
)
