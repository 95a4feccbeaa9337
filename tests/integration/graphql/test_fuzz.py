"""A few hundred generated operations; `make fuzz` sends twenty thousand, with stewards who change things."""

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import queries
from starlette.testclient import TestClient

from benchmarks.fuzz.operation import MANNERS, Operation
from benchmarks.fuzz.run import Caller, fuzz
from benchmarks.fuzz.verdict import judge
from creatorgraph.api.app import create_app
from creatorgraph.graphql.schema import sdl
from creatorgraph.services.engines import Engines

COUNT = 300


async def test_generated_operations_break_nothing_and_get_no_more_than_the_limits(engines: Engines) -> None:
    kinds = ("query", "query", "query", "mutation", "subscription")
    summary = await fuzz(engines, count=COUNT, seed=20261122, callers=[Caller(name="nobody", kinds=kinds)])
    await engines.database.aclose()
    assert summary.faults == []
    assert summary.sent == COUNT
    outcomes = {outcome for _, outcome in summary.outcomes}
    assert {"answered", "bad_request", "too_costly", "not_allowed"} <= outcomes
    assert {manner for manner, _ in summary.manners} == set(MANNERS)
    assert len(summary.asked) >= 8


def test_what_is_valid_by_the_schema_is_answered_or_refused_with_a_code(engines: Engines) -> None:
    with TestClient(create_app(engines), base_url="http://localhost", raise_server_exceptions=False) as client:

        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(
            text=queries(sdl(), custom_scalars={"BigInt": st.just(1).map(_int), "DateTime": st.just("x").map(_text)})
        )
        def send(text: str) -> None:
            answer: httpx.Response = client.post("/graphql", json={"query": text})  # type: ignore[assignment]
            made = Operation(manner="valid", kind="query", text=text, variables={}, fields=())
            assert judge(made, answer.status_code, answer.json()).faults == ()

        send()


@pytest.mark.parametrize(
    ("text", "answer", "said"),
    [
        ("{ a }", {"data": None, "errors": [{"message": "x"}]}, "without a code"),
        ("{ a }", {"data": None, "errors": [{"message": "x", "extensions": {"code": "internal"}}]}, "internal"),
        ("{ a }", {"data": {}}, "cost None"),
        ("{ a }", {"data": {}, "extensions": {"cost": {"requested": 2, "limit": 1}}}, "cost"),
        (
            "{" + "a {" * 14 + "b" + "}" * 15,
            {"data": {}, "extensions": {"cost": {"requested": 1, "limit": 1}}},
            "depth 14",
        ),
        (
            "{ a }",
            {"data": {"a": {"edges": [1] * 101}}, "extensions": {"cost": {"requested": 200, "limit": 500}}},
            "101",
        ),
        (
            "{ a }",
            {"data": {"a": {"edges": [1] * 5}}, "extensions": {"cost": {"requested": 4, "limit": 500}}},
            "5 edges",
        ),
    ],
)
def test_the_judge_sees_what_is_wrong(text: str, answer: dict[str, Any], said: str) -> None:
    made = Operation(manner="valid", kind="query", text=text, variables={}, fields=())
    assert any(said in fault for fault in judge(made, 200, answer).faults)
    assert judge(made, 502, None).faults


def _int(value: int) -> Any:
    from hypothesis_graphql import nodes

    return nodes.Int(value)


def _text(value: str) -> Any:
    from hypothesis_graphql import nodes

    return nodes.String(value)
