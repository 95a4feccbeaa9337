"""Whether the process lives, and whether its engines do."""

import asyncio
from dataclasses import asdict

from fastapi import APIRouter
from starlette.responses import JSONResponse

from creatorgraph.services.engines import Engines
from creatorgraph.services.health import Condition, conditions, overall


def health_router(engines: Engines) -> APIRouter:
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
        found = await asyncio.to_thread(conditions, engines)
        status = overall(found)
        shown = [asdict(each) for each in found]
        if engines.settings.profile != "development":
            shown = [{key: each[key] for key in ("name", "condition")} for each in shown]
        body = {"status": status.value, "engines": shown}
        return JSONResponse(body, status_code=503 if status is Condition.DOWN else 200)

    return router
