"""Headers that every answer has."""

import re
from functools import cache
from importlib import resources

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_NOTHING = "default-src 'none'; frame-ancestors 'none'"


@cache
def _graphiql() -> str:
    """The policy of GraphiQL's page (development profile alone): its scripts only from where Strawberry's page names them,
    each held there by its checksum."""
    page = resources.files("strawberry").joinpath("static", "graphiql.html").read_text(encoding="utf-8")
    places = " ".join(sorted(set(re.findall(r"""["'](https://[^/"']+)/""", page))))
    return (
        f"default-src 'none'; connect-src 'self'; img-src 'self' data:; font-src {places} data:; "
        f"script-src 'unsafe-inline' {places}; style-src 'unsafe-inline' {places}; worker-src blob:; "
        "frame-ancestors 'none'"
    )


class SecurityHeaders:
    """Adds them, where a route has not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                page = headers.get("content-type", "").startswith("text/html")
                headers.setdefault("content-security-policy", _graphiql() if page else _NOTHING)
            await send(message)

        await self._app(scope, receive, send_with)
