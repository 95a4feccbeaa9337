"""How each engine does, for the health page and `creatorgraph doctor`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.services.engines import Engines
from creatorgraph.services.relay import CONSUMERS
from creatorgraph.store.migration import revisions
from creatorgraph.store.write.outbox import backlog


class Condition(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineCondition:
    """`detail` is the version or the fault, `mend` what to do about it (None: nothing)."""

    name: str
    condition: Condition
    detail: str
    mend: str | None = None


def conditions(engines: Engines) -> list[EngineCondition]:
    """Asks every engine in turn; never raises."""
    checks: dict[str, Callable[[Engines], EngineCondition]] = {
        "postgresql": _postgresql,
        "graph": _graph,
        "outbox": _outbox,
        "encoder": _encoder,
        "index": _index,
    }
    return [_ask(engines, name, check) for name, check in checks.items()]


def overall(found: list[EngineCondition]) -> Condition:
    """Down without PostgreSQL, the truth; degraded where any other engine is not well."""
    if any(c.name == "postgresql" and c.condition is Condition.DOWN for c in found):
        return Condition.DOWN
    return Condition.OK if all(c.condition is Condition.OK for c in found) else Condition.DEGRADED


def _ask(engines: Engines, name: str, check: Callable[[Engines], EngineCondition]) -> EngineCondition:
    try:
        return check(engines)
    except CreatorgraphError as error:
        return EngineCondition(name=name, condition=Condition.DOWN, detail=error.what, mend=error.mend)


def _postgresql(engines: Engines) -> EngineCondition:
    with engines.database.transaction() as connection:
        version = connection.scalar(sa.text("SHOW server_version"))
        here, newest = revisions(connection)
    if here != newest:
        return EngineCondition(
            name="postgresql",
            condition=Condition.DEGRADED,
            detail=f"{version}, schema {here or 'missing'}, newest {newest}",
            mend="Run `creatorgraph doctor --migrate`.",
        )
    return EngineCondition(name="postgresql", condition=Condition.OK, detail=f"{version}, schema {here}")


def _graph(engines: Engines) -> EngineCondition:
    health = engines.graph.health()
    return EngineCondition(
        name="graph",
        condition=Condition.OK if health.reachable else Condition.DOWN,
        detail=" ".join(part for part in (health.engine, health.version, health.detail) if part),
        mend=None if health.reachable else "Run `creatorgraph neo4j start`.",
    )


def _outbox(engines: Engines) -> EngineCondition:
    with engines.database.transaction() as connection:
        waiting = {name: backlog(connection, name) for name in CONSUMERS}
        failure = connection.scalar(sa.text("SELECT min(failure) FROM outbox_cursor WHERE failure IS NOT NULL"))
    detail = ", ".join(f"{count} messages for the {name}" for name, count in waiting.items() if count) or "empty"
    if failure:
        return EngineCondition(name="outbox", condition=Condition.DEGRADED, detail=f"{detail}; {failure}")
    return EngineCondition(name="outbox", condition=Condition.OK, detail=detail)


def _encoder(engines: Engines) -> EngineCondition:
    encoder = engines.encoder()
    return EngineCondition(
        name="encoder", condition=Condition.OK, detail=f"{encoder.name}, {encoder.dimensions} dimensions"
    )


def _index(engines: Engines) -> EngineCondition:
    index = engines.profile_index()
    return EngineCondition(name="index", condition=Condition.OK, detail=f"{index.count} vectors")
