"""Private profiles with contacts, collections, and the log of who has read a contact, under forced row-level security."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.Text(collation="C")
_UUID = postgresql.UUID(as_uuid=False)
_TENANT, _OPERATOR = "creatorgraph_tenant", "creatorgraph_operator"
_WRITTEN = ("private_profile", "private_contact", "collection", "collection_member")
_LOG = "contact_read"


def _at(name: str = "at", *, default: bool = True, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=sa.text("now()") if default else None, nullable=nullable
    )


def _owner(table: str) -> "tuple[sa.Column[str], sa.ForeignKeyConstraint]":
    return (
        sa.Column("tenant_id", _UUID, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.tenant_id"], name=op.f(f"fk_{table}_tenant_id"), ondelete="CASCADE"
        ),
    )


def upgrade() -> None:
    _private()
    _log()
    _collections()
    for table in (*_WRITTEN, _LOG):
        _force(table)
    for table in _WRITTEN:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {_TENANT}, {_OPERATOR}")
    # nobody but the operator's own steps may change an entry, and the trigger lets those alone pass
    op.execute(f"GRANT SELECT, INSERT ON {_LOG} TO {_TENANT}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_LOG} TO {_OPERATOR}")


def _private() -> None:
    op.create_table(
        "private_profile",
        sa.Column("private_id", _UUID, nullable=False),
        *_owner("private_profile"),
        sa.Column("ref", _ID, nullable=False, comment="the tenant's own key"),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("account", _ID, nullable=True, comment="platform:username in the platform's canonical spelling"),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("username", "account_id", "url", "display_name")),
        sa.Column("bio", sa.Text(), nullable=True, comment="emails and phone numbers masked"),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("location", "website")),
        sa.Column("note", sa.Text(), nullable=True, comment="emails and phone numbers masked"),
        sa.Column(
            "identifiers",
            postgresql.JSONB(),
            nullable=False,
            comment="as of a shared profile; contacts as keyed hashes",
        ),
        sa.Column(
            "digest", sa.LargeBinary(), nullable=False, comment="HMAC of all that was given; equal means unchanged"
        ),
        sa.Column("creator_id", _UUID, nullable=True),
        sa.Column("matched_profile_id", _ID, nullable=True),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.Column("reasons", postgresql.JSONB(), nullable=True),
        sa.Column("model_version", sa.Text(), nullable=True),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=True, comment="null: it waits to be matched"),
        _at("created_at"),
        _at("updated_at"),
        sa.PrimaryKeyConstraint("private_id", name=op.f("pk_private_profile")),
        sa.UniqueConstraint("tenant_id", "ref", name=op.f("uq_private_profile_tenant_id_ref")),
    )
    op.create_index("ix_private_profile_creator_id", "private_profile", ["creator_id", "tenant_id", "ref"])
    op.create_index("ix_private_profile_account", "private_profile", ["account"])
    op.create_index("ix_private_profile_matched_profile_id", "private_profile", ["matched_profile_id"])
    op.create_index(
        "ix_private_profile_waiting",
        "private_profile",
        ["updated_at"],
        postgresql_where=sa.text("matched_at IS NULL"),
    )
    op.create_table(
        "private_contact",
        *_owner("private_contact"),
        sa.Column("private_id", _UUID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", _ID, nullable=False, comment="the HMAC, as in identifier"),
        sa.Column("shown", sa.Text(), nullable=False, comment="masked"),
        sa.Column(
            "ciphertext",
            sa.LargeBinary(),
            nullable=True,
            comment="AES-256-GCM, nonce first; only where consent is stated",
        ),
        sa.Column("consent", sa.Boolean(), nullable=False),
        _at("consent_at", default=False, nullable=True),
        _at("stored_at"),
        sa.ForeignKeyConstraint(
            ["private_id"],
            ["private_profile.private_id"],
            name=op.f("fk_private_contact_private_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("private_id", "kind", "value", name=op.f("pk_private_contact")),
    )
    op.create_index("ix_private_contact_tenant_id", "private_contact", ["tenant_id"])


def _log() -> None:
    op.create_table(
        _LOG,
        sa.Column("read_id", _UUID, nullable=False),
        *_owner(_LOG),
        _at(),
        sa.Column("subject", sa.Text(), nullable=False, comment="who has read, as the caller is called"),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("about", _ID, nullable=False, comment="the private profile's id; a pseudonym once it was erased"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False, comment="the route or field that showed it"),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("read_id", name=op.f("pk_contact_read")),
    )
    op.create_index("ix_contact_read_tenant_id_at", _LOG, ["tenant_id", "at", "read_id"])
    op.create_index("ix_contact_read_at", _LOG, ["at", "read_id"])
    op.create_index("ix_contact_read_about", _LOG, ["about"])
    # an erasure puts a pseudonym in; what is older than it is to be kept may go; a tenant that is deleted takes its log along
    op.execute(
        """
        CREATE FUNCTION refuse_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND current_setting('creatorgraph.erasing', true) = 'on' THEN
                RETURN NEW;
            END IF;
            IF TG_OP = 'DELETE' AND (
                current_setting('creatorgraph.expiring', true) = 'on'
                OR NOT EXISTS (SELECT FROM tenant WHERE tenant.tenant_id = OLD.tenant_id)
            ) THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION '% is append-only: write a new entry instead', TG_TABLE_NAME;
        END $$
        """
    )
    op.execute(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {_LOG} FOR EACH ROW EXECUTE FUNCTION refuse_log_change()"
    )


def _collections() -> None:
    op.create_table(
        "collection",
        sa.Column("collection_id", _UUID, nullable=False),
        *_owner("collection"),
        sa.Column("name", sa.Text(), nullable=False),
        _at("created_at"),
        _at("updated_at"),
        sa.PrimaryKeyConstraint("collection_id", name=op.f("pk_collection")),
        sa.UniqueConstraint("tenant_id", "name", name=op.f("uq_collection_tenant_id_name")),
    )
    op.create_table(
        "collection_member",
        *_owner("collection_member"),
        sa.Column("collection_id", _UUID, nullable=False),
        sa.Column("creator_id", _UUID, nullable=False, comment="as it was added; redirects are followed"),
        _at("added_at"),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.collection_id"],
            name=op.f("fk_collection_member_collection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("collection_id", "creator_id", name=op.f("pk_collection_member")),
    )
    op.create_index("ix_collection_member_tenant_id", "collection_member", ["tenant_id"])
    op.create_index("ix_collection_member_creator_id", "collection_member", ["creator_id"])


def _force(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    own = "tenant_id = (SELECT nullif(current_setting('creatorgraph.tenant', true), '')::uuid)"
    op.execute(f"CREATE POLICY own ON {table} TO {_TENANT} USING ({own}) WITH CHECK ({own})")
    op.execute(f"CREATE POLICY every ON {table} TO {_OPERATOR} USING (true) WITH CHECK (true)")


def downgrade() -> None:
    for table in (_LOG, "collection_member", "collection", "private_contact", "private_profile"):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_log_change()")
