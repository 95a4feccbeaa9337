"""Who gets events, and who JSON."""

import pytest

from creatorgraph.api.accept import Events, media_ranges


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
