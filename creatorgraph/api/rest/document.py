"""The OpenAPI document of the REST routes, as served at /v1/openapi.json and committed in `openapi.json`."""

from functools import cache
from typing import Any

import orjson
from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from creatorgraph import __version__
from creatorgraph.api.rest import (
    collection_route,
    creator_route,
    erasure_route,
    export_route,
    match_route,
    private_route,
    webhook_route,
)
from creatorgraph.api.rest.access import Served
from creatorgraph.api.rest.problem import Problem

PLACE = "/v1/openapi.json"
_ROUTERS: tuple[APIRouter, ...] = (
    creator_route.router,
    match_route.router,
    erasure_route.router,
    export_route.router,
    private_route.router,
    collection_route.router,
    webhook_route.router,
)
_ABOUT = (
    "Unified creator profiles with every link between them: how probable it is, how it was found, and on what evidence. "
    "Errors are problems of RFC 9457."
)


def add_rest(app: FastAPI, served: Served) -> None:
    """Adds the routes to an application, and what they ask."""
    app.state.rest = served
    for router in _ROUTERS:
        app.include_router(router)

    @app.get(PLACE, include_in_schema=False)
    async def openapi() -> Response:
        return Response(document_text(), media_type="application/json")


def openapi_document() -> dict[str, Any]:
    """The document of the routes, which need no engine for it."""
    routes = [route for router in _ROUTERS for route in router.routes]
    found = get_openapi(
        title="creatorgraph",
        version=__version__,
        description=_ABOUT,
        routes=routes,
        webhooks=webhook_route.events.routes,
    )
    schemas = found["components"]["schemas"]
    # problems are answered by the routes' class, so that no route's own types name them; and never in the framework's words
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    for event in found["webhooks"].values():
        # what a receiver answers to what it cannot use is its own affair
        event["post"]["responses"].pop("422", None)
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    return found


@cache
def document_text() -> bytes:
    """As it is written to files: indented, keys in order, one line end at the end."""
    return orjson.dumps(
        openapi_document(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    )
