"""Exports in bulk with their parts, which tenants own, and the log of changes that exports of changes are read from."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.Text(collation="C")
_TENANT, _OPERATOR = "creatorgraph_tenant", "creatorgraph_operator"
_OWNED = ("export", "export_part")
_STATES = "'waiting', 'running', 'ready', 'failed', 'cancelled', 'deleted', 'expired'"


def _time(name: str, *, default: bool = False) -> "sa.Column[object]":
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=sa.text("now()") if default else None, nullable=not default
    )


def _owner(table: str) -> "tuple[sa.Column[str], sa.ForeignKeyConstraint]":
    return (
        sa.Column("tenant_id", postgresql.UUID(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.tenant_id"], name=op.f(f"fk_{table}_tenant_id"), ondelete="CASCADE"
        ),
    )


def upgrade() -> None:
    uuid = postgresql.UUID(as_uuid=False)
    op.create_table(
        "export",
        sa.Column("export_id", uuid, nullable=False),
        *_owner("export"),
        sa.Column("format", sa.Text(), nullable=False),
        _time("since"),
        sa.Column("since_export", uuid, nullable=True),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        _time("asked_at", default=True),
        _time("worked_at"),
        _time("finished_at"),
        _time("expires_at"),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("format IN ('csv', 'jsonl', 'parquet')", name=op.f("ck_export_format")),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_export_state")),
        sa.CheckConstraint("since IS NULL OR since_export IS NULL", name=op.f("ck_export_one_beginning")),
        sa.PrimaryKeyConstraint("export_id", name=op.f("pk_export")),
    )
    op.create_index("ix_export_tenant_id_asked_at", "export", ["tenant_id", "asked_at", "export_id"])
    op.create_index(
        "ix_export_open", "export", ["asked_at"], postgresql_where=sa.text("state IN ('waiting', 'running')")
    )
    op.create_table(
        "export_part",
        sa.Column("export_id", uuid, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *_owner("export_part"),
        sa.Column("slice", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("after", uuid, nullable=False, comment="creators with greater ids"),
        sa.Column("upto", uuid, nullable=False, comment="and none greater than this"),
        sa.Column("snapshot", sa.Text(), nullable=False, comment="pg_snapshot: what the part has seen"),
        sa.Column("rows", sa.BigInteger(), nullable=True, comment="null, as bytes and sha256: to be written anew"),
        sa.Column("bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["export_id"], ["export.export_id"], name=op.f("fk_export_part_export_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("export_id", "number", name=op.f("pk_export_part")),
    )
    op.create_index("ix_export_part_tenant_id", "export_part", ["tenant_id"])
    op.create_table(
        "change_log",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("transaction", sa.BigInteger(), nullable=False),
        sa.Column("creators", sa.ARRAY(uuid), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
            comment="when it was put here, which is after the change was committed",
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_change_log")),
    )
    op.create_index("ix_change_log_transaction", "change_log", ["transaction"])
    # what changed before there was a log is not in it
    op.execute("INSERT INTO change_log (sequence, transaction, creators) VALUES (0, 0, '{}')")
    for table in _OWNED:
        _force(table)
        op.execute(f"GRANT INSERT, UPDATE, DELETE ON {table} TO {_OPERATOR}")
    op.execute(f"GRANT INSERT, UPDATE ON export TO {_TENANT}")
    op.execute(f"GRANT DELETE ON change_log TO {_OPERATOR}")


def _force(table: str) -> None:
    """As in 0004."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    own = "tenant_id = (SELECT nullif(current_setting('creatorgraph.tenant', true), '')::uuid)"
    op.execute(f"CREATE POLICY own ON {table} TO {_TENANT} USING ({own}) WITH CHECK ({own})")
    op.execute(f"CREATE POLICY every ON {table} TO {_OPERATOR} USING (true) WITH CHECK (true)")


def downgrade() -> None:
    op.drop_table("change_log")
    op.drop_table("export_part")
    op.drop_table("export")
