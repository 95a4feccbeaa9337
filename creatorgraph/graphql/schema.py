"""The schema: types, limits and errors put together, and its text for `schema.graphql`."""

from functools import cache
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.printer import print_schema
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.graphql import OperationType

from creatorgraph.graphql.cacheable import check_table
from creatorgraph.graphql.cost import MAX_COST, CostLimiter
from creatorgraph.graphql.document import Documents
from creatorgraph.graphql.error import presented
from creatorgraph.graphql.limit import ANY_DOCUMENT, extensions
from creatorgraph.graphql.mutation import Mutation
from creatorgraph.graphql.permission import guard
from creatorgraph.graphql.query import Query
from creatorgraph.graphql.review import ReviewItem
from creatorgraph.graphql.scalar import BIG_INT, BigInt
from creatorgraph.graphql.shortcut import shorten
from creatorgraph.graphql.subscription import Subscription

_STREAMED = "A subscription needs a socket (graphql-transport-ws), or a request that accepts text/event-stream."


class Schema(strawberry.Schema):
    """A schema whose errors never show more than clients may see, whichever way they come up."""

    async def execute(self, *args: Any, **kwargs: Any) -> ExecutionResult:
        """Raises nothing for a subscription, which can only be streamed: it is refused as what the client did wrong."""
        allowed = kwargs.get("allowed_operation_types")
        kwargs["allowed_operation_types"] = set(OperationType if allowed is None else allowed) - {
            OperationType.SUBSCRIPTION
        }
        try:
            return await super().execute(*args, **kwargs)
        except InvalidOperationTypeError as error:
            if error.operation_type is not OperationType.SUBSCRIPTION:
                raise
            return ExecutionResult(data=None, errors=[presented(GraphQLError(_STREAMED))])

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        # every path of execution hands over the very list that it answers with
        errors[:] = map(presented, errors)


@cache
def build_schema(
    *, introspection: bool = True, documents: Documents = ANY_DOCUMENT, most_cost: int = MAX_COST
) -> Schema:
    """The schema; without introspection it does not tell its types, nor suggest names in errors. `documents` may be asked, and
    no operation may cost more than `most_cost`."""
    schema = Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[ReviewItem],
        extensions=[
            *extensions(introspection=introspection, documents=documents),
            lambda: CostLimiter(most_cost),
        ],
        config=StrawberryConfig(scalar_map={BigInt: BIG_INT}, disable_field_suggestions=not introspection),
    )
    shorten(schema._schema)
    guard(schema._schema)
    check_table(schema._schema)
    return schema


def sdl() -> str:
    """The schema in the schema definition language, as committed in `schema.graphql`."""
    return f"{print_schema(build_schema())}\n"
