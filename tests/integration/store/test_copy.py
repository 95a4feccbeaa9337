"""What staged rows cost beside large tables."""

import sqlalchemy as sa

from creatorgraph.store.database import Database
from creatorgraph.store.table.profile import identifier
from creatorgraph.store.write.copy import stage

MANY = 40_000


def _plan(connection: sa.Connection, values: list[str]) -> str:
    """How PostgreSQL would look these up in the table of identifiers, staged."""
    staged = stage(connection, identifier, ("kind", "value"), (("username", value) for value in values))
    found = sa.select(identifier.c.identifier_id).join(
        staged, sa.and_(identifier.c.kind == staged.c.kind, identifier.c.value == staged.c.value)
    )
    return "\n".join(connection.scalars(sa.text(f"EXPLAIN {found}")))


def test_a_few_staged_rows_are_looked_up_one_by_one(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO identifier (kind, value, shown) "
                "SELECT 'username', 'instagram:' || n, 'instagram:' || n FROM generate_series(1, :many) AS n"
            ),
            {"many": MANY},
        )
        connection.execute(sa.text("ANALYZE identifier"))
    for values in (["instagram:1"], [f"instagram:{n}" for n in range(20)], ["instagram:2"]):
        with database.transaction() as connection:
            plan = _plan(connection, values)
        assert "uq_identifier_kind_value" in plan, plan
        assert "Seq Scan on identifier" not in plan, plan


def test_many_staged_rows_are_taken_for_many(database: Database) -> None:
    with database.transaction() as connection:
        stage(connection, identifier, ("kind", "value"), [("username", "instagram:1")])
    with database.transaction() as connection:
        staged = stage(connection, identifier, ("kind", "value"), (("username", f"x:{n}") for n in range(5_000)))
        [first, *_] = connection.scalars(sa.text(f"EXPLAIN {sa.select(staged.c.value)}"))
    assert "rows=5000 " in first
