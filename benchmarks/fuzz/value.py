"""Values for arguments: fitting ones, mostly of what is stored, and such as nobody should send."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
)

_WORDS = ("bread", "music", "maker", "lyon", "photo", "a b", "Zoë", "日本", "")
_ODD_TEXTS = (
    "\x00",
    "a" * 1001,
    "%",
    "_",
    "'; DROP TABLE creator; --",
    "\u202e",
    "{{7*7}}",
    "\\",
    '"',
    "\U0001f600" * 50,
)
_ODD_NUMBERS = (0, -1, 101, 1_000_000, 2**31 - 1, -(2**31))
_DEEPEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is stored, by what it answers for: ids by type name, cursors, texts."""

    ids: Mapping[str, Sequence[str]]
    cursors: Sequence[str]
    texts: Sequence[str]


class Name(str):
    """The name of an enum's value, which is written without quotes."""

    __slots__ = ()


class Values:
    """Values as JSON, enums as `Name`s."""

    def __init__(self, known: Known, random_: random.Random) -> None:
        self._known = known
        self._random = random_

    def of(self, kind: GraphQLInputType, name: str, *, odd: float, depth: int = 0) -> Any:
        """A value for an argument or field of that name; `odd` is the share of such as nobody should send."""
        if isinstance(kind, GraphQLNonNull):
            return self.of(kind.of_type, name, odd=odd, depth=depth)
        if isinstance(kind, GraphQLList):
            many = self._random.choice((0, 1, 2, 3, 101 if self._random.random() < odd else 2))
            return [self.of(kind.of_type, name, odd=odd, depth=depth + 1) for _ in range(many)]
        if isinstance(kind, GraphQLEnumType):
            return Name(self._random.choice(sorted(kind.values)))
        if isinstance(kind, GraphQLInputObjectType):
            return {
                key: self.of(field.type, key, odd=odd, depth=depth + 1)
                for key, field in sorted(kind.fields.items())
                if isinstance(field.type, GraphQLNonNull) or (depth < _DEEPEST and self._random.random() < 0.3)
            }
        return self._scalar(kind, name, odd=self._random.random() < odd)

    def _scalar(self, kind: GraphQLScalarType, name: str, *, odd: bool) -> Any:
        pick = self._random
        match kind.name:
            case "Int":
                return pick.choice(_ODD_NUMBERS) if odd else pick.randint(1, 12)
            case "BigInt":
                return pick.choice((2**62, -(2**62), 0)) if odd else pick.randint(0, 100_000)
            case "Float":
                return pick.choice((-1.0, 1e308, 0.0)) if odd else pick.random()
            case "Boolean":
                return pick.random() < 0.5
            case "ID":
                return self._id(odd=odd)
            case _ if name == "after":
                return self._cursor(odd=odd)
            case "DateTime":
                return "yesterday" if odd else "2026-01-02T03:04:05+00:00"
            case _:
                return pick.choice(_ODD_TEXTS) if odd else pick.choice((*_WORDS, *self._known.texts))

    def _id(self, *, odd: bool) -> str:
        chosen = self._random.choice([each for ids in self._known.ids.values() for each in ids] or [""])
        return self._changed(chosen) if odd else chosen

    def _cursor(self, *, odd: bool) -> str:
        chosen = self._random.choice(list(self._known.cursors) or [""])
        return self._changed(chosen) if odd else chosen

    def _changed(self, text: str) -> str:
        place = self._random.randrange(len(text) + 1)
        return text[:place] + self._random.choice(("", "A", "=", "é", "\x00")) + text[place + 1 :]


def written(value: Any) -> str:
    """The value as a GraphQL literal."""
    if isinstance(value, Name):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return orjson.dumps(value).decode()


def plain(value: Any) -> Any:
    """The value as it goes in variables."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, Name) else value
