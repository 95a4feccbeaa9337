"""`/graphql`: POST with JSON alone, so that no other site can send anything without a preflight; sockets and event streams to
follow."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Annotated, Any, cast

import orjson
from cross_web import HTTPException
from fastapi import APIRouter, Depends
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from strawberry.fastapi import GraphQLRouter
from strawberry.http import GraphQLHTTPResponse
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult

from creatorgraph.api.accept import Events
from creatorgraph.api.admission import Admission
from creatorgraph.api.answer import ASKED, Answers, Asked
from creatorgraph.api.socket import Parts, Sockets
from creatorgraph.domain.caller import Caller
from creatorgraph.domain.usage import Use
from creatorgraph.graphql.context import Context
from creatorgraph.graphql.error import BAD_REQUEST
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.feed import Feed


class _Router(GraphQLRouter[Context, None]):
    """orjson: faster, and it refuses what is no JSON (NaN, half surrogate pairs, absurd nesting). Sockets and streams are
    watched."""

    stream_transport_classes_by_protocol = {GRAPHQL_SSE_PROTOCOL: Events}  # noqa: RUF012  as the base class has it
    sockets: Sockets
    answers: Answers

    async def run(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        async with self.sockets.joined(request):
            try:
                return await super().run(request, *args, **kwargs)
            except HTTPException as error:
                # in the shape of every other error
                said = {"message": error.reason, "extensions": {"code": BAD_REQUEST}}
                body = self.encode_json({"data": None, "errors": [said]})
                return Response(body, status_code=error.status_code, media_type="application/json")

    async def create_streaming_response(
        self,
        request: Request,
        stream: Callable[[], AsyncIterator[str]],
        sub_response: Response,
        headers: Mapping[str, str],
    ) -> Response:
        # Strawberry makes it of an asynchronous generator
        watched = self.sockets.ending(request, cast(Parts, stream))
        return await super().create_streaming_response(request, watched, sub_response, headers)

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        response = await super().process_result(request, result)
        asked: Asked | None = request.scope.get(ASKED)
        if asked is not None:
            await self.answers.answered(asked, cast(dict[str, Any], response))
        return response

    def parse_json(self, data: str | bytes) -> Any:
        found = super().parse_json(data)
        if not isinstance(found, dict | list):
            raise HTTPException(400, "The request body must be a JSON object")
        return found

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        # text: what a socket sends as bytes, browsers take for a file
        return orjson.dumps(data).decode()


def contexts(engines: Engines, admission: Admission, feed: Feed, matching: Matching) -> Callable[[Asked], Context]:
    """What resolvers get for something asked; what is charged and read is noted with it."""

    def context(asked: Asked) -> Context:
        def charge(use: Use) -> None:
            admission.meter.note(asked.caller, use)
            asked.charge(use)

        return Context(engines, caller=asked.caller, feed=feed, matching=matching, charge=charge, reads=asked.reads)

    return context


def graphql_router(
    engines: Engines,
    admission: Admission,
    feed: Feed,
    sockets: Sockets,
    answers: Answers,
    matching: Matching,
    context_of: Callable[[Asked], Context],
) -> APIRouter:
    """Queries and mutations by POST, subscriptions by graphql-transport-ws, or as server-sent events where the request likes
    `text/event-stream` best (the distinct connections mode of graphql-sse).

    In the development profile a browser gets GraphiQL, and the schema tells its types.
    """

    async def context(connection: HTTPConnection, who: Annotated[Caller, Depends(admission.caller)]) -> Context:
        asked: Asked | None = connection.scope.get(ASKED)
        if asked is not None:
            return context_of(asked)
        return Context(
            engines,
            caller=who,
            feed=feed,
            matching=matching,
            charge=lambda use: admission.meter.note(who, use),
            admit=admission.operation(who, connection) if connection.scope["type"] == "websocket" else None,
        )

    options: dict[str, Any] = {"path": "/graphql", "context_getter": context, "include_in_schema": False}
    router = _Router(
        answers.schema,
        graphql_ide="graphiql" if engines.settings.profile == "development" else None,
        allow_queries_via_get=False,
        subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
        allowed_origins=engines.settings.cors_origins,
        multipart_uploads_enabled=False,
        **options,
    )
    router.sockets = sockets
    router.answers = answers
    return router
