"""Scalars of our own. `DateTime` is Strawberry's: ISO 8601 with an offset, always UTC here."""

from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

BigInt = NewType("BigInt", int)

_LARGEST = 2**63 - 1


def _parse(value: object) -> BigInt:
    if isinstance(value, str) and value.removeprefix("-").isascii() and value.removeprefix("-").isdecimal():
        # a longer text is out of range anyway, and costly to read
        value = int(value) if len(value) <= 20 else _LARGEST + 1
    if isinstance(value, bool) or not isinstance(value, int):
        raise GraphQLError("BigInt takes a whole number.")
    if abs(value) > _LARGEST:
        raise GraphQLError("BigInt takes numbers of at most 64 bits.")
    return BigInt(value)


BIG_INT: ScalarDefinition = strawberry.scalar(
    name="BigInt",
    description="A whole number of up to 64 bits, written as a JSON number. As input a string of digits is taken too.",
    serialize=int,
    parse_value=_parse,
)
