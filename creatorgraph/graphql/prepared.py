"""Operations that were parsed, validated and answered before: what is left to look at is their variables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, FragmentDefinitionNode, GraphQLError, GraphQLSchema, OperationDefinitionNode
from strawberry import Schema
from strawberry.execution.is_awaitable import optimized_is_awaitable
from strawberry.schema._graphql_core import execution_context_class_kwargs
from strawberry.utils.await_maybe import await_maybe

from creatorgraph.graphql.context import Context
from creatorgraph.graphql.cost import cost_of, told
from creatorgraph.graphql.error import presented
from creatorgraph.graphql.limit import nested_deeply, texts_in, usable


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Prepared:
    """One operation of a valid document, within every limit that does not depend on variables."""

    document: DocumentNode
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]

    def cost(self, schema: GraphQLSchema, variables: dict[str, Any] | None) -> int | None:
        """What it costs with these variables; None where the schema may have to refuse them: one has a text that
        is too long for most arguments, or that nobody could use, or they are nested too deeply."""
        if nested_deeply(variables) or not all(map(usable, texts_in(variables))):
            return None
        return cost_of(schema, self.operation, self.fragments, variables or {})


async def execute_prepared(
    schema: Schema, prepared: Prepared, variables: dict[str, Any] | None, context: Context, *, cost: int, limit: int
) -> dict[str, Any]:
    """The response, as the schema with its extensions would answer; the cost is charged."""
    result = await await_maybe(
        schema._get_execute_function()(
            schema._schema,
            prepared.document,
            variable_values=variables,
            operation_name=prepared.operation.name.value if prepared.operation.name else None,
            context_value=context,
            is_awaitable=optimized_is_awaitable,
            operation_extensions=None,
            **execution_context_class_kwargs(schema.execution_context_class),
        )
    )
    errors: list[GraphQLError] = [presented(each) for each in result.errors or ()]
    return {
        "data": result.data,
        **({"errors": [each.formatted for each in errors]} if errors else {}),
        "extensions": told(cost, limit),
    }
