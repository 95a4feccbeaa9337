"""The table of what may be kept, on the real schema: whatever it does not name is not kept, alone or among others."""

from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_ast_schema,
    get_named_type,
    is_composite_type,
    parse,
)

from creatorgraph.graphql.cacheable import KEPT, Kind, check_table, plan_of
from creatorgraph.graphql.schema import build_schema
from creatorgraph.services.answer_cache import DERIVED, LISTED

SCHEMA = build_schema()._schema
PERSONAL = {
    "Viewer",
    "Tenant",
    "ApiKey",
    "UsageHour",
    "ReviewItem",
    "ReviewComment",
    "QueueSummary",
    "DecisionRecord",
    "Steward",
}


def _fields() -> Iterator[tuple[str, str, GraphQLField]]:
    for kind in SCHEMA.type_map.values():
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not kind.name.startswith("__"):
            yield from ((kind.name, name, field) for name, field in kind.fields.items())


def _selection(field: str, kind: GraphQLField) -> str:
    return f"{field} {{ __typename }}" if is_composite_type(get_named_type(kind.type)) else field


def _query(owner: str, name: str, field: GraphQLField) -> str:
    """A document that selects the field, wherever it may hang; plans do not ask whether a document is valid."""
    selected = _selection(name, field)
    return f"{{ {selected} }}" if owner == "Query" else f"{{ node(id: 1) {{ ... on {owner} {{ {selected} }} }} }}"


@pytest.mark.parametrize(("owner", "name", "field"), [pytest.param(*each, id=".".join(each[:2])) for each in _fields()])
def test_a_field_is_kept_only_where_the_table_names_it(owner: str, name: str, field: GraphQLField) -> None:
    plan = plan_of(SCHEMA, _query(owner, name, field), None)
    assert (plan.kind is Kind.KEPT) is (name in KEPT.get(owner, ()))
    beside = _query(owner, name, field)[1:-1]
    among = plan_of(SCHEMA, f'{{ creator(id: "x") {{ __typename }} {beside} }}', None)
    assert among.kind is plan.kind


def test_nothing_that_is_somebodys_own_is_in_the_table() -> None:
    assert not PERSONAL & KEPT.keys()
    assert not {"viewer", "tenant", "match", "stats", "decisions", "explain"} & KEPT["Query"]
    assert "Mutation" not in KEPT
    assert "Subscription" not in KEPT


def test_types_that_a_kept_field_leads_to_are_in_the_table_or_told_apart() -> None:
    """A field whose type has no field in the table could be selected for its type's name alone."""
    for owner, name, field in _fields():
        inner = get_named_type(field.type)
        if name in KEPT.get(owner, ()) and isinstance(inner, GraphQLObjectType):
            assert inner.name in KEPT, f"{owner}.{name}"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("{ creators(first: 1) { edges { cursor } } }", {LISTED}),
        ('{ search(query: "x", first: 1) { edges { cursor } } }', {DERIVED}),
        ('{ creator(id: "x") { __typename } }', set()),
    ],
)
def test_what_reads_past_the_loaders_has_its_tag(text: str, tags: set[str]) -> None:
    assert plan_of(SCHEMA, text, None).tags == tags


def test_fragments_and_interfaces_are_looked_through() -> None:
    hidden = "query { ...A } fragment A on Query { ...B } fragment B on Query { viewer { name } }"
    assert plan_of(SCHEMA, hidden, None).kind is Kind.PASSED
    assert plan_of(SCHEMA, "{ node(id: 1) { ... on Node { ... on ReviewItem { id } } } }", None).kind is Kind.PASSED
    assert plan_of(SCHEMA, "{ node(id: 1) { id ... on Creator { displayName } } }", None).kind is Kind.KEPT
    assert plan_of(SCHEMA, "{ __schema { types { name } } }", None).kind is Kind.PASSED


def test_where_a_hit_comes_from_is_kept_below_types_that_are_not_told_apart() -> None:
    page = "edges { node { cacheHit creator { similar(first: 1) { cacheHit } } } }"
    plan = plan_of(SCHEMA, f'{{ search(query: "x", first: 1) {{ {page} }} }}', None)
    assert (plan.kind, plan.turns) == (Kind.KEPT, True)
    similar = "similar(first: 1) { cacheHit }"
    for above in (
        "creator(id: 1) { ... on Creator",
        "node(id: 1) { ... on Creator",
        "node(id: 1) { ... on Node { ... on Creator",
    ):
        braces = "}" * (above.count("{") + 1)
        assert plan_of(SCHEMA, f"{{ {above} {{ {similar} }} {braces}", None).kind is Kind.PASSED
    # the same fragment at both places
    spread = "fragment S on Creator { similar(first: 1) { cacheHit } }"
    both = f'{{ search(query: "x", first: 1) {{ edges {{ node {{ creator {{ ...S }} }} }} }} node(id: 1) {{ ...S }} }} {spread}'
    assert plan_of(SCHEMA, both, None).kind is Kind.PASSED
    assert not plan_of(SCHEMA, '{ search(query: "x", first: 1) { edges { node { score } } } }', None).turns


def test_layout_gives_one_digest_and_another_operation_another() -> None:
    one = plan_of(SCHEMA, '{creator(id:"x"){__typename}}', None)
    assert plan_of(SCHEMA, '{\n  creator(id: "x") { __typename }\n}', None).digest == one.digest
    assert plan_of(SCHEMA, '{ creator(id: "y") { __typename } }', None).digest != one.digest
    two = 'query A { creator(id: "x") { __typename } } query B { creator(id: "x") { __typename } }'
    assert plan_of(SCHEMA, two, "A").digest != plan_of(SCHEMA, two, "B").digest
    assert plan_of(SCHEMA, two, None).kind is Kind.PASSED


def test_mutations_write_and_subscriptions_pass() -> None:
    assert plan_of(SCHEMA, "mutation { undo(decisionId: 1) { __typename } }", None).kind is Kind.WRITES
    assert plan_of(SCHEMA, "subscription { creatorChanged { sequence } }", None).kind is Kind.PASSED
    assert plan_of(SCHEMA, "{ creator(", None).kind is Kind.PASSED


def test_a_table_that_names_no_field_is_refused() -> None:
    with pytest.raises(TypeError, match="there is no field"):
        check_table(build_ast_schema(parse("type Query { viewer: String }")))
