"""Shortcuts through a schema: what Strawberry finds out anew for each value of an answer is found out once.

A page of search hits has some three hundred values.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

from graphql import GraphQLEnumType, GraphQLObjectType, GraphQLSchema
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

_PLAIN = "_get_basic_result"
"""What Strawberry calls the resolver of a field that has neither one of its own nor permissions, extensions or handlers."""


def shorten(schema: GraphQLSchema) -> None:
    """Gives each enum of a schema that was just built a table of its names (Strawberry compares a value with one after the other,
    and of platforms there are dozens), and lets fields without a resolver read their attribute.

    Comes before whatever is put around resolvers.
    """
    for kind in schema.type_map.values():
        enum = getattr(kind, "wrapped_cls", None)
        if isinstance(kind, GraphQLEnumType) and isinstance(enum, type) and issubclass(enum, Enum):
            names = {enum(value.value): name for name, value in kind.values.items()}
            kind.__dict__["coerce_output_value"] = _by(names, kind.coerce_output_value)
        elif isinstance(kind, GraphQLObjectType):
            for field in kind.fields.values():
                made: StrawberryField | None = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
                plain = getattr(field.resolve, "__name__", None) == _PLAIN
                if plain and made is not None and made.default_resolver is getattr:
                    field.resolve = _attribute(made.python_name)


def _by(names: dict[Enum, str], otherwise: Callable[[Any], str]) -> Callable[[Any], str]:
    def told(value: Any) -> str:
        return (names.get(value) if isinstance(value, Enum) else None) or otherwise(value)

    return told


def _attribute(name: str) -> Callable[[Any, Any], Any]:
    def read(source: Any, _info: Any) -> Any:
        return getattr(source, name)

    return read
