"""Stewards: who decides, leases, comments, skips, the queue's history, and the links that only speak against joining."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.Text(collation="C")
_APPEND_ONLY = ("review_comment", "review_skip", "review_event")


def _at(name: str = "at", *, default: bool = True, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=sa.text("now()") if default else None, nullable=nullable
    )


def upgrade() -> None:
    op.create_table(
        "steward",
        sa.Column("steward_id", sa.UUID(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of 256 random bits"),
        _at("created_at"),
        _at("disabled_at", default=False, nullable=True),
        sa.CheckConstraint("role IN ('analyst', 'steward', 'admin')", name=op.f("ck_steward_role")),
        sa.PrimaryKeyConstraint("steward_id", name=op.f("pk_steward")),
        sa.UniqueConstraint("name", name=op.f("uq_steward_name")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_steward_token_hash")),
    )
    op.create_table(
        "steward_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of 256 random bits"),
        sa.Column("steward_id", sa.UUID(as_uuid=False), nullable=False),
        _at("created_at"),
        _at("expires_at", default=False),
        sa.ForeignKeyConstraint(["steward_id"], ["steward.steward_id"], name=op.f("fk_steward_session_steward_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_steward_session")),
    )
    op.create_index("ix_steward_session_steward_id", "steward_session", ["steward_id"])
    _queue_tables()
    _changed_tables()
    _faint_links()
    _triggers()


def _queue_tables() -> None:
    op.create_table(
        "review_comment",
        sa.Column("comment_id", sa.UUID(as_uuid=False), nullable=False),
        sa.Column("left_id", _ID, nullable=False),
        sa.Column("right_id", _ID, nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _at(),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_review_comment")),
    )
    op.create_index("ix_review_comment_left_id_right_id", "review_comment", ["left_id", "right_id"])
    op.create_table(
        "review_skip",
        sa.Column("skip_id", sa.UUID(as_uuid=False), nullable=False),
        sa.Column("left_id", _ID, nullable=False),
        sa.Column("right_id", _ID, nullable=False),
        sa.Column("steward_id", sa.UUID(as_uuid=False), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _at(),
        sa.ForeignKeyConstraint(["steward_id"], ["steward.steward_id"], name=op.f("fk_review_skip_steward_id")),
        sa.PrimaryKeyConstraint("skip_id", name=op.f("pk_review_skip")),
    )
    op.create_index("ix_review_skip_left_id_right_id", "review_skip", ["left_id", "right_id", "steward_id"])
    op.create_table(
        "review_event",
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("left_id", _ID, nullable=False),
        sa.Column("right_id", _ID, nullable=False),
        _at(),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_review_event")),
    )
    op.create_index("ix_review_event_at", "review_event", ["at"])
    op.create_table(
        "bulk_preview",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of 256 random bits"),
        sa.Column("steward_id", sa.UUID(as_uuid=False), nullable=False),
        sa.Column(
            "items",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="[left, right, version] of each item previewed",
        ),
        _at("expires_at", default=False),
        sa.ForeignKeyConstraint(["steward_id"], ["steward.steward_id"], name=op.f("fk_bulk_preview_steward_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_bulk_preview")),
    )
    op.create_index("ix_bulk_preview_expires_at", "bulk_preview", ["expires_at"])


def _changed_tables() -> None:
    op.add_column("decision", sa.Column("act", sa.Text(), server_default="decide", nullable=False))
    # each decision that was there before is an act of its own: the default is volatile, so every row gets another id
    op.add_column(
        "decision",
        sa.Column(
            "group_id",
            sa.UUID(as_uuid=False),
            server_default=sa.text("gen_random_uuid()"),
            nullable=False,
            comment="the act that it is part of",
        ),
    )
    op.add_column(
        "decision",
        sa.Column(
            "blind",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="the probability was held back",
        ),
    )
    op.add_column("decision", sa.Column("shown_probability", sa.Float(), nullable=True))
    op.add_column("decision", sa.Column("item_version", sa.Integer(), nullable=True))
    op.create_check_constraint(
        op.f("ck_decision_act"), "decision", "act IN ('decide', 'merge', 'split', 'move', 'undo')"
    )
    op.create_index("ix_decision_right_id", "decision", ["right_id"])
    op.create_index("ix_decision_group_id", "decision", ["group_id"])
    op.create_index("ix_decision_undoes", "decision", ["undoes"], postgresql_where=sa.text("undoes IS NOT NULL"))
    op.create_index("ix_decision_at", "decision", ["at", "decision_id"])

    op.add_column("review_item", sa.Column("claimed_by", sa.UUID(as_uuid=False), nullable=True))
    op.add_column("review_item", _at("claim_expires_at", default=False, nullable=True))
    op.add_column(
        "review_item", sa.Column("claim_blind", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_foreign_key(op.f("fk_review_item_claimed_by"), "review_item", "steward", ["claimed_by"], ["steward_id"])
    # a claim without a holder cannot be: nothing could claim before this revision
    op.execute("UPDATE review_item SET state = 'open' WHERE state = 'claimed'")
    op.create_check_constraint(
        op.f("ck_review_item_claim"), "review_item", "(state = 'claimed') = (claimed_by IS NOT NULL)"
    )
    op.create_check_constraint(
        op.f("ck_review_item_lease"), "review_item", "(claimed_by IS NULL) = (claim_expires_at IS NULL)"
    )
    op.drop_index("ix_review_item_open", table_name="review_item")
    op.create_index(
        "ix_review_item_waiting",
        "review_item",
        ["priority", "left_id", "right_id"],
        postgresql_where=sa.text("state IN ('open', 'claimed')"),
    )
    op.create_index(
        "ix_review_item_claimed", "review_item", ["claim_expires_at"], postgresql_where=sa.text("state = 'claimed'")
    )


def _faint_links() -> None:
    op.create_table(
        "faint_link",
        sa.Column("left_id", _ID, nullable=False),
        sa.Column("right_id", _ID, nullable=False),
        sa.Column("match_weight", sa.Float(), nullable=False, comment="bits, prior included"),
        sa.CheckConstraint("left_id < right_id", name=op.f("ck_faint_link_one_spelling")),
        sa.ForeignKeyConstraint(
            ["left_id"], ["profile.profile_id"], name=op.f("fk_faint_link_left_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["right_id"], ["profile.profile_id"], name=op.f("fk_faint_link_right_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("left_id", "right_id", name=op.f("pk_faint_link")),
    )
    op.create_index("ix_faint_link_right_id", "faint_link", ["right_id"])
    # the runs before kept none: the next one has to look at everything again
    op.execute("UPDATE resolution_run SET input_digest = ''")


def _triggers() -> None:
    # per statement, not per row: a run may open a hundred thousand items at once
    op.execute(
        """
        CREATE FUNCTION note_review_event() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO review_event (kind, left_id, right_id)
                SELECT 'opened', left_id, right_id FROM fresh WHERE state = 'open';
            ELSIF TG_OP = 'DELETE' THEN
                INSERT INTO review_event (kind, left_id, right_id)
                SELECT 'closed', left_id, right_id FROM stale WHERE state IN ('open', 'claimed');
            ELSE
                INSERT INTO review_event (kind, left_id, right_id)
                SELECT CASE
                           WHEN fresh.state <> 'open' THEN fresh.state
                           WHEN stale.state = 'claimed' THEN 'released'
                           WHEN stale.state = 'decided' THEN 'undone'
                           ELSE 'opened'
                       END, fresh.left_id, fresh.right_id
                FROM fresh JOIN stale ON stale.left_id = fresh.left_id AND stale.right_id = fresh.right_id
                WHERE fresh.state <> stale.state OR fresh.claimed_by IS DISTINCT FROM stale.claimed_by;
            END IF;
            RETURN NULL;
        END $$
        """
    )
    for operation, tables in (
        ("insert", "NEW TABLE AS fresh"),
        ("update", "OLD TABLE AS stale NEW TABLE AS fresh"),
        ("delete", "OLD TABLE AS stale"),
    ):
        op.execute(
            f"CREATE TRIGGER review_item_{operation} AFTER {operation.upper()} ON review_item REFERENCING {tables} "
            "FOR EACH STATEMENT EXECUTE FUNCTION note_review_event()"
        )
    # listeners learn between which sequences to look; payloads are bounded, however much has changed
    op.execute(
        """
        CREATE FUNCTION tell_listeners() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            told text;
        BEGIN
            SELECT min(sequence) || '-' || max(sequence) INTO told FROM fresh;
            IF told IS NOT NULL THEN
                PERFORM pg_notify('creatorgraph_' || TG_TABLE_NAME, told);
            END IF;
            RETURN NULL;
        END $$
        """
    )
    for table in ("review_event", "identity_event"):
        op.execute(
            f"CREATE TRIGGER {table}_told AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh "
            "FOR EACH STATEMENT EXECUTE FUNCTION tell_listeners()"
        )
    for table in _APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    for table in ("review_event", "identity_event"):
        op.execute(f"DROP TRIGGER {table}_told ON {table}")
    op.execute("DROP FUNCTION tell_listeners()")
    for operation in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER review_item_{operation} ON review_item")
    op.execute("DROP FUNCTION note_review_event()")
    op.drop_table("faint_link")
    for name in ("claimed", "waiting"):
        op.drop_index(f"ix_review_item_{name}", table_name="review_item")
    op.create_index(
        "ix_review_item_open",
        "review_item",
        ["priority", "left_id", "right_id"],
        postgresql_where=sa.text("state = 'open'"),
    )
    for name in ("claim", "lease"):
        op.drop_constraint(op.f(f"ck_review_item_{name}"), "review_item", type_="check")
    # nobody holds it any more
    op.execute("UPDATE review_item SET state = 'open' WHERE state = 'claimed'")
    for name in ("claim_blind", "claim_expires_at", "claimed_by"):
        op.drop_column("review_item", name)
    op.drop_constraint(op.f("ck_decision_act"), "decision", type_="check")
    for name in ("at", "undoes", "group_id", "right_id"):
        op.drop_index(f"ix_decision_{name}", table_name="decision")
    for name in ("item_version", "shown_probability", "blind", "group_id", "act"):
        op.drop_column("decision", name)
    for table in ("bulk_preview", "review_event", "review_skip", "review_comment", "steward_session", "steward"):
        op.drop_table(table)
