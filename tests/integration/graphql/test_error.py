"""What a client may not ask for, and what it sees when something breaks."""

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from creatorgraph.services.engines import Engines
from creatorgraph.store.database import Database

Ask = Callable[..., Awaitable[dict[str, Any]]]


def codes(result: dict[str, Any]) -> set[str]:
    return {error["extensions"]["code"] for error in result["errors"]}


@pytest.mark.parametrize("first", [0, -1, 101, 1_000_000])
async def test_page_sizes_are_bounded(ask: Ask, first: int) -> None:
    result = await ask("query ($n: Int!) { creators(first: $n) { edges { cursor } } }", n=first)
    assert codes(result) == {"invalid_input"}
    assert "Ask for 1 to 100" in result["errors"][0]["message"]


async def test_page_sizes_are_mandatory_at_the_root(ask: Ask) -> None:
    result = await ask("{ creators { edges { cursor } } }")
    assert codes(result) == {"bad_request"}
    assert "first" in result["errors"][0]["message"]


async def test_nested_pages_multiply(ask: Ask) -> None:
    nested = "profiles(first: 100) { edges { node { links(first: 100) { edges { cursor } } } } }"
    result = await ask(f"{{ creators(first: 60) {{ edges {{ node {{ {nested} }} }} }} }}")
    # before anything runs: every profile could have a hundred links
    assert codes(result) == {"too_costly"}
    assert result["data"] is None
    nested = "profiles(first: 10) { edges { node { links(first: 10) { edges { cursor } } } } }"
    result = await ask(f"{{ creators(first: 60) {{ edges {{ node {{ {nested} }} }} }} }}")
    assert result["errors"] == []


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "eyJhIjoxfQ", "WyJldmVudCIsMV0", "W10", "MQ", "é", "WyJjcmVhdG9yLWZvbGxvd2Vycy1kZXNjIiwxLCJub3QgYSB1dWlkIl0",
     "WyJjcmVhdG9yLWZvbGxvd2Vycy1kZXNjIiwxZTk5OTksIngiXQ", "WyJjcmVhdG9yLWZvbGxvd2Vycy1kZXNjIiwxXQ"],
)  # fmt: skip
async def test_tampered_cursors_are_refused(ask: Ask, cursor: str) -> None:
    result = await ask("query ($c: String) { creators(first: 1, after: $c) { edges { cursor } } }", c=cursor)
    assert codes(result) == {"invalid_input"}
    assert result["errors"][0]["message"].startswith("after: this cursor does not belong to this list")


async def test_a_cursor_of_another_order_is_refused(ask: Ask) -> None:
    found = await ask("{ creators(first: 1) { pageInfo { endCursor } } }")
    cursor = found["data"]["creators"]["pageInfo"]["endCursor"]
    by_name = "query ($c: String) { creators(first: 1, after: $c, orderBy: {field: NAME}) { edges { cursor } } }"
    assert codes(await ask(by_name, c=cursor)) == {"invalid_input"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("{ creators(first: 1) { edges { node " + "{ primaryProfile { creator " * 25 + "{ id }" + "}} " * 25 + "}}}", "depth"),
        ("{ " + " ".join(f"a{n}: stats {{ links }}" for n in range(31)) + " }", "aliases"),
        ("{ " + "stats { links } " * 1000 + "}", "Syntax Error"),
        ("{ " + "a " * 1500 + "}", "more than 1000 fields"),
        ("query { ...f0 } " + " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40))
         + " fragment f40 on Query { stats { links } }", "more than 1000 fields"),
        ("query { ...a } fragment a on Query { ...b ...b } fragment b on Query { ...a ...a }", "circle"),
        ('{ profile(platform: X, username: "a\\u0000b") { id } }', "NUL"),
        ('{ profile(platform: X, username: "' + "a" * 1001 + '") { id } }', "longer than"),
        ("{ stats { nothing } }", "Cannot query field"),
        ("{ ...f } fragment f on Query { ...missing }", "Unknown fragment"),
        ("{ stats {} }", "selection is empty"),
        ("subscription { creatorChanged { kind } }", "text/event-stream"),
        ("{ a " * 990, "nested too deeply"),
    ],
)  # fmt: skip
async def test_documents_that_ask_too_much_are_refused_before_execution(ask: Ask, query: str, said: str) -> None:
    result = await ask(query)
    assert result["data"] is None
    assert codes(result) == {"bad_request"}
    assert any(said in error["message"] for error in result["errors"])


@pytest.mark.parametrize("depth", [50, 900, 100_000])
async def test_deeply_nested_lists_in_variables_are_refused(ask: Ask, depth: int) -> None:
    nested: object = "x"
    for _ in range(depth):
        nested = [nested]
    result = await ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=nested)
    assert codes(result) == {"bad_request"}
    assert result["data"] is None


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "a" * 1001])
async def test_variables_that_no_resolver_could_use_are_refused(ask: Ask, text: str) -> None:
    filtered = "query ($f: CreatorFilter) { creators(first: 1, filter: $f) { edges { cursor } } }"
    assert codes(await ask(filtered, f={"category": text})) == {"invalid_input"}


@pytest.mark.parametrize("value", [2**63, "9" * 30, "1.5", 1.5, True, "٣"])
async def test_numbers_beyond_64_bits_are_refused(ask: Ask, value: object) -> None:
    filtered = "query ($f: CreatorFilter) { creators(first: 1, filter: $f) { edges { cursor } } }"
    assert codes(await ask(filtered, f={"minFollowers": value})) == {"bad_request"}


async def test_unexpected_errors_show_only_the_id_of_the_log_entry(
    ask: Ask, engines: Engines, caplog: pytest.LogCaptureFixture
) -> None:
    value = "".join(("plu", "ms"))  # in two parts, as the traceback quotes this file

    def broken() -> Any:
        raise RuntimeError(value)

    with caplog.at_level(logging.ERROR):
        result = await ask(
            '{ search(query: "bread", first: 1) { edges { cursor } } stats { creators } }',
            over=replace(engines, profile_index=broken),
        )
    assert result["data"] == {"search": None, "stats": {"creators": 60}}
    error = result["errors"][0]
    assert re.fullmatch(r"internal error [0-9a-f]{16}", error["message"])
    assert error["extensions"]["code"] == "internal"
    assert error["extensions"]["id"] in caplog.text
    assert "RuntimeError" in caplog.text
    assert value not in caplog.text
    assert value not in str(result)


async def test_without_postgresql_the_error_says_so(ask: Ask, engines: Engines) -> None:
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    result = await ask("{ stats { creators } }", over=replace(engines, database=nowhere))
    await nowhere.aclose()
    assert codes(result) == {"unavailable"}
    assert "creatorgraph doctor" in result["errors"][0]["message"]


async def test_production_does_not_tell_its_types(engines: Engines) -> None:
    from creatorgraph.graphql.context import Context
    from creatorgraph.graphql.schema import build_schema

    schema = build_schema(introspection=False)
    for query in ("{ __schema { types { name } } }", '{ __type(name: "Creator") { name } }', "{ stast { creators } }"):
        result = await schema.execute(query, context_value=Context(engines))
        assert result.errors
        assert "stats" not in str(result.errors)
    assert (
        await build_schema().execute("{ __schema { queryType { name } } }", context_value=Context(engines))
    ).errors is None
