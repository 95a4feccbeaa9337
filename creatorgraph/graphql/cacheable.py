"""Which fields an answer may have to be kept for others: the one table of it. What is not named here is never kept.

So a new field is not, until somebody says that it is everybody's with the same tenant, plan and scopes, and that each of its
changes is told (store/write/notice.py). An operation is kept where every field that it selects is here.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    is_composite_type,
    parse,
    print_ast,
)

from creatorgraph.graphql.prepared import Prepared
from creatorgraph.services.answer_cache import DERIVED, LISTED


class Kind(StrEnum):
    """What an operation is to the cache."""

    KEPT = "kept"
    PASSED = "passed"
    """Its answers are not kept."""
    WRITES = "writes"


_TABLE = {
    "Query": "node nodes creator profile profileByUrl creators search similarCreators searchFacets searchSuggestions path",
    "Node": "id",
    "Creator": "id displayName kind platforms totalFollowers averageEngagementRate verifiedAnywhere version createdAt updatedAt "
    "golden profiles primaryProfile links cohesion history neighbours similar",
    "CreatorRedirect": "from reason at creator",
    "CreatorErased": "id at",
    "CreatorConnection": "pageInfo edges",
    "CreatorEdge": "cursor node",
    "GoldenRecord": "name bio category language location website",
    "GoldenText": "value confidence alternatives source",
    "Cohesion": "confidence density connected weakestLink bridges",
    "Profile": "id platform username url displayName bio website location language category followers engagementRate verified "
    "status firstSeenAt lastSeenAt provenance creator identifiers links neighbourhood",
    "ProfileConnection": "pageInfo edges",
    "ProfileEdge": "cursor node",
    "Provenance": "source observedAt changedAt",
    "Identifier": "kind value masked field",
    "Link": "id probability matchWeight decidedBy accepted evidence firstSeenAt updatedAt modelVersion left right",
    "LinkConnection": "pageInfo edges",
    "LinkEdge": "cursor node",
    "Evidence": "signal level leftValue rightValue matchWeight explanation",
    # not `decision`, which is for those who may see the queue
    "IdentityEvent": "sequence kind creatorId otherId profileIds cause at",
    "IdentityEventConnection": "pageInfo edges",
    "IdentityEventEdge": "cursor node",
    "NetworkFragment": "centre nodes edges truncated",
    "NetworkNode": "id kind label platform identifierKind profile creator",
    "NetworkEdge": "source target kind weight matchWeight accepted",
    "Path": "length nodes edges",
    "PageInfo": "hasNextPage hasPreviousPage startCursor endCursor",
    "SearchConnection": "pageInfo edges",
    "SearchHitEdge": "cursor node",
    # `cacheHit` is another thing once it is kept: see TURNS
    "SearchHit": "score whyRanked creator matchedProfile highlights",
    "RankPart": "part weight value contribution",
    "SearchFacets": "total platforms categories languages countries",
    "FacetValue": "value creators",
    "PlatformFacet": "platform creators",
    "SearchSuggestion": "kind text creatorId creators",
}
KEPT: Mapping[str, frozenset[str]] = MappingProxyType(
    {kind: frozenset(names.split()) for kind, names in _TABLE.items()}
)
"""Type -> its fields that a kept answer may have. `match` has a person in its arguments, `stats` counts the queue."""

TAGS: Mapping[str, str] = MappingProxyType(
    {
        "Query.creators": LISTED,
        "Query.search": DERIVED,
        "Query.searchFacets": DERIVED,
        "Query.searchSuggestions": DERIVED,
        "Query.path": DERIVED,
    }
)
"""Fields that read past the loaders -> the tag of what they read."""

TURNS = ("SearchHit", "cacheHit")
"""The field that is true of a kept answer, whatever it was of the first (graphql/kept_answer.py). It is kept where it hangs below
types that are not told apart, so that it is known which value it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the cache does with an operation of a document; `digest` names what it asks, whatever its layout.

    Of queries also the operation itself, which need not be parsed and validated again once it was executed. `turns`: whether it
    selects what a kept answer says otherwise.
    """

    kind: Kind
    digest: bytes = b""
    tags: frozenset[str] = frozenset()
    turns: bool = False
    prepared: Prepared | None = None


PASSED = Plan(kind=Kind.PASSED)


def check_table(schema: GraphQLSchema) -> None:
    """Raises TypeError where a table names a field that the schema does not have."""
    for owner, name in [
        *((owner, each) for owner, names in KEPT.items() for each in names),
        *(t.split(".") for t in TAGS),
        TURNS,
    ]:
        kind = schema.type_map.get(owner)
        if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) or name not in kind.fields:
            raise TypeError(f"there is no field {owner}.{name}")


def plan_of(schema: GraphQLSchema, text: str, operation_name: str | None) -> Plan:
    """The plan of an operation in the text of a document; whoever cannot be read passes."""
    try:
        document = parse(text)
    except (GraphQLError, RecursionError):
        return PASSED
    operations = [
        each
        for each in document.definitions
        if isinstance(each, OperationDefinitionNode)
        and (operation_name is None or (each.name is not None and each.name.value == operation_name))
    ]
    if len(operations) != 1:
        return PASSED
    (operation,) = operations
    if operation.operation is OperationType.MUTATION:
        return Plan(kind=Kind.WRITES)
    if operation.operation is not OperationType.QUERY or schema.query_type is None:
        return PASSED
    return _query_plan(schema, schema.query_type, document, operation)


def _query_plan(
    schema: GraphQLSchema, root: GraphQLObjectType, document: DocumentNode, operation: OperationDefinitionNode
) -> Plan:
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    prepared = Prepared(document=document, operation=operation, fragments=fragments)
    tags: set[str] = set()
    turns = False
    for place, kept in _fields(schema, root, operation.selection_set, fragments, set()):
        if not kept:
            return Plan(kind=Kind.PASSED, prepared=prepared)
        turns = turns or place == ".".join(TURNS)
        if place in TAGS:
            tags.add(TAGS[place])
    name = operation.name.value if operation.name else ""
    said = "\0".join([name, *map(print_ast, document.definitions)])
    return Plan(
        kind=Kind.KEPT,
        digest=hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest(),
        tags=frozenset(tags),
        turns=turns,
        prepared=prepared,
    )


def _fields(
    schema: GraphQLSchema,
    kind: GraphQLCompositeType,
    selected: SelectionSetNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    seen: set[tuple[str, str, bool]],
    alone: bool = True,
) -> Iterator[tuple[str, bool]]:
    """Each selected field as `Type.field`, and whether a kept answer may have it. Directives are not looked at.

    `alone`: nothing above could have been of another type.
    """
    alone = alone and isinstance(kind, GraphQLObjectType)
    for node in selected.selections:
        if isinstance(node, FieldNode):
            name = node.name.value
            if name == "__typename":
                continue
            yield f"{kind.name}.{name}", name in KEPT.get(kind.name, ()) or (alone and (kind.name, name) == TURNS)
            field: Any = getattr(kind, "fields", {}).get(name)
            inner = get_named_type(field.type) if field is not None else None
            if node.selection_set is not None and is_composite_type(inner):
                yield from _fields(schema, inner, node.selection_set, fragments, seen, alone)
            continue
        part: FragmentDefinitionNode | InlineFragmentNode | None = None
        if isinstance(node, InlineFragmentNode):
            part = node
        elif isinstance(node, FragmentSpreadNode) and (kind.name, node.name.value, alone) not in seen:
            # one fragment says the same of one type wherever it is spread
            seen.add((kind.name, node.name.value, alone))
            part = fragments.get(node.name.value)
        if part is not None:
            narrowed = schema.get_type(part.type_condition.name.value) if part.type_condition else kind
            inside = narrowed if is_composite_type(narrowed) else kind
            yield from _fields(schema, inside, part.selection_set, fragments, seen, alone)
