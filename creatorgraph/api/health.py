"""Whether the process lives, and whether its engines do."""

import asyncio
from dataclasses import asdict

from fastapi import APIRouter
from starlette.responses import JSONResponse

from creatorgraph.api.answer import Answers
from creatorgraph.services.engines import Engines
from creatorgraph.services.health import Condition, EngineCondition, conditions, overall
from creatorgraph.services.tenant.rate import Rates


def health_router(engines: Engines, rates: Rates, answers: Answers) -> APIRouter:
    router = APIRouter(prefix="/health", include_in_schema=False)

    @router.get("/live")
    async def live() -> JSONResponse:
        """200 while the process answers; asks no engine."""
        return JSONResponse({"status": Condition.OK.value})

    @router.get("/ready")
    async def ready() -> JSONResponse:
        """200 while PostgreSQL answers, the status saying whether all is well; 503 without it.

        Details and what mends them are for the development profile alone.
        """
        found = [*await asyncio.to_thread(conditions, engines), *_counting(engines, rates), answers.condition()]
        status = overall(found)
        shown = [asdict(each) for each in found]
        if engines.settings.profile != "development":
            shown = [{key: each[key] for key in ("name", "condition")} for each in shown]
        body = {"status": status.value, "engines": shown}
        return JSONResponse(body, status_code=503 if status is Condition.DOWN else 200)

    return router


def _counting(engines: Engines, rates: Rates) -> list[EngineCondition]:
    """How Redis counts requests, where it should."""
    if engines.settings.redis_url is None:
        return []
    if rates.alone:
        detail = "does not answer: each process counts requests by itself"
        return [EngineCondition(name="redis", condition=Condition.DEGRADED, detail=detail, mend="Start Redis again.")]
    return [EngineCondition(name="redis", condition=Condition.OK, detail="counts requests")]
