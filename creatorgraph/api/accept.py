"""What a client accepts (RFC 9110, 12.5.1)."""

from strawberry.http.streaming import SSETransport

EVENTS = "text/event-stream"
_JSON = frozenset({"application/json", "application/graphql-response+json", "application/graphql+json"})


def media_ranges(accept: str) -> list[tuple[str, float]]:
    """The media ranges of a header with their qualities, in its order."""
    return [_range(each) for each in accept.split(",") if each.strip()]


class Events(SSETransport):
    """Server-sent events, for those who like them better than JSON: clients that accept both of a query want JSON."""

    def accepts(self, accept: str) -> bool:
        qualities = dict(media_ranges(accept))
        events = qualities.get(EVENTS, 0.0)
        return events > max((qualities[kind] for kind in _JSON & qualities.keys()), default=0.0)


def _range(text: str) -> tuple[str, float]:
    """A media range and its quality; what cannot be read counts as not acceptable."""
    kind, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return kind, min(1.0, max(0.0, float(value)))
            except ValueError:
                return kind, 0.0
    return kind, 1.0
