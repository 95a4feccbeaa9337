"""What a client accepts (RFC 9110, 12.5)."""

from collections.abc import Iterable

from starlette.middleware.gzip import GZipMiddleware, IdentityResponder
from starlette.types import Receive, Scope, Send
from strawberry.http.streaming import SSETransport

EVENTS = "text/event-stream"
_JSON = frozenset({"application/json", "application/graphql-response+json", "application/graphql+json"})


def media_ranges(accept: str) -> list[tuple[str, float]]:
    """The media ranges of a header with their qualities, in its order."""
    return [_range(each) for each in accept.split(",") if each.strip()]


def accepts_gzip(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether a request with these headers may be answered with gzip: `gzip;q=0` says that it may not."""
    return any(
        kind == "gzip" and quality > 0
        for name, value in headers
        if name == b"accept-encoding"
        for kind, quality in media_ranges(value.decode("latin-1"))
    )


class Compression(GZipMiddleware):
    """Starlette's, which takes any mention of gzip for a wish, where the client does accept it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or accepts_gzip(scope["headers"]):
            await super().__call__(scope, receive, send)
            return
        plain = IdentityResponder(self.app, self.minimum_size, exclude_content_types=self.exclude_content_types)
        await plain(scope, receive, send)


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
