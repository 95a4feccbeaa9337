"""`/graphql`: POST with JSON alone, so that no other site can send anything without a preflight; a socket to follow."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends
from starlette.requests import HTTPConnection
from strawberry.fastapi import GraphQLRouter
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from creatorgraph.api.admission import Admission
from creatorgraph.api.socket import Sockets
from creatorgraph.domain.caller import Caller
from creatorgraph.graphql.context import Context
from creatorgraph.graphql.document import Documents
from creatorgraph.graphql.schema import build_schema
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.feed import Feed


class _Router(GraphQLRouter[Context, None]):
    """orjson: faster, and it refuses what is no JSON (NaN, half surrogate pairs, absurd nesting). Sockets are watched."""

    sockets: Sockets

    async def run(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        with self.sockets.joined(request):
            return await super().run(request, *args, **kwargs)

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        # text: what a socket sends as bytes, browsers take for a file
        return orjson.dumps(data).decode()


def graphql_router(
    engines: Engines, admission: Admission, feed: Feed, sockets: Sockets, documents: Documents
) -> APIRouter:
    """Queries and mutations by POST, subscriptions by graphql-transport-ws.

    In the development profile a browser gets GraphiQL, and the schema tells its types.
    """
    development = engines.settings.profile == "development"

    async def context(connection: HTTPConnection, who: Annotated[Caller, Depends(admission.caller)]) -> Context:
        return Context(
            engines,
            caller=who,
            feed=feed,
            charge=lambda use: admission.meter.note(who, use),
            admit=admission.operation(who, connection) if connection.scope["type"] == "websocket" else None,
        )

    options: dict[str, Any] = {"path": "/graphql", "context_getter": context, "include_in_schema": False}
    router = _Router(
        build_schema(introspection=development, documents=documents),
        graphql_ide="graphiql" if development else None,
        allow_queries_via_get=False,
        subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
        multipart_uploads_enabled=False,
        **options,
    )
    router.sockets = sockets
    return router
