from pathlib import Path

from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.relay import relay
from creatorgraph.store.table import profile
from creatorgraph.store.write.outbox import backlog
from creatorgraph.store.write.profile import delete_profiles


def waiting(engines: Engines) -> tuple[int, int]:
    with engines.database.transaction() as connection:
        return backlog(connection, "graph"), backlog(connection, "index")


def test_new_and_deleted_profiles_reach_the_indexes(engines: Engines, world: Path) -> None:
    ingest_files(engines, [world / "profiles.jsonl"])
    assert min(waiting(engines)) > 0
    relay(engines)
    assert waiting(engines) == (0, 0)
    assert engines.profile_index().count == 300
    with engines.database.transaction() as connection:
        ids = [row[0] for row in connection.execute(profile.select().limit(7))]
        delete_profiles(connection, ids)
    relay(engines)
    assert engines.profile_index().count == 293
    assert not set(ids) & set(engines.profile_index().digests())


def test_a_second_pass_has_nothing_to_do(engines: Engines, world: Path) -> None:
    ingest_files(engines, [world / "profiles.jsonl"])
    relay(engines)
    again = relay(engines)
    assert (again.messages, again.failures) == (0, {})
