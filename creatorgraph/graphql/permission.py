"""Which field needs what of its caller: the one table of it, put around the resolvers when the schema is built.

A field of `Query` that is not named here needs the scope to read, so that a new one is closed until somebody opens it.
Mutations and subscriptions ask for the role themselves, because their refusals are types of the schema.
"""

from collections.abc import Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any

from graphql import GraphQLField, GraphQLFieldResolver, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema

from creatorgraph.domain.caller import Caller
from creatorgraph.domain.role import Scope
from creatorgraph.domain.tenant import Plan

OPEN = frozenset({"viewer", "__schema", "__type"})
"""Fields of `Query` for everybody: who is calling, and (in the development profile) the schema."""

PLANS: Mapping[str, Plan] = MappingProxyType(
    {
        # each costs a walk through the graph
        "Query.path": Plan.ENTERPRISE,
        "Creator.neighbours": Plan.ENTERPRISE,
    }
)
"""Field -> the plan from which on it is answered."""


def guard(schema: GraphQLSchema) -> None:
    """Puts the checks around the resolvers of a schema that was just built.

    Raises:
        TypeError: the table names a field that the schema does not have.
    """
    if schema.query_type is None:
        raise TypeError("the schema has no queries")
    for place, plan in PLANS.items():
        owner, _, name = place.partition(".")
        kind = schema.type_map.get(owner)
        if not isinstance(kind, GraphQLObjectType) or name not in kind.fields:
            raise TypeError(f"there is no field {place}")
        _put_around(kind.fields[name], plan=plan, place=place)
    # the scope last, so that it is asked first
    for name, field in schema.query_type.fields.items():
        if name not in OPEN:
            _put_around(field, scope=Scope.READ)


def _put_around(field: GraphQLField, *, scope: Scope | None = None, plan: Plan | None = None, place: str = "") -> None:
    inner: GraphQLFieldResolver | None = field.resolve
    if inner is None:
        raise TypeError("a guarded field has a resolver")

    @wraps(inner)
    def checked(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        caller: Caller = info.context.caller
        if scope is not None:
            caller.require(scope)
        if plan is not None:
            caller.require_plan(plan, place)
        return inner(source, info, **arguments)

    field.resolve = checked
