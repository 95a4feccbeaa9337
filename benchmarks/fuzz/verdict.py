"""What an answer shows: whether the server failed, and whether anything over its limits was let through.

The limits are counted here anew, on the text and on what came back, and not by the code that enforces them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Lexer,
    OperationDefinitionNode,
    SelectionSetNode,
    Source,
    TokenKind,
    parse,
)

from benchmarks.fuzz.operation import Operation
from creatorgraph.graphql.limit import MAX_ALIASES, MAX_DEPTH, MAX_FIRST, MAX_TOKENS


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`outcome` is `answered`, `partly`, or the code of the first error; `faults` is empty where all is well."""

    outcome: str
    faults: tuple[str, ...]


def judge(operation: Operation, status: int, answer: Any) -> Verdict:
    """`answer` is the decoded body, None where it was no JSON."""
    if status != 200:
        failed = status >= 500 or status < 400
        return Verdict(outcome=f"status {status}", faults=(f"status {status}",) if failed else ())
    if not isinstance(answer, dict):
        return Verdict(outcome="no JSON", faults=("the answer is no JSON object",))
    errors = answer.get("errors") or []
    codes = [(each.get("extensions") or {}).get("code") for each in errors]
    faults = [f"an error without a code: {each['message'][:80]}" for each in errors if not _code(each)]
    faults += [f"internal error at {each.get('path')}" for each in errors if _code(each) == "internal"]
    data = answer.get("data")
    if data is not None:
        faults += _over(operation, answer)
    outcome = "partly" if errors and data is not None else str(codes[0]) if errors else "answered"
    return Verdict(outcome=outcome, faults=tuple(faults))


def _code(error: Mapping[str, Any]) -> str | None:
    return (error.get("extensions") or {}).get("code")


def _over(operation: Operation, answer: Mapping[str, Any]) -> Iterator[str]:
    """The limits that an executed operation is over."""
    document = parse(operation.text)
    if (tokens := _tokens(operation.text)) > MAX_TOKENS:
        yield f"{tokens} tokens"
    if (
        aliases := sum(isinstance(each, FieldNode) and each.alias is not None for each in _nodes(document))
    ) > MAX_ALIASES:
        yield f"{aliases} aliases"
    if (depth := _depth(document)) > MAX_DEPTH:
        yield f"depth {depth}"
    cost = (answer.get("extensions") or {}).get("cost")
    if not cost or cost["requested"] > cost["limit"]:
        yield f"cost {cost}"
    edges = [len(each) for each in _edges(answer["data"])]
    if edges and max(edges) > MAX_FIRST:
        yield f"a page of {max(edges)}"
    if cost and sum(edges) > cost["requested"]:
        yield f"{sum(edges)} edges for a cost of {cost['requested']}"


def _tokens(text: str) -> int:
    lexer, count = Lexer(Source(text)), 0
    while lexer.advance().kind is not TokenKind.EOF:
        count += 1
    return count


def _nodes(document: DocumentNode) -> Iterator[object]:
    open_: list[Any] = [each.selection_set for each in document.definitions if hasattr(each, "selection_set")]
    while open_:
        for node in open_.pop().selections:
            yield node
            if getattr(node, "selection_set", None):
                open_.append(node.selection_set)


def _depth(document: DocumentNode) -> int:
    """Nested fields of the deepest operation, fragments written out; what the root's own fields are is depth 0."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}

    def of(selected: SelectionSetNode | None) -> int:
        deepest = 0
        for each in selected.selections if selected else ():
            if isinstance(each, FragmentSpreadNode):
                deepest = max(deepest, of(fragments[each.name.value].selection_set))
            else:
                below = getattr(each, "selection_set", None)
                deepest = max(deepest, of(below) + isinstance(each, FieldNode))
        return deepest

    return max(of(each.selection_set) for each in document.definitions if isinstance(each, OperationDefinitionNode)) - 1


def _edges(data: Any) -> Iterator[list[Any]]:
    if isinstance(data, dict):
        for key, each in data.items():
            if key == "edges" and isinstance(each, list):
                yield each
            yield from _edges(each)
    elif isinstance(data, list):
        for each in data:
            yield from _edges(each)
