from dataclasses import dataclass
from enum import StrEnum

import pytest
import strawberry
from strawberry.permission import BasePermission
from strawberry.schema.config import StrawberryConfig

from creatorgraph.graphql.schema import build_schema
from creatorgraph.graphql.shortcut import shorten


@strawberry.enum
class Metal(StrEnum):
    TIN = "tin"
    OLD_GOLD = "gold"


@dataclass
class Other:
    """Stands in for what only looks like the type."""

    first_metal: Metal | str
    metals: list[Metal]


class Refused(BasePermission):
    message = "not you"

    def has_permission(self, *_: object, **__: object) -> bool:
        return False


@strawberry.type
class Query:
    first_metal: Metal
    metals: list[Metal]
    hidden: str | None = strawberry.field(permission_classes=[Refused], default="secret")

    @strawberry.field
    def resolved(self) -> str:
        return "by its resolver"


DOCUMENT = "{ firstMetal metals resolved }"


def test_answers_are_those_without_shortcuts() -> None:
    plain, short = strawberry.Schema(Query), strawberry.Schema(Query)
    shorten(short._schema)
    root = Query(first_metal=Metal.OLD_GOLD, metals=list(Metal))
    answer = short.execute_sync(DOCUMENT, root_value=root)
    assert answer.data == {"firstMetal": "OLD_GOLD", "metals": ["TIN", "OLD_GOLD"], "resolved": "by its resolver"}
    assert plain.execute_sync(DOCUMENT, root_value=root).data == answer.data


def test_permissions_are_asked_as_before() -> None:
    schema = strawberry.Schema(Query)
    shorten(schema._schema)
    answer = schema.execute_sync("{ hidden }", root_value=Query(first_metal=Metal.TIN, metals=[]))
    assert answer.data == {"hidden": None}
    assert [error.message for error in answer.errors or ()] == ["not you"]


def test_what_no_enum_has_is_refused_as_before() -> None:
    schema = strawberry.Schema(Query)
    shorten(schema._schema)
    errors = schema.execute_sync("{ firstMetal }", root_value=Other(first_metal="lead", metals=[])).errors or []
    assert ["Metal" in error.message for error in errors] == [True]


def test_a_schema_that_reads_otherwise_goes_on_doing_so() -> None:
    schema = strawberry.Schema(Query, config=StrawberryConfig(default_resolver=lambda source, name: source[name]))
    shorten(schema._schema)
    answer = schema.execute_sync("{ firstMetal }", root_value={"first_metal": Metal.TIN})
    assert answer.data == {"firstMetal": "TIN"}


@pytest.mark.parametrize(("owner", "name"), [("RankPart", "weight"), ("Creator", "platforms")])
def test_ours_is_shortened(owner: str, name: str) -> None:
    field = build_schema()._schema.type_map[owner].fields[name]  # type: ignore[attr-defined]
    assert field.resolve(type("Source", (), {name: 7})(), None) == 7
    assert not hasattr(field.resolve, "_is_default")
