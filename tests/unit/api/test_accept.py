"""Who gets events, who JSON, and who gzip."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from creatorgraph.api.accept import Compression, Events, media_ranges
from creatorgraph.api.rest.representation import JSON, represented


@pytest.mark.parametrize(
    ("accept", "events"),
    [
        ("text/event-stream", True),
        ("text/event-stream, multipart/mixed", True),
        ("Text/Event-Stream;q=0.5", True),
        ("application/json;q=0.5, text/event-stream", True),
        ("application/json, text/event-stream", False),
        ("application/graphql-response+json, application/json, text/event-stream, multipart/mixed", False),
        ("text/event-stream, application/json", False),
        ("text/event-stream;q=0", False),
        ("application/json", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_events_are_for_those_who_like_them_best(accept: str, events: bool) -> None:
    assert Events().accepts(accept) is events


def test_ranges_have_their_quality() -> None:
    assert media_ranges("a/b;q=0.5, */*; q=x ,c/d;q=7,") == [("a/b", 0.5), ("*/*", 0.0), ("c/d", 1.0)]


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("gzip", "gzip"),
        ("br, gzip;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0, identity", None),
        ("gzip; q=0.0", None),
        ("x-gzip", None),
        ("identity", None),
    ],
)
def test_whoever_refuses_gzip_gets_none_and_each_coding_has_its_tag(accept: str, coding: str | None) -> None:
    async def tagged(request: Request) -> Response:
        return represented(request, b"x" * 5000, JSON, version="7")

    async def plain(_: Request) -> Response:
        return Response(b"x" * 5000, media_type=JSON)

    app = Starlette(routes=[Route("/tagged", tagged), Route("/plain", plain)])
    app.add_middleware(Compression, minimum_size=1024)
    client = TestClient(app)
    tags = {each: client.get("/tagged", headers={"accept-encoding": each}).headers["etag"] for each in ("gzip", "br")}
    for place in ("/tagged", "/plain"):
        answer = client.get(place, headers={"accept-encoding": accept})
        assert answer.headers.get("content-encoding") == coding
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert answer.content == b"x" * 5000
    assert (
        client.get("/tagged", headers={"accept-encoding": accept}).headers["etag"] == tags["gzip" if coding else "br"]
    )
