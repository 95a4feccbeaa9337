"""The table of what fields need, on the real schema; the engines are never reached."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from graphql import GraphQLObjectType, build_ast_schema, graphql, is_required_argument, parse, print_type

from creatorgraph.domain.caller import Caller
from creatorgraph.domain.role import Role
from creatorgraph.domain.tenant import Plan, Tenant, TenantId
from creatorgraph.graphql.permission import OPEN, PLANS, guard
from creatorgraph.graphql.schema import build_schema

CLOSED = Caller.nobody(reads=False, plan=Plan.STANDARD)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _root() -> GraphQLObjectType:
    found = build_schema()._schema.query_type
    assert found is not None
    return found


async def _codes(caller: Caller, query: str, /, **variables: object) -> list[Any]:
    context: Any = SimpleNamespace(caller=caller)
    found = await graphql(build_schema()._schema, query, context_value=context, variable_values=variables)
    return [getattr(each.original_error, "code", None) for each in found.errors or ()]


@pytest.mark.parametrize("field", sorted(_root().fields.keys() - OPEN))
async def test_without_the_scope_to_read_no_field_answers(field: str) -> None:
    arguments = {name: each for name, each in _root().fields[field].args.items() if is_required_argument(each)}
    declared = ", ".join(f"${name}: {each.type}" for name, each in arguments.items())
    passed = ", ".join(f"{name}: ${name}" for name in arguments)
    given = {name: _value(str(each.type)) for name, each in arguments.items()}
    query = (
        f"query{f'({declared})' if declared else ''} {{ {field}{f'({passed})' if passed else ''} {{ __typename }} }}"
    )
    assert await _codes(CLOSED, query, **given) == ["not_allowed"]


def _value(kind: str) -> object:
    match kind.strip("!"):
        case "Int":
            return 1
        case "Platform":
            return "X"
        case "ReviewFilter" | "ProfileInput":
            return {}
        case listed if listed.startswith("["):
            return []
        case _:
            return "x"


async def test_who_is_calling_is_open() -> None:
    assert await _codes(CLOSED, "{ viewer { name } }") == []


@pytest.mark.parametrize("place", PLANS)
async def test_a_field_of_a_larger_plan_says_which(place: str) -> None:
    tenant = Tenant(tenant_id=TenantId("t"), name="acme", plan=Plan.STANDARD, created_at=NOW)
    caller = Caller.of_person("kim", Role.PARTNER, tenant, ends_at=NOW)
    owner, _, name = place.partition(".")
    kind = build_schema()._schema.type_map[owner]
    assert isinstance(kind, GraphQLObjectType), print_type(kind)
    info: Any = SimpleNamespace(context=SimpleNamespace(caller=caller))
    resolve = kind.fields[name].resolve
    assert resolve is not None
    with pytest.raises(Exception, match="needs the plan enterprise") as error:
        resolve(None, info)
    assert getattr(error.value, "code", None) == "plan_required"


def test_a_table_that_names_no_field_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("creatorgraph.graphql.permission.PLANS", {"Query.nothing": Plan.ENTERPRISE})
    with pytest.raises(TypeError, match=r"Query\.nothing"):
        guard(build_ast_schema(parse("type Query { viewer: String }")))
