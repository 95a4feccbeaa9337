"""Resolution runs: what was resolved, with which model, so that unchanged data is not resolved again."""

from dataclasses import dataclass

import orjson
import sqlalchemy as sa

from creatorgraph.store.table import resolution_run


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionRun:
    run_id: int
    input_digest: bytes
    model_version: str
    summary: dict[str, object]


def last_run(connection: sa.Connection) -> ResolutionRun | None:
    row = connection.execute(
        sa.select(
            resolution_run.c.run_id,
            resolution_run.c.input_digest,
            resolution_run.c.model_version,
            resolution_run.c.summary,
        )
        .order_by(resolution_run.c.run_id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else ResolutionRun(**row._mapping)


def add_run(
    connection: sa.Connection,
    *,
    input_digest: bytes,
    model_version: str,
    model: dict[str, object],
    summary: dict[str, object],
) -> None:
    connection.execute(
        resolution_run.insert().values(
            input_digest=input_digest,
            model_version=model_version,
            # orjson knows numpy scalars and dates, the driver's own dumper does not
            model=orjson.loads(orjson.dumps(model, option=orjson.OPT_SERIALIZE_NUMPY)),
            summary=orjson.loads(orjson.dumps(summary, option=orjson.OPT_SERIALIZE_NUMPY)),
        )
    )


def changed_since_run(connection: sa.Connection, *, share: float, days: int) -> bool:
    """Whether, since the last run ended, this `share` of all profiles is new or has changed, or any has and it is `days` ago.
    True where there was no run."""
    statement = sa.text(
        """
        SELECT changed.number >= CAST(:share AS float) * counted.number
            OR (changed.number > 0 AND last.at < now() - make_interval(days => :days))
        FROM (SELECT max(finished_at) AS at FROM resolution_run) AS last,
            LATERAL (SELECT count(*) AS number FROM profile WHERE last.at IS NULL OR changed_at > last.at) AS changed,
            (SELECT greatest(count(*), 1) AS number FROM profile) AS counted
        """
    )
    return bool(connection.scalar(statement, {"share": share, "days": days}))


def last_model(connection: sa.Connection) -> dict[str, object] | None:
    """The document of the model that the last run used."""
    model: dict[str, object] | None = connection.scalar(
        sa.select(resolution_run.c.model).order_by(resolution_run.c.run_id.desc()).limit(1)
    )
    return model
