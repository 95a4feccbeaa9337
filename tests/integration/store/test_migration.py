import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from creatorgraph.store.database import Database
from creatorgraph.store.migration import alembic_config, migrate, revisions


def test_the_migrations_make_the_tables_that_the_code_declares(database: Database) -> None:
    with database.engine.connect() as connection:
        command.check(alembic_config(connection))


def test_migrating_again_does_nothing(database: Database) -> None:
    with database.transaction() as connection:
        migrate(connection)
        here, newest = revisions(connection)
    assert here == newest is not None


def test_the_newest_revision_is_alembics_head(database: Database) -> None:
    with database.transaction() as connection:
        assert revisions(connection)[1] == ScriptDirectory.from_config(alembic_config()).get_current_head()


def test_down_and_up_again(database: Database) -> None:
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    with database.transaction() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
        migrate(connection)


@pytest.mark.parametrize("statement", ["UPDATE identity_event SET cause = 'x'", "DELETE FROM identity_event"])
def test_history_is_append_only(database: Database, statement: str) -> None:
    with database.transaction() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO identity_event (kind, creator_id, profiles, cause) "
                "VALUES ('created', gen_random_uuid(), '{}', 'test')"
            )
        )
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.execute(sa.text(statement))
