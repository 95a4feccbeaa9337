"""What an answer says of itself once it is kept: that its hits are from the cache."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    get_named_type,
)

from creatorgraph.graphql.cacheable import TURNS
from creatorgraph.graphql.prepared import Prepared


def as_kept(schema: GraphQLSchema, prepared: Prepared, data: dict[str, Any]) -> dict[str, Any]:
    """The data of an answer whose plan turns, as it is to be told to the next who asks; what is given stays as it is."""
    told: dict[str, Any] = _told(schema, prepared, schema.query_type, prepared.operation.selection_set, data)
    return told


def _told(schema: GraphQLSchema, prepared: Prepared, kind: Any, selected: SelectionSetNode, value: Any) -> Any:
    if isinstance(value, list):
        return [_told(schema, prepared, kind, selected, each) for each in value]
    # below a type that could be another one nothing turns (cacheable.py)
    if not isinstance(value, dict) or not isinstance(kind, GraphQLObjectType):
        return value
    told = dict(value)
    for node in _fields(prepared, selected, set()):
        key, name = (node.alias or node.name).value, node.name.value
        if (kind.name, name) == TURNS and key in told:
            told[key] = True
        elif node.selection_set is not None and key in told:
            inner = get_named_type(kind.fields[name].type)
            told[key] = _told(schema, prepared, inner, node.selection_set, told[key])
    return told


def _fields(prepared: Prepared, selected: SelectionSetNode, seen: set[str]) -> Iterator[FieldNode]:
    """Those of one object, whatever fragments they stand in. A key may come more than once."""
    for node in selected.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _fields(prepared, node.selection_set, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            yield from _fields(prepared, prepared.fragments[node.name.value].selection_set, seen)
