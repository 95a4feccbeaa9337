"""Which form a client gets, and when it has it already."""

import gzip

import pytest
from starlette.requests import Request

from creatorgraph.api.rest.problem import NotAcceptableError
from creatorgraph.api.rest.representation import JSON, JSON_LD, form_of, represented

LONG = b'{"a": "' + b"x" * 2000 + b'"}'


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/ld+json", JSON_LD),
        ("text/html, application/ld+json;q=0.1", JSON_LD),
        ("application/json;q=0.5, application/ld+json;q=0.6", JSON_LD),
        ("application/json;q=0, */*", JSON_LD),
        ('APPLICATION/LD+JSON; profile="x" ; q=1', JSON_LD),
        ("application/ld+json;q=oops, application/json", JSON),
    ],
)
def test_the_form_that_the_client_likes_best(accept: str | None, form: str) -> None:
    assert form_of(accept) == form


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "*/*;q=0", ";;;"])
def test_a_client_that_takes_neither_is_told(accept: str) -> None:
    with pytest.raises(NotAcceptableError):
        form_of(accept)


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw})


def test_equal_tags_mean_equal_bytes() -> None:
    plain = represented(request(), LONG, JSON, version="3")
    zipped = represented(request(accept_encoding="br, gzip;q=0.5"), LONG, JSON, version="3")
    refused = represented(request(accept_encoding="gzip;q=0"), LONG, JSON, version="3")
    assert (plain.body, refused.body) == (LONG, LONG)
    assert plain.headers["etag"] == refused.headers["etag"]
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(bytes(zipped.body)) == LONG
    assert zipped.body == represented(request(accept_encoding="gzip"), LONG, JSON, version="3").body
    tags = {
        plain.headers["etag"],
        zipped.headers["etag"],
        represented(request(), LONG, JSON_LD, version="3").headers["etag"],
        represented(request(), LONG, JSON, version="4").headers["etag"],
        represented(request(), LONG[:-1], JSON, version="3").headers["etag"],
    }
    assert len(tags) == 5


def test_what_the_client_has_is_not_sent_again() -> None:
    tag = represented(request(), b"{}", JSON, version="1").headers["etag"]
    for condition in (tag, f"W/{tag}", f'"a", {tag}', "*"):
        answer = represented(request(if_none_match=condition), b"{}", JSON, version="1")
        assert (answer.status_code, answer.body, answer.headers["etag"]) == (304, b"", tag)
    assert represented(request(if_none_match=tag), b"[]", JSON, version="1").status_code == 200
