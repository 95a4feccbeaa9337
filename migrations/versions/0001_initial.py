"""The first schema: profiles, identifiers, links, decisions, creators, history, outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "creator",
        sa.Column("creator_id", sa.UUID(as_uuid=False), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("golden", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("primary_profile_id", sa.Text(collation="C"), nullable=True),
        sa.Column("platforms", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("total_followers", sa.BigInteger(), nullable=False),
        sa.Column("average_engagement_rate", sa.Float(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("successor_id", sa.UUID(as_uuid=False), nullable=True),
        sa.CheckConstraint("successor_id <> creator_id", name=op.f("ck_creator_no_self_redirect")),
        sa.ForeignKeyConstraint(["successor_id"], ["creator.creator_id"], name=op.f("fk_creator_successor_id")),
        sa.PrimaryKeyConstraint("creator_id", name=op.f("pk_creator")),
    )
    op.create_index(
        "ix_creator_followers",
        "creator",
        ["total_followers", "creator_id"],
        unique=False,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_index(
        "ix_creator_name",
        "creator",
        ["display_name", "creator_id"],
        unique=False,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_index("ix_creator_platforms", "creator", ["platforms"], unique=False, postgresql_using="gin")
    op.create_index("ix_creator_successor_id", "creator", ["successor_id"], unique=False)
    op.create_index(
        "ix_creator_updated",
        "creator",
        ["updated_at", "creator_id"],
        unique=False,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "decision",
        sa.Column("decision_id", sa.UUID(as_uuid=False), nullable=False),
        sa.Column("left_id", sa.Text(collation="C"), nullable=False),
        sa.Column("right_id", sa.Text(collation="C"), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("undoes", sa.UUID(as_uuid=False), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("verdict IN ('same', 'different', 'unsure')", name=op.f("ck_decision_verdict")),
        sa.CheckConstraint("left_id < right_id", name=op.f("ck_decision_one_spelling")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_left_id_right_id", "decision", ["left_id", "right_id"], unique=False)
    op.create_table(
        "identifier",
        sa.Column("identifier_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(collation="C"), nullable=False, comment="HMAC-SHA-256 in hex for emails and phones"),
        sa.Column("shown", sa.Text(), nullable=False, comment="what a person may see"),
        sa.PrimaryKeyConstraint("identifier_id", name=op.f("pk_identifier")),
    )
    op.create_index("uq_identifier_kind_value", "identifier", ["kind", "value"], unique=True)
    op.create_table(
        "identity_event",
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("creator_id", sa.UUID(as_uuid=False), nullable=False),
        sa.Column("other_id", sa.UUID(as_uuid=False), nullable=True),
        sa.Column("profiles", sa.ARRAY(sa.Text(collation="C")), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_identity_event")),
    )
    op.create_index("ix_identity_event_creator_id_sequence", "identity_event", ["creator_id", "sequence"], unique=False)
    op.create_index("ix_identity_event_other_id", "identity_event", ["other_id"], unique=False)
    op.create_table(
        "ingest_run",
        sa.Column("run_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of the file's bytes"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "last_line",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="committed up to here; a killed run resumes",
        ),
        sa.Column("added", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("changed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("unchanged", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rejected", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('running', 'done')", name=op.f("ck_ingest_run_state")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_ingest_run")),
    )
    op.create_index("uq_ingest_run_file", "ingest_run", ["source", "file_digest"], unique=True)
    op.create_table(
        "outbox",
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "transaction",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
            nullable=False,
        ),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_transaction_sequence", "outbox", ["transaction", "sequence"], unique=False)
    op.create_table(
        "outbox_cursor",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("transaction", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sequence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("consumer", name=op.f("pk_outbox_cursor")),
    )
    op.create_table(
        "profile",
        sa.Column("profile_id", sa.Text(collation="C"), nullable=False),
        sa.Column("row_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=True),
        sa.Column(
            "username_key",
            sa.Text(collation="C"),
            nullable=True,
            comment="the platform's canonical spelling, for lookups",
        ),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("display_name", sa.Text(), nullable=True),
        sa.Column("bio", sa.Text(), nullable=True, comment="emails and phone numbers masked"),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("links", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("job_title", sa.Text(), nullable=True),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("engagement_rate", sa.Float(), nullable=True, comment="percent"),
        sa.Column("verified", sa.Boolean(), nullable=True),
        sa.Column("status", sa.Text(), server_default="active", nullable=False),
        sa.Column("avatar_hash", sa.Text(), nullable=True),
        sa.Column("observed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column(
            "digest", sa.LargeBinary(), nullable=False, comment="of the normalised profile; equal means unchanged"
        ),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_profile")),
        sa.UniqueConstraint("row_id", name=op.f("uq_profile_row_id")),
    )
    op.create_index("ix_profile_account", "profile", ["platform", "username_key"], unique=False)
    op.create_table(
        "resolution_run",
        sa.Column("run_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "input_digest",
            sa.LargeBinary(),
            nullable=False,
            comment="of the profiles, decisions and settings; equal: nothing to do",
        ),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column(
            "model",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="the Splink settings, readable by Splink itself",
        ),
        sa.Column("summary", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_resolution_run")),
    )
    op.create_table(
        "contact",
        sa.Column("profile_id", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(collation="C"), nullable=False, comment="the HMAC, as in identifier"),
        sa.Column(
            "ciphertext",
            sa.LargeBinary(),
            nullable=False,
            comment="AES-256-GCM, nonce first; only where the source states consent",
        ),
        sa.Column("stored_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.profile_id"], name=op.f("fk_contact_profile_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile_id", "kind", "value", name=op.f("pk_contact")),
    )
    op.create_table(
        "link",
        sa.Column("left_id", sa.Text(collation="C"), nullable=False),
        sa.Column("right_id", sa.Text(collation="C"), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("match_weight", sa.Float(), nullable=False, comment="bits, prior included"),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("left_id < right_id", name=op.f("ck_link_one_spelling")),
        sa.CheckConstraint("probability BETWEEN 0 AND 1", name=op.f("ck_link_probability")),
        sa.ForeignKeyConstraint(["left_id"], ["profile.profile_id"], name=op.f("fk_link_left_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["right_id"], ["profile.profile_id"], name=op.f("fk_link_right_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("left_id", "right_id", name=op.f("pk_link")),
    )
    op.create_index("ix_link_right_id", "link", ["right_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("profile_id", sa.Text(collation="C"), nullable=False),
        sa.Column("creator_id", sa.UUID(as_uuid=False), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["creator_id"], ["creator.creator_id"], name=op.f("fk_membership_creator_id")),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_creator_id"), "membership", ["creator_id"], unique=False)
    op.create_table(
        "profile_identifier",
        sa.Column("profile_id", sa.Text(collation="C"), nullable=False),
        sa.Column("identifier_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["identifier_id"],
            ["identifier.identifier_id"],
            name=op.f("fk_profile_identifier_identifier_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.profile_id"], name=op.f("fk_profile_identifier_profile_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile_id", "identifier_id", "field", name=op.f("pk_profile_identifier")),
    )
    op.create_index(op.f("ix_profile_identifier_identifier_id"), "profile_identifier", ["identifier_id"], unique=False)
    op.create_table(
        "raw_payload",
        sa.Column("profile_id", sa.Text(collation="C"), nullable=False),
        sa.Column(
            "payload",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="emails and phone numbers masked",
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.profile_id"], name=op.f("fk_raw_payload_profile_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_raw_payload")),
    )
    op.create_index("ix_raw_payload_expires_at", "raw_payload", ["expires_at"], unique=False)
    op.create_table(
        "reject",
        sa.Column("reject_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False, comment="emails and phone numbers masked, cut at 64 KiB"),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["ingest_run.run_id"], name=op.f("fk_reject_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reject_id", name=op.f("pk_reject")),
    )
    op.create_index("ix_reject_run_id_line", "reject", ["run_id", "line"], unique=False)
    op.create_table(
        "review_item",
        sa.Column("left_id", sa.Text(collation="C"), nullable=False),
        sa.Column("right_id", sa.Text(collation="C"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("priority", sa.Float(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("left_id < right_id", name=op.f("ck_review_item_one_spelling")),
        sa.ForeignKeyConstraint(
            ["left_id"], ["profile.profile_id"], name=op.f("fk_review_item_left_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["right_id"], ["profile.profile_id"], name=op.f("fk_review_item_right_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("left_id", "right_id", name=op.f("pk_review_item")),
    )
    op.create_index(
        "ix_review_item_open",
        "review_item",
        ["priority", "left_id", "right_id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_review_item_right_id", "review_item", ["right_id"], unique=False)
    op.create_table(
        "similarity",
        sa.Column("left_id", sa.Text(collation="C"), nullable=False),
        sa.Column("right_id", sa.Text(collation="C"), nullable=False),
        sa.Column("cosine", sa.Float(), nullable=False),
        sa.CheckConstraint("left_id < right_id", name=op.f("ck_similarity_one_spelling")),
        sa.ForeignKeyConstraint(
            ["left_id"], ["profile.profile_id"], name=op.f("fk_similarity_left_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["right_id"], ["profile.profile_id"], name=op.f("fk_similarity_right_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("left_id", "right_id", name=op.f("pk_similarity")),
    )
    op.create_index("ix_similarity_right_id", "similarity", ["right_id"], unique=False)
    # the history is append-only, whoever holds the connection
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only: write a new entry instead', TG_TABLE_NAME;
        END $$
        """
    )
    for name in ("identity_event", "decision"):
        op.execute(
            f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    op.drop_index("ix_similarity_right_id", table_name="similarity")
    op.drop_table("similarity")
    op.drop_index("ix_review_item_right_id", table_name="review_item")
    op.drop_index("ix_review_item_open", table_name="review_item", postgresql_where=sa.text("state = 'open'"))
    op.drop_table("review_item")
    op.drop_index("ix_reject_run_id_line", table_name="reject")
    op.drop_table("reject")
    op.drop_index("ix_raw_payload_expires_at", table_name="raw_payload")
    op.drop_table("raw_payload")
    op.drop_index(op.f("ix_profile_identifier_identifier_id"), table_name="profile_identifier")
    op.drop_table("profile_identifier")
    op.drop_index(op.f("ix_membership_creator_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index("ix_link_right_id", table_name="link")
    op.drop_table("link")
    op.drop_table("contact")
    op.drop_table("resolution_run")
    op.drop_index("ix_profile_account", table_name="profile")
    op.drop_table("profile")
    op.drop_table("outbox_cursor")
    op.drop_index("ix_outbox_transaction_sequence", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index("uq_ingest_run_file", table_name="ingest_run")
    op.drop_table("ingest_run")
    op.drop_index("ix_identity_event_other_id", table_name="identity_event")
    op.drop_index("ix_identity_event_creator_id_sequence", table_name="identity_event")
    op.drop_table("identity_event")
    op.drop_index("uq_identifier_kind_value", table_name="identifier")
    op.drop_table("identifier")
    op.drop_index("ix_decision_left_id_right_id", table_name="decision")
    op.drop_table("decision")
    op.drop_index("ix_creator_updated", table_name="creator", postgresql_where=sa.text("retired_at IS NULL"))
    op.drop_index("ix_creator_successor_id", table_name="creator")
    op.drop_index("ix_creator_platforms", table_name="creator", postgresql_using="gin")
    op.drop_index("ix_creator_name", table_name="creator", postgresql_where=sa.text("retired_at IS NULL"))
    op.drop_index("ix_creator_followers", table_name="creator", postgresql_where=sa.text("retired_at IS NULL"))
    op.drop_table("creator")
    op.execute("DROP FUNCTION refuse_change()")
