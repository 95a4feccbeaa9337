from typing import Any

import pytest
from graphql import GraphQLError, parse

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.graphql.limit import (
    MAX_NESTING,
    MAX_ROWS,
    check_rows,
    expanded_fields,
    nested_deeply,
    page_size,
    usable,
)


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ("{ a b { c } }", 3),
        ("{ ... { a } ... on T { b } }", 2),
        ("{ ...f ...f } fragment f on T { a b }", 4),
        ("query a { x } query b { y z }", 3),
        ("fragment f on T { a }", 0),
    ],
)
def test_fields_are_counted_with_fragments_written_out(document: str, count: int) -> None:
    assert expanded_fields(parse(document)) == count


def test_doubling_fragments_are_counted_at_once() -> None:
    chain = " ".join(f"fragment f{n} on T {{ ...f{n + 1} ...f{n + 1} }}" for n in range(60))
    assert expanded_fields(parse(f"{{ ...f0 }} {chain} fragment f60 on T {{ a }}")) == 2**60


def test_fragments_that_are_not_there_are_refused() -> None:
    with pytest.raises(GraphQLError, match="Unknown fragment 'missing'"):
        expanded_fields(parse("{ ...f } fragment f on T { ...missing }"))


@pytest.mark.parametrize("document", ["{}", "{ a { b {} } }", "{ ...f } fragment f on T {}", "{ ... on T {} }"])
def test_empty_selections_are_refused(document: str) -> None:
    with pytest.raises(GraphQLError, match="selection is empty"):
        expanded_fields(parse(document))


def test_circles_are_refused() -> None:
    with pytest.raises(GraphQLError, match="circle"):
        expanded_fields(parse("{ ...f } fragment f on T { ...g } fragment g on T { ...f }"))


def test_page_sizes_and_rows() -> None:
    assert [page_size(1), page_size(100), page_size(6, most=6)] == [1, 100, 6]
    for first in (0, 101, -5):
        with pytest.raises(InvalidInputError, match="out of range"):
            page_size(first)
    check_rows(MAX_ROWS)
    with pytest.raises(InvalidInputError, match="smaller pages"):
        check_rows(MAX_ROWS + 1)


def test_texts() -> None:
    assert usable("né 😀\n")
    assert not any(map(usable, ("a\x00", "\ud83d", "a" * 1001)))


def test_nesting_is_counted_however_deep_it_goes() -> None:
    for wrapped in (lambda inner: [inner], lambda inner: {"a": inner}):
        value: Any = []
        for _ in range(MAX_NESTING - 1):
            value = wrapped(value)
        assert not nested_deeply(value)
        for _ in range(100_000):
            value = wrapped(value)
        assert nested_deeply(value)
        # a value this deep is taken apart level by level: Python would go down it in one
        while isinstance(value, list | dict) and value:
            value = value[0] if isinstance(value, list) else value["a"]
    assert not nested_deeply(None)
