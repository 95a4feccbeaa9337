"""The schedule runs over everything once enough has changed since the last run, and not before."""

from pathlib import Path

import sqlalchemy as sa

from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.resolve import resolve_all
from creatorgraph.services.retraining import run_is_due


def due(engines: Engines) -> bool:
    with engines.database.transaction() as connection:
        return run_is_due(connection)


def test_a_run_is_due_when_the_model_has_much_to_learn(engines: Engines, world: Path) -> None:
    ingest_files(engines, [world / "profiles.jsonl"])
    assert due(engines)
    resolve_all(engines)
    assert not due(engines)
    with engines.database.transaction() as connection:
        connection.execute(sa.text("UPDATE profile SET changed_at = clock_timestamp() WHERE profile_id < 's00000010'"))
    assert not due(engines)
    with engines.database.transaction() as connection:
        connection.execute(sa.text("UPDATE resolution_run SET finished_at = finished_at - interval '2 days'"))
    assert due(engines)


def test_a_tenth_of_the_profiles_is_much(resolved: Engines) -> None:
    assert not due(resolved)
    with resolved.database.transaction() as connection:
        connection.execute(sa.text("UPDATE profile SET changed_at = clock_timestamp() WHERE profile_id < 's00000030'"))
    assert due(resolved)
