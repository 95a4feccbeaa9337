import sqlalchemy as sa

from creatorgraph.store.database import Database
from creatorgraph.store.write.outbox import (
    IDS_PER_MESSAGE,
    acknowledge,
    acknowledge_all,
    announce,
    backlog,
    prune,
    record_failure,
    unread,
)


def say(database: Database, *ids: str) -> None:
    with database.transaction() as connection:
        announce(connection, "profile.changed", "profiles", ids)


def read(database: Database, consumer: str = "graph", limit: int = 100) -> list[str]:
    with database.transaction() as connection:
        return [i for message in unread(connection, consumer, limit=limit) for i in message.payload["profiles"]]


def test_each_consumer_reads_from_where_it_was(database: Database) -> None:
    say(database, "a")
    say(database, "b")
    with database.transaction() as connection:
        acknowledge(connection, "graph", unread(connection, "graph", limit=1)[0])
    assert read(database, "graph") == ["b"]
    assert read(database, "index") == ["a", "b"]
    with database.transaction() as connection:
        assert (backlog(connection, "graph"), backlog(connection, "index")) == (1, 2)


def test_a_message_is_bounded(database: Database) -> None:
    ids = [f"{n:05}" for n in range(2 * IDS_PER_MESSAGE + 1)]
    say(database, *ids, ids[0])
    with database.transaction() as connection:
        sizes = [len(m.payload["profiles"]) for m in unread(connection, "graph", limit=10)]
    assert sizes == [IDS_PER_MESSAGE, IDS_PER_MESSAGE, 1]


def test_a_late_commit_is_never_skipped(database: Database) -> None:
    """The slow transaction takes its number first and commits last; a reader in between must not pass it."""
    with database.engine.connect() as slow, slow.begin() as late:
        announce(slow, "profile.changed", "profiles", ["early-number"])
        say(database, "late-number")
        assert read(database) == []
        late.commit()
    assert read(database) == ["early-number", "late-number"]


def test_a_failure_is_kept_until_the_next_success(database: Database) -> None:
    say(database, "a")
    with database.transaction() as connection:
        record_failure(connection, "graph", "Neo4j does not answer")
        assert connection.scalar(sa.text("SELECT failure FROM outbox_cursor")) == "Neo4j does not answer"
    assert read(database) == ["a"]
    with database.transaction() as connection:
        acknowledge_all(connection, "graph")
        assert connection.scalar(sa.text("SELECT failure FROM outbox_cursor")) is None
    assert read(database) == []


def test_only_what_every_consumer_has_read_is_pruned(database: Database) -> None:
    say(database, "a")
    say(database, "b")
    with database.transaction() as connection:
        acknowledge_all(connection, "graph")
        assert prune(connection, ["graph", "index"]) == 0
        acknowledge(connection, "index", unread(connection, "index", limit=1)[0])
        assert prune(connection, ["graph", "index"]) == 1
    assert read(database, "index") == ["b"]
