"""Staged rows: what they cost beside large tables, and that few and many say the same."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from creatorgraph.store.database import Database
from creatorgraph.store.table import creator, profile, raw_payload
from creatorgraph.store.table.profile import identifier
from creatorgraph.store.write.stage import stage

MANY = 40_000


def _plan(connection: sa.Connection, values: list[str]) -> str:
    """How PostgreSQL would look these up in the table of identifiers, staged."""
    staged = stage(connection, identifier, ("kind", "value"), (("username", value) for value in values))
    found = sa.select(identifier.c.identifier_id).join(
        staged.rows, sa.and_(identifier.c.kind == staged.rows.c.kind, identifier.c.value == staged.rows.c.value)
    )
    written = str(found.compile(dialect=connection.dialect))
    return "\n".join(connection.exec_driver_sql(f"EXPLAIN {written}", staged.values).scalars())


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
        stage(connection, identifier, ("kind", "value"), (("username", f"x:{n}") for n in range(300)))
    with database.transaction() as connection:
        staged = stage(connection, identifier, ("kind", "value"), (("username", f"x:{n}") for n in range(5_000)))
        [first, *_] = connection.scalars(sa.text(f"EXPLAIN {sa.select(staged.rows.c.value)}"))
    assert "rows=5000 " in first


@pytest.mark.parametrize("times", [1, 300])
def test_values_of_every_type_come_out_as_they_went_in(database: Database, times: int) -> None:
    at = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)
    profiles = ("p:\\x\t\"'", None, ["a,b", "{c}", 'q"\n', ""], 2**62, 0.1 + 0.2, True, at, b"\x00\xff\\x")
    columns = ("profile_id", "bio", "links", "followers", "engagement_rate", "verified", "observed_at", "digest")
    payloads = ("p", '{"a": [1.5, "\\u00e9\\n", null], "b": "null"}', at)
    creators = ("00000000-0000-0000-0000-0000000000ff", ["x", "y"])
    for target, names, row in (
        (profile, columns, profiles),
        (raw_payload, ("profile_id", "payload", "expires_at"), payloads),
        (creator, ("creator_id", "platforms"), creators),
    ):
        with database.transaction() as connection:
            staged = stage(connection, target, names, [row] * times)
            found = connection.execute(sa.select(staged.rows), staged.values).all()
        assert len(found) == times
        if target is raw_payload:
            assert found[0].payload == {"a": [1.5, "é\n", None], "b": "null"}
        else:
            assert tuple(found[0]) == row


def test_a_statement_made_once_goes_by_what_is_staged_now(database: Database) -> None:
    columns, found = ("kind", "value"), []
    for values in (["a"], ["b", "c"], [str(n) for n in range(300)], ["d"]):
        with database.transaction() as connection:
            staged = stage(connection, identifier, columns, (("username", value) for value in values))
            rows = staged.rows
            found.append(connection.scalar(sa.select(sa.func.count()).select_from(rows), staged.values))
    assert found == [1, 2, 300, 1]
    with database.transaction() as connection:
        first, second = (stage(connection, identifier, columns, [("username", "a")]).rows for _ in range(2))
    assert first is second
