"""What operations cost: sizes multiplied down the tree, before anything runs."""

from pathlib import Path
from typing import Any

import pytest
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    OperationDefinitionNode,
    concat_ast,
    parse,
)

from creatorgraph.config import Settings
from creatorgraph.graphql.cost import LISTED, MAX_COST, WEIGHTS, cost_of
from creatorgraph.graphql.schema import build_schema

SCHEMA = build_schema()._schema
CONSOLE = Path(__file__).parents[3] / "console" / "src"
SEARCH = WEIGHTS["Query", "search"]


def cost(document: str | DocumentNode, name: str | None = None, **variables: Any) -> int:
    parsed = parse(document) if isinstance(document, str) else document
    fragments = {each.name.value: each for each in parsed.definitions if isinstance(each, FragmentDefinitionNode)}
    [operation] = [
        each
        for each in parsed.definitions
        if isinstance(each, OperationDefinitionNode) and (name is None or (each.name and each.name.value == name))
    ]
    return cost_of(SCHEMA, operation, fragments, variables)


@pytest.mark.parametrize(
    ("document", "wanted"),
    [
        ("{ viewer { name } }", 1),
        ("{ __schema { types { fields { name } } } }", 0),
        # the connection, and for each item an edge and a node
        ("{ creators(first: 10) { edges { node { displayName } } } }", 1 + 10 * 2),
        ("{ creators(first: 10) { edges { node { links(first: 7) { edges { cursor } } } } } }", 1 + 10 * (2 + 1 + 7)),
        ("{ creators(first: 10) { edges { node { profiles { edges { cursor } } } } } }", 1 + 10 * (2 + 1 + 20)),
        ("{ a: viewer { name } b: viewer { name } }", 2),
        ("{ viewer { name } viewer { name } ...f } fragment f on Query { viewer { name } }", 1),
        ("{ search(query: \"x\", first: 2) { edges { node { whyRanked { part } } } } }", SEARCH + 1 + 2 * (2 + LISTED)),
        ("{ viewer @skip(if: true) { name } stats @include(if: false) { links } }", 0),
        ('{ nodes(ids: ["a", "b", "c"]) { id ... on Creator { golden { name { value } } } } }', 3 * (1 + 2)),
    ],
)  # fmt: skip
def test_sizes_multiply_down_the_tree(document: str, wanted: int) -> None:
    assert cost(document) == wanted


def test_variables_and_their_defaults_count() -> None:
    document = "query ($n: Int = 4, $s: Boolean = false) { creators(first: $n) @skip(if: $s) { edges { cursor } } }"
    assert cost(document) == 1 + 4
    assert cost(document, n=50) == 1 + 50
    assert cost(document, n=50, s=True) == 0
    # what does not fit is for the execution to say
    assert cost(document, n="x") == 0


def test_a_page_size_out_of_range_costs_no_more_than_the_largest() -> None:
    assert cost("{ creators(first: 1000000) { edges { cursor } } }") == 1 + 1000
    assert cost("{ creators(first: -3) { edges { cursor } } }") == 1 + 1


def test_every_weight_is_of_a_field_that_there_is() -> None:
    for kind, field in WEIGHTS:
        found = SCHEMA.get_type(kind)
        assert isinstance(found, GraphQLObjectType | GraphQLInterfaceType)
        assert field in found.fields


def test_the_setting_says_the_same() -> None:
    assert Settings.model_fields["query_cost"].default == MAX_COST


def test_what_the_console_asks_is_far_below_the_limit() -> None:
    whole = concat_ast([parse(file.read_text()) for file in CONSOLE.rglob("*.graphql")])
    operations = [each for each in whole.definitions if isinstance(each, OperationDefinitionNode) and each.name]
    assert len(operations) > 20
    for each in operations:
        assert each.name is not None
        assert cost(whole, each.name.value, first=100, id="x", n=100) <= MAX_COST / 4
