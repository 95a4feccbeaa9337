"""The names that nodes have in Neo4j. Labels and relationship types in queries come from here and from EdgeKind alone."""

from creatorgraph.graph.element import EdgeKind, NodeKind
from creatorgraph.graph.stored import ENDS

LABELS = {NodeKind.PROFILE: "Profile", NodeKind.IDENTIFIER: "Identifier", NodeKind.CREATOR: "Creator"}
KINDS = {label: kind for kind, label in LABELS.items()}


def with_label(query: str, kind: NodeKind) -> str:
    """Fills in `<LABEL>`: Cypher has no parameter that an index lookup by label could use."""
    return query.replace("<LABEL>", LABELS[kind])


def with_edge(query: str, kind: EdgeKind) -> str:
    """Fills in `<SOURCE>`, `<TYPE>` and `<TARGET>`."""
    source, target = ENDS[kind]
    return query.replace("<SOURCE>", LABELS[source]).replace("<TYPE>", kind.value).replace("<TARGET>", LABELS[target])
