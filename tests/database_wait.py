"""Waits for what another process or thread does to the database."""

import sqlalchemy as sa

from creatorgraph.store.database import Database

SOMEBODY_WAITS = (
    "EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pg_blocking_pids(pid) <> '{}')"
)
"""Somebody in the database waits for a lock that another holds."""


def wait_until(database: Database, condition: str, *, seconds: int = 240) -> None:
    """Returns once the SQL `condition` holds; PostgreSQL itself looks again and again. Fails after `seconds`."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        held = connection.scalar(
            sa.text(
                # a loop of separate statements, so that each sees what was committed meanwhile
                "SELECT set_config('test.until', :until, false)"
            ),
            {"until": f"SELECT coalesce({condition}, false)"},
        )
        assert held
        connection.execute(
            sa.text(
                f"""
                DO $$
                DECLARE
                    done boolean := false;
                    deadline timestamptz := clock_timestamp() + interval '{int(seconds)} seconds';
                BEGIN
                    LOOP
                        EXECUTE current_setting('test.until') INTO done;
                        EXIT WHEN done;
                        IF clock_timestamp() > deadline THEN
                            RAISE EXCEPTION 'this did not come true: %', current_setting('test.until');
                        END IF;
                        PERFORM pg_sleep(0.02);
                        COMMIT;
                    END LOOP;
                END $$
                """
            )
        )
