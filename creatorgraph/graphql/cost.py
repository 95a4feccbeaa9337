"""What an operation may cost, told before anything of it runs: how many objects it may return, by its page sizes.

As in the node limits of public GraphQL APIs: the `first` of a field is the size of the lists that it pages, and sizes multiply
down the tree. A field that costs an engine more than rows has a weight (`WEIGHTS`). The answer says what was asked for and what
may be: `extensions.cost`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLError,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_leaf_type,
)
from graphql.execution.values import (
    VariableValues,
    get_argument_values,
    get_directive_values,
    get_variable_values,
)
from strawberry.extensions import SchemaExtension

from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.usage import Use
from creatorgraph.graphql.limit import MAX_STREAMED

MAX_COST = 20_000
"""What one operation may cost unless the settings say otherwise. The console's dearest costs a tenth of it."""
LISTED = 5
"""How many entries a list without a page size is taken to have, such as the evidence of a link."""
WEIGHTS: Mapping[tuple[str, str], int] = {
    ("Query", "search"): 20,
    ("Query", "path"): 50,
    ("Query", "stats"): 20,
    ("Query", "match"): 100,
    ("Query", "searchFacets"): 20,
    ("Query", "similarCreators"): 20,
    ("Subscription", "searchHits"): 20,
    ("Creator", "similar"): 20,
    ("Creator", "neighbours"): 50,
    ("Profile", "neighbourhood"): 50,
}
"""What a field costs beside the objects that it returns: a search through the index, a walk through the graph."""


class TooCostlyError(CreatorgraphError):
    """The operation could return more than one may."""

    code = "too_costly"


@dataclass(frozen=True, slots=True)
class _Level:
    """The selections made of objects of one type, and how long the lists are that the field above pages."""

    kind: GraphQLCompositeType
    selected: tuple[SelectionSetNode, ...]
    size: int | None


class CostLimiter(SchemaExtension):
    """Refuses what costs more than `most`, before it runs; the cost of everything else is told, and charged to its caller."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: int | None = None

    def on_execute(self) -> Iterator[None]:
        asked = self.execution_context
        document, schema = asked.graphql_document, asked.schema._schema
        operation = _operation(document.definitions, asked.operation_name) if document else None
        if document is not None and operation is not None:
            fragments = {
                each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
            }
            self._asked = cost_of(schema, operation, fragments, asked.variables or {})
            if self._asked > self._most:
                raise TooCostlyError(
                    f"the operation may cost {self._asked}, more than {self._most}",
                    where="first",
                    mend="Ask for smaller pages, or in several requests.",
                )
            asked.context.charge(Use(cost=self._asked))
        yield

    def get_results(self) -> dict[str, Any]:
        return {} if self._asked is None else told(self._asked, self._most)


def told(cost: int, limit: int) -> dict[str, Any]:
    """The extensions of an answer, with what was asked for and what may be."""
    return {"cost": {"requested": cost, "limit": limit}}


def cost_of(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: dict[str, Any],
) -> int:
    """The cost of a valid operation; 0 where its variables do not fit, which the execution says.

    One for each object that may be returned, `WEIGHTS` beside; values cost nothing, nor does introspection.
    """
    values = get_variable_values(schema, operation.variable_definitions or (), variables)
    root = schema.get_root_type(operation.operation)
    if isinstance(values, list) or root is None:
        return 0
    return _Reckoning(schema, fragments, values).of(_Level(root, (operation.selection_set,), None))


class _Reckoning:
    def __init__(
        self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], values: VariableValues
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._values = values

    def of(self, level: _Level) -> int:
        """What one object of this level costs with all below it."""
        found: dict[tuple[str, str], list[tuple[GraphQLCompositeType, FieldNode]]] = {}
        for kind, node in self._fields(level.kind, level.selected):
            # one field that is selected twice is answered once
            key = node.alias.value if node.alias else node.name.value
            found.setdefault((key, kind.name), []).append((kind, node))
        return sum(self._field(nodes[0][0], [node for _, node in nodes], level.size) for nodes in found.values())

    def _field(self, kind: GraphQLCompositeType, nodes: list[FieldNode], size: int | None) -> int:
        name = nodes[0].name.value
        if name.startswith("__") or not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            return 0
        field = kind.fields[name]
        inner = get_named_type(field.type)
        weight = WEIGHTS.get((kind.name, name), 0)
        if is_leaf_type(inner) or not is_composite_type(inner):
            return weight
        first, many = self._sizes(field, nodes[0])
        listed = isinstance(get_nullable_type(field.type), GraphQLList)
        times = (many or first or size or LISTED) if listed else 1
        below = tuple(node.selection_set for node in nodes if node.selection_set)
        # the objects of a list that was paged have lists of their own
        return weight + times * (1 + self.of(_Level(inner, below, None if listed else first)))

    def _sizes(self, field: GraphQLField, node: FieldNode) -> tuple[int | None, int | None]:
        """The page size of a field, and how many ids it was given. What is out of range, its resolver refuses."""
        try:
            arguments = get_argument_values(field, node, self._values)
        except GraphQLError:
            return None, None
        first, ids = arguments.get("first"), arguments.get("ids")
        return (
            max(1, min(first, MAX_STREAMED)) if isinstance(first, int) else None,
            len(ids) if isinstance(ids, list) else None,
        )

    def _fields(
        self, kind: GraphQLCompositeType, selected: Iterable[SelectionSetNode]
    ) -> Iterator[tuple[GraphQLCompositeType, FieldNode]]:
        """The fields that are selected of objects of this type, each with the type that it is selected of."""
        for each in selected:
            for node in each.selections:
                if not self._wanted(node):
                    continue
                if isinstance(node, FieldNode):
                    yield kind, node
                    continue
                part: FragmentDefinitionNode | InlineFragmentNode | None = (
                    self._fragments.get(node.name.value) if isinstance(node, FragmentSpreadNode) else node  # type: ignore[assignment]
                )
                if part is not None:
                    of = part.type_condition
                    narrowed = self._schema.get_type(of.name.value) if of else kind
                    yield from self._fields(narrowed if is_composite_type(narrowed) else kind, (part.selection_set,))

    def _wanted(self, node: Any) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self._values)
        include = get_directive_values(GraphQLIncludeDirective, node, self._values)
        return not (skip and skip["if"]) and not (include and not include["if"])


def _operation(definitions: Iterable[object], name: str | None) -> OperationDefinitionNode | None:
    for each in definitions:
        if isinstance(each, OperationDefinitionNode) and (name is None or (each.name and each.name.value == name)):
            return each
    return None
