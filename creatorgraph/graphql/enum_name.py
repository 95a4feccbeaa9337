"""The names of enum values in answers, by a table."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from graphql import GraphQLEnumType, GraphQLSchema


def tabulate(schema: GraphQLSchema) -> None:
    """Gives each enum of a schema that was just built a table of its names: Strawberry compares what is told with one value after
    the other, and of platforms there are dozens."""
    for kind in schema.type_map.values():
        enum = getattr(kind, "wrapped_cls", None)
        if isinstance(kind, GraphQLEnumType) and isinstance(enum, type) and issubclass(enum, Enum):
            names = {enum(value.value): name for name, value in kind.values.items()}
            kind.__dict__["coerce_output_value"] = _by(names, kind.coerce_output_value)


def _by(names: dict[Enum, str], otherwise: Callable[[Any], str]) -> Callable[[Any], str]:
    def told(value: Any) -> str:
        return (names.get(value) if isinstance(value, Enum) else None) or otherwise(value)

    return told
