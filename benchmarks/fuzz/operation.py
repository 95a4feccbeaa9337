"""Operations made from the schema object: most of them valid, the others over one limit or torn."""

import random
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    OperationType,
    get_named_type,
    is_composite_type,
    is_required_argument,
)

from benchmarks.fuzz.value import Known, Values, plain, written

MANNERS = ("valid",) * 12 + ("deep", "aliases", "tokens", "circle", "pages", "costly", "torn", "torn", "odd", "odd")
"""How operations come about, by their shares."""
_BREADTH = 4
_COSTLY = (
    "creators(first: 100) {{ edges {{ node {{ profiles(first: {first}) {{ edges {{ node {{ links(first: 50) "
    "{{ edges {{ node {{ probability }} }} }} }} }} }} }} }} }}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`kind` is query, mutation or subscription; `fields` are those of the root that it asks for."""

    manner: str
    kind: str
    text: str
    variables: dict[str, Any]
    fields: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    declared: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)


class Operations:
    """An endless supply, the same for the same seed."""

    def __init__(self, schema: GraphQLSchema, known: Known, *, seed: int, kinds: tuple[str, ...] = ("query",)) -> None:
        self._schema = schema
        self._random = random.Random(seed)
        self._values = Values(known, self._random)
        self._kinds = kinds

    def one(self) -> Operation:
        manner = self._random.choice(MANNERS)
        kind = self._random.choice(self._kinds)
        root = self._schema.get_root_type(OperationType(kind))
        assert root is not None
        draft, depth = _Draft(), 14 if manner == "deep" else self._random.randint(2, 8)
        names = self._chosen(root, 1 if kind == "subscription" else self._random.randint(1, 3))
        body = " ".join(self._field(root, name, depth, draft, manner) for name in names)
        if manner == "aliases":
            body += " " + " ".join(f"again{n}: __typename" for n in range(self._random.randint(25, 60)))
        if manner == "tokens":
            body += " __typename" * self._random.randint(1500, 3000)
        if manner == "costly" and kind == "query":
            body = _COSTLY.format(first=self._random.randint(10, 100))
            names = ["creators"]
        if manner == "circle":
            body += " ...one"
            draft.fragments += [
                f"fragment one on {root.name} {{ __typename ...two ...two }}",
                f"fragment two on {root.name} {{ __typename ...{self._random.choice(('one', 'two'))} }}",
            ]
        declared = f"({', '.join(draft.declared)})" if draft.declared else ""
        text = f"{kind} Made{declared} {{ {body} }} {' '.join(draft.fragments)}"
        return Operation(
            manner=manner,
            kind=kind,
            text=self._torn(text) if manner == "torn" else text,
            variables=draft.variables,
            fields=tuple(names),
        )

    def _field(self, kind: GraphQLNamedType, name: str, depth: int, draft: _Draft, manner: str) -> str:
        assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        found = kind.fields[name]
        inner = get_named_type(found.type)
        asked = f"{name}{self._arguments(found, draft, manner)}"
        if not is_composite_type(inner):
            return asked
        return f"{asked} {{ {self._selection(inner, depth - 1, draft, manner)} }}"

    def _selection(self, kind: GraphQLNamedType, depth: int, draft: _Draft, manner: str) -> str:
        if isinstance(kind, GraphQLUnionType) or (
            isinstance(kind, GraphQLInterfaceType) and self._random.random() < 0.7
        ):
            possible = self._schema.get_possible_types(kind)
            some = self._random.sample(list(possible), k=min(2, len(possible)))
            parts = [f"... on {each.name} {{ {self._selection(each, depth, draft, manner)} }}" for each in some]
            return " ".join(["__typename", *parts])
        assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        most = 1 if manner == "deep" else self._random.randint(1, _BREADTH)
        names = self._chosen(kind, most, deeper=depth > 0, only=manner == "deep")
        if depth <= 0:
            names = [each for each in names if not is_composite_type(get_named_type(kind.fields[each].type))]
        body = " ".join(["__typename", *(self._field(kind, each, depth, draft, manner) for each in names)])
        match self._random.random():
            case share if share < 0.05:
                draft.fragments.append(f"fragment part{len(draft.fragments)} on {kind.name} {{ {body} }}")
                return f"...part{len(draft.fragments) - 1}"
            case share if share < 0.1:
                return f"... @include(if: {self._random.choice(('true', 'false'))}) {{ {body} }}"
            case _:
                return body

    def _chosen(
        self, kind: GraphQLObjectType | GraphQLInterfaceType, most: int, *, deeper: bool = True, only: bool = False
    ) -> list[str]:
        """Names of fields; `deeper` lets fields in that have fields, `only` takes one of those where there is one."""
        inner = {name: is_composite_type(get_named_type(each.type)) for name, each in kind.fields.items()}
        names = sorted(name for name, composite in inner.items() if deeper or not composite)
        if only and (composites := [name for name in names if inner[name]]):
            names = composites
        return self._random.sample(names, k=min(most, len(names)))

    def _arguments(self, found: GraphQLField, draft: _Draft, manner: str) -> str:
        given = []
        for name, argument in sorted(found.args.items()):
            if not is_required_argument(argument) and self._random.random() > 0.4:
                continue
            odd = {"odd": 0.6, "pages": 0.2}.get(manner, 0.02)
            value = self._values.of(argument.type, name, odd=odd)
            if manner == "pages" and name == "first":
                value = self._random.choice((100, 1_000_000, -5))
            if self._random.random() < 0.3:
                variable = f"v{len(draft.variables)}"
                draft.declared.append(f"${variable}: {argument.type}")
                draft.variables[variable] = plain(value)
                given.append(f"{name}: ${variable}")
            else:
                given.append(f"{name}: {written(value)}")
        return f"({', '.join(given)})" if given else ""

    def _torn(self, text: str) -> str:
        begin = self._random.randrange(len(text))
        end = min(len(text), begin + self._random.randint(1, 12))
        return (
            text[:begin] + self._random.choice(("", "{", "}", "...", "$", '"', "@x", text[begin:end] * 2)) + text[end:]
        )
