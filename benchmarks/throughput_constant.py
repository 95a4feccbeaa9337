"""A process that answers the same schema's types from constants: what GraphQL itself costs, without a database or protections.

`python -m benchmarks.throughput_constant CONSTANTS SOCKET_FD`: the file of `write_constants`, and a listening socket to serve.
"""

import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any

import strawberry
import uvicorn
from fastapi import FastAPI
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.fastapi import GraphQLRouter
from strawberry.schema.config import StrawberryConfig

from benchmarks.throughput_world import Constant, read_constants
from creatorgraph.domain.creator import CreatorId
from creatorgraph.graphql.context import Context, Info
from creatorgraph.graphql.creator import Creator, CreatorResult
from creatorgraph.graphql.scalar import BIG_INT, BigInt
from creatorgraph.store.read.keyset import Part


class _Page:
    """Answers as a loader would, with what is there already."""

    def __init__(self, constants: Mapping[CreatorId, Constant], place: int) -> None:
        self._constants = constants
        self._place = place

    async def load(self, part: Part) -> Any:
        return self._constants[CreatorId(part.parent)][self._place]


def schema_of(constants: Mapping[CreatorId, Constant]) -> strawberry.Schema:
    @strawberry.type
    class Query:
        @strawberry.field
        async def creator(
            self,
            info: Info,
            id: Annotated[strawberry.ID, strawberry.argument(name="id")],  # noqa: A002
        ) -> CreatorResult | None:
            return Creator.of(constants[CreatorId(id)][0])

    return strawberry.Schema(
        query=Query,
        extensions=[ParserCache, ValidationCache],
        config=StrawberryConfig(scalar_map={BigInt: BIG_INT}),
    )


class _Constants(Context):
    def __init__(self, loaders: Any) -> None:
        # no engines, no caller: nobody asks for either
        self.request = self.response = self.background_tasks = None
        self.blind = False
        self.loaders = loaders


def serve(file: Path, listener: socket.socket) -> None:
    constants = read_constants(file)
    loaders = SimpleNamespace(profiles=_Page(constants, 1), creator_links=_Page(constants, 2))
    app = FastAPI()
    options: dict[str, Any] = {"context_getter": lambda: _Constants(loaders), "path": "/graphql"}
    app.include_router(GraphQLRouter(schema_of(constants), graphql_ide=None, **options))
    config = uvicorn.Config(app, log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    serve(Path(sys.argv[1]), socket.socket(fileno=int(sys.argv[2])))
