"""Webhooks: endpoints, sealed secrets, messages and the log of sending them, each under forced row-level security."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TENANT, _OPERATOR = "creatorgraph_tenant", "creatorgraph_operator"
_OWNED = ("webhook", "webhook_secret", "webhook_message", "webhook_delivery")
_UUID = postgresql.UUID(as_uuid=False)


def _at(name: str = "at", *, default: bool = True, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=sa.text("now()") if default else None, nullable=nullable
    )


def _reference(
    table: str, column: str, kind: "sa.types.TypeEngine[str]", to: str
) -> "tuple[sa.schema.SchemaItem, ...]":
    return (
        sa.Column(column, kind, nullable=False),
        sa.ForeignKeyConstraint([column], [f"{to}.{column}"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"),
    )


def _owner(table: str) -> "tuple[sa.schema.SchemaItem, ...]":
    return _reference(table, "tenant_id", sa.UUID(as_uuid=False), "tenant")


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("webhook_id", _UUID, nullable=False),
        *_owner("webhook"),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("events", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("creators", sa.ARRAY(_UUID), nullable=True, comment="null: changes of all creators"),
        _at("created_at"),
        _at("updated_at"),
        _at("disabled_at", default=False, nullable=True),
        sa.Column("disabled_reason", sa.Text(), nullable=True),
        _at("failing_since", default=False, nullable=True),
        sa.Column(
            "failures", sa.Integer(), server_default="0", nullable=False, comment="attempts that failed in a row"
        ),
        _at("resume_at", default=False, nullable=True),
        sa.Column("lease", _UUID, nullable=True, comment="of the process that is sending to it"),
        _at("leased_until", default=False, nullable=True),
        sa.CheckConstraint("(disabled_at IS NULL) = (disabled_reason IS NULL)", name=op.f("ck_webhook_disabled")),
        sa.PrimaryKeyConstraint("webhook_id", name=op.f("pk_webhook")),
    )
    op.create_index("ix_webhook_tenant_id", "webhook", ["tenant_id"])
    op.create_table(
        "webhook_secret",
        sa.Column("secret_id", _UUID, nullable=False),
        *_owner("webhook_secret"),
        *_reference("webhook_secret", "webhook_id", _UUID, "webhook"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="AES-256-GCM; the tenant's role may not read it"),
        _at("created_at"),
        _at("expires_at", default=False, nullable=True),
        sa.PrimaryKeyConstraint("secret_id", name=op.f("pk_webhook_secret")),
    )
    op.create_index("ix_webhook_secret_webhook_id", "webhook_secret", ["webhook_id"])
    _messages()
    for table in _OWNED:
        _force(table)
    _grants()


def _messages() -> None:
    op.create_table(
        "webhook_message",
        sa.Column("message_id", _UUID, server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(), nullable=False),
        *_owner("webhook_message"),
        *_reference("webhook_message", "webhook_id", _UUID, "webhook"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("creators", postgresql.JSONB(), nullable=False, comment="[{id, successor_id}]"),
        sa.Column("origin", sa.BigInteger(), nullable=True, comment="the outbox's sequence; null: a ping"),
        sa.Column("part", sa.Integer(), server_default="0", nullable=False, comment="of the origin's creators"),
        _at("occurred_at"),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "tries", sa.Integer(), server_default="0", nullable=False, comment="attempts since it was queued last"
        ),
        _at("due_at", default=False, nullable=True),
        _at("delivered_at", default=False, nullable=True),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_webhook_message")),
        sa.UniqueConstraint("webhook_id", "origin", "part", name=op.f("uq_webhook_message_webhook_id_origin_part")),
    )
    waiting = sa.text("due_at IS NOT NULL")
    op.create_index("ix_webhook_message_due", "webhook_message", ["webhook_id", "sequence"], postgresql_where=waiting)
    op.create_index("ix_webhook_message_occurred_at", "webhook_message", ["occurred_at"])
    op.create_table(
        "webhook_delivery",
        sa.Column("delivery_id", sa.BigInteger(), sa.Identity(), nullable=False),
        *_owner("webhook_delivery"),
        *_reference("webhook_delivery", "webhook_id", _UUID, "webhook"),
        *_reference("webhook_delivery", "message_id", _UUID, "webhook_message"),
        sa.Column("attempt", sa.Integer(), nullable=False),
        _at(default=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True, comment="its start"),
        sa.Column("error", sa.Text(), nullable=True),
        _at("next_at", default=False, nullable=True),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_webhook_delivery")),
    )
    op.create_index(op.f("ix_webhook_delivery_message_id"), "webhook_delivery", ["message_id"])
    op.create_index("ix_webhook_delivery_webhook_id_delivery_id", "webhook_delivery", ["webhook_id", "delivery_id"])
    op.create_index("ix_webhook_delivery_at", "webhook_delivery", ["at"])


def _force(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    # a setting that is missing or empty equals no tenant: then there is no row
    own = "tenant_id = (SELECT nullif(current_setting('creatorgraph.tenant', true), '')::uuid)"
    op.execute(f"CREATE POLICY own ON {table} TO {_TENANT} USING ({own}) WITH CHECK ({own})")
    op.execute(f"CREATE POLICY every ON {table} TO {_OPERATOR} USING (true) WITH CHECK (true)")


def _grants() -> None:
    """A tenant sees to its endpoints and queues messages; the log is the sender's alone to write, secrets its alone to read."""
    for table in _OWNED:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {_OPERATOR}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON webhook TO {_TENANT}")
    op.execute(f"REVOKE ALL ON webhook_secret FROM {_TENANT}")
    op.execute(
        f"GRANT SELECT (secret_id, tenant_id, webhook_id, created_at, expires_at), INSERT, UPDATE (expires_at) "
        f"ON webhook_secret TO {_TENANT}"
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON webhook_message TO {_TENANT}")
    op.execute(f"GRANT SELECT ON webhook_delivery TO {_TENANT}")


def downgrade() -> None:
    for table in ("webhook_delivery", "webhook_message", "webhook_secret", "webhook"):
        op.drop_table(table)
