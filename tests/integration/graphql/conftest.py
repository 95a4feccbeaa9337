from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from creatorgraph.domain.caller import LOCAL, Caller, Means
from creatorgraph.domain.steward import Steward
from creatorgraph.graphql.context import Context
from creatorgraph.graphql.schema import build_schema
from creatorgraph.services.engines import Engines

Ask = Callable[..., Awaitable[dict[str, Any]]]
Data = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def ask(engines: Engines) -> AsyncIterator[Ask]:
    """Executes a document with variables over the world; answers in the shape of the response."""

    async def run(
        query: str, *, over: Engines = engines, caller: Steward | None = None, **variables: object
    ) -> dict[str, Any]:
        context = Context(over, caller=Caller.of_steward(caller, Means.TOKEN) if caller else LOCAL)
        found = await build_schema().execute(query, variable_values=variables, context_value=context)
        return {"data": found.data, "errors": [error.formatted for error in found.errors or ()]}

    yield run
    # connections belong to the event loop of one test
    await engines.database.aclose()


@pytest.fixture
def data(ask: Ask) -> Data:
    """As `ask`, for documents that must succeed; the data alone."""

    async def run(query: str, **variables: object) -> dict[str, Any]:
        result = await ask(query, **variables)
        assert result["errors"] == []
        found: dict[str, Any] = result["data"]
        return found

    return run
