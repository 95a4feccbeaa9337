"""Ingest runs, so that a file is taken in once and a killed run goes on, and the rejects table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.store.table import ingest_run, reject
from creatorgraph.store.write.copy import insert_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestRun:
    """A file of a source on its way in; `last_line` is what an earlier, killed run had committed (0: none)."""

    run_id: int
    done: bool
    last_line: int
    added: int
    changed: int
    unchanged: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReject:
    """A record that could not be used; `payload` has emails and phone numbers masked."""

    line: int
    field: str | None
    reason: str
    detail: str
    payload: str


def begin_run(connection: sa.Connection, *, source: str, file_digest: bytes) -> IngestRun:
    """The run of this file's content for this source: a new one, one to resume, or one that is done.

    Locks the run until the transaction ends.
    """
    statement = insert(ingest_run).values(source=source, file_digest=file_digest, state="running")
    row = connection.execute(
        statement.on_conflict_do_update(
            index_elements=["source", "file_digest"], set_={"source": statement.excluded.source}
        ).returning(*ingest_run.c)
    ).one()
    return IngestRun(
        run_id=row.run_id,
        done=row.state == "done",
        last_line=row.last_line,
        added=row.added,
        changed=row.changed,
        unchanged=row.unchanged,
        rejected=row.rejected,
    )


def advance_run(
    connection: sa.Connection, run_id: int, *, last_line: int, added: int, changed: int, unchanged: int, rejected: int
) -> None:
    """Adds a batch's counts; committed together with the batch, so that a resumed run neither skips nor repeats."""
    row = ingest_run.c
    connection.execute(
        ingest_run.update()
        .where(row.run_id == run_id)
        .values(
            last_line=sa.func.greatest(row.last_line, last_line),
            added=row.added + added,
            changed=row.changed + changed,
            unchanged=row.unchanged + unchanged,
            rejected=row.rejected + rejected,
        )
    )


def finish_run(connection: sa.Connection, run_id: int) -> None:
    connection.execute(
        ingest_run.update().where(ingest_run.c.run_id == run_id).values(state="done", finished_at=sa.func.now())
    )


def add_rejects(connection: sa.Connection, run_id: int, rejects: Iterable[StoredReject]) -> None:
    insert_rows(
        connection,
        reject,
        ("run_id", "line", "field", "reason", "detail", "payload"),
        ((run_id, r.line, r.field, r.reason, r.detail, r.payload) for r in rejects),
    )


def read_rejects(connection: sa.Connection, run_id: int) -> Iterator[StoredReject]:
    """The rejects of a run in the order of their lines, streamed."""
    columns = [reject.c[name] for name in ("line", "field", "reason", "detail", "payload")]
    query = sa.select(*columns).where(reject.c.run_id == run_id).order_by(reject.c.line, reject.c.reject_id)
    for row in connection.execute(query.execution_options(yield_per=1000)):
        yield StoredReject(**row._mapping)
