"""Tenants, their keys and their use, under forced row-level security; stewards who come with a token of the identity provider."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.Text(collation="C")
_OPERATOR_TENANT = "00000000-0000-0000-0000-000000000000"
_TENANT, _OPERATOR = "creatorgraph_tenant", "creatorgraph_operator"
_OWNED = ("tenant", "api_key", "usage_hour")
_SECRET = ("steward_session", "bulk_preview", "contact")


def _at(name: str = "at", *, default: bool = True, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=sa.text("now()") if default else None, nullable=nullable
    )


def _owner(table: str) -> "tuple[sa.Column[str], sa.ForeignKeyConstraint]":
    return (
        sa.Column("tenant_id", sa.UUID(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.tenant_id"], name=op.f(f"fk_{table}_tenant_id"), ondelete="CASCADE"
        ),
    )


def upgrade() -> None:
    _roles()
    op.create_table(
        "tenant",
        sa.Column("tenant_id", sa.UUID(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        _at("created_at"),
        _at("disabled_at", default=False, nullable=True),
        sa.CheckConstraint("plan IN ('standard', 'enterprise', 'operator')", name=op.f("ck_tenant_plan")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_tenant")),
        sa.UniqueConstraint("name", name=op.f("uq_tenant_name")),
    )
    op.execute(
        f"INSERT INTO tenant (tenant_id, name, plan) VALUES ('{_OPERATOR_TENANT}', 'operator', 'operator')"  # noqa: S608
    )
    op.create_table(
        "api_key",
        sa.Column("key_id", sa.UUID(as_uuid=False), nullable=False),
        *_owner("api_key"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefix", _ID, nullable=False, comment="the first part of the key, which people may see"),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of the whole key, 256 random bits"),
        sa.Column("role", sa.Text(), nullable=False),
        _at("created_at"),
        _at("expires_at", default=False, nullable=True),
        _at("revoked_at", default=False, nullable=True),
        sa.Column("last_used_on", sa.Date(), nullable=True, comment="a day, no moment"),
        sa.CheckConstraint("role IN ('frontend', 'partner')", name=op.f("ck_api_key_role")),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("prefix", name=op.f("uq_api_key_prefix")),
    )
    op.create_index("ix_api_key_tenant_id", "api_key", ["tenant_id"])
    op.create_table(
        "usage_hour",
        *_owner("usage_hour"),
        sa.Column("source", _ID, nullable=False, comment="the key's id, or 'people'"),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requests", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False, comment="by the rate; not among the requests"),
        sa.Column("cost", sa.BigInteger(), nullable=False, comment="of what was asked, in fields"),
        sa.Column("rows", sa.BigInteger(), nullable=False, comment="that were read for it"),
        sa.PrimaryKeyConstraint("tenant_id", "source", "hour", name=op.f("pk_usage_hour")),
    )
    _stewards()
    for table in _OWNED:
        _force(table)
    _grants()


def _roles() -> None:
    """Roles are the cluster's, not the database's: another database may have made them already.

    Before PostgreSQL 16 a member always inherits, so that an owner without a role sees what the operator's role sees.
    """
    for role in (_TENANT, _OPERATOR):
        op.execute(
            f"""
            DO $$
            BEGIN
                IF to_regrole('{role}') IS NULL THEN
                    CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT NOCREATEDB NOCREATEROLE;
                END IF;
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN NULL;
                WHEN insufficient_privilege THEN
                    RAISE EXCEPTION 'this login may not make the role {role}'
                    USING HINT = 'As a superuser: CREATE ROLE {role} NOLOGIN; GRANT {role} TO ' || current_user;
            END $$
            """
        )
        op.execute(
            f"""
            DO $$
            BEGIN
                IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
                    IF current_setting('server_version_num')::int >= 160000 THEN
                        EXECUTE format('GRANT {role} TO %I WITH INHERIT FALSE, SET TRUE', current_user);
                    ELSE
                        EXECUTE format('GRANT {role} TO %I', current_user);
                    END IF;
                END IF;
            EXCEPTION
                -- who made the roles for this login has granted them as well
                WHEN insufficient_privilege THEN
                    IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN
                        RAISE;
                    END IF;
            END $$
            """  # noqa: S608 - the names above alone
        )


def _force(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    # a setting that is missing or empty equals no tenant: then there is no row
    own = "tenant_id = (SELECT nullif(current_setting('creatorgraph.tenant', true), '')::uuid)"
    op.execute(f"CREATE POLICY own ON {table} TO {_TENANT} USING ({own}) WITH CHECK ({own})")
    op.execute(f"CREATE POLICY every ON {table} TO {_OPERATOR} USING (true) WITH CHECK (true)")


def _grants() -> None:
    for role in (_TENANT, _OPERATOR):
        op.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        op.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
        op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {role}")
    for table in _SECRET:
        op.execute(f"REVOKE ALL ON {table} FROM {_TENANT}")
    op.execute(f"REVOKE ALL ON steward FROM {_TENANT}")
    op.execute(f"GRANT SELECT (steward_id, name, role, created_at, disabled_at) ON steward TO {_TENANT}")
    op.execute(f"REVOKE ALL ON api_key FROM {_TENANT}")
    op.execute(
        f"GRANT SELECT (key_id, tenant_id, name, prefix, role, created_at, expires_at, revoked_at, last_used_on) "
        f"ON api_key TO {_TENANT}"
    )
    op.execute(f"GRANT INSERT, UPDATE, DELETE ON tenant, api_key, usage_hour, steward, steward_session TO {_OPERATOR}")


def _stewards() -> None:
    op.alter_column("steward", "token_hash", existing_type=sa.LargeBinary(), nullable=True)
    op.add_column(
        "steward", sa.Column("subject", sa.Text(), nullable=True, comment="issuer and subject at the identity provider")
    )
    op.create_unique_constraint(op.f("uq_steward_subject"), "steward", ["subject"])
    op.create_check_constraint(op.f("ck_steward_proof"), "steward", "token_hash IS NOT NULL OR subject IS NOT NULL")


def downgrade() -> None:
    op.execute(f"DROP OWNED BY {_TENANT}, {_OPERATOR}")
    for table in ("usage_hour", "api_key", "tenant"):
        op.drop_table(table)
    op.drop_constraint(op.f("ck_steward_proof"), "steward", type_="check")
    op.execute(
        "DELETE FROM steward_session USING steward s WHERE s.steward_id = steward_session.steward_id AND s.token_hash IS NULL"
    )
    # who came without a token has none to keep: the audit needs the name, so that it stays with a hash nobody can meet
    op.execute(
        "UPDATE steward SET token_hash = sha256(gen_random_uuid()::text::bytea), disabled_at = now() WHERE token_hash IS NULL"
    )
    op.drop_column("steward", "subject")
    op.alter_column("steward", "token_hash", existing_type=sa.LargeBinary(), nullable=False)
