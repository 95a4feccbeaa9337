"""One answer in the form that the client accepts, with a strong entity tag, or 304 where the client has it already."""

import gzip
import hashlib

from starlette.requests import Request
from starlette.responses import Response

from creatorgraph.api.accept import accepts_gzip, media_ranges
from creatorgraph.api.rest.problem import NotAcceptableError

JSON, JSON_LD = "application/json", "application/ld+json"
_FORMS = (JSON, JSON_LD)
_LEAST_ZIPPED = 1024
"""Bytes, as in the application's own compression, which leaves alone what is compressed here."""


def form_of(accept: str | None) -> str:
    """The one of our forms that the client likes best, JSON where it likes both.

    Raises:
        NotAcceptableError: it takes neither.
    """
    ranges = media_ranges(accept or "*/*")
    best = max(_FORMS, key=lambda form: _quality(form, ranges))
    if _quality(best, ranges) <= 0:
        raise NotAcceptableError(
            "the answer comes as JSON or JSON-LD", where="header.accept", mend=f"Accept {JSON} or {JSON_LD}."
        )
    return best


def represented(
    request: Request, body: bytes, form: str, *, version: str, headers: dict[str, str] | None = None
) -> Response:
    """200 with `body`, or 304. The tag holds `version` and a digest of the body in this form and coding: equal tags, equal
    bytes."""
    zipped = len(body) >= _LEAST_ZIPPED and accepts_gzip(request.scope["headers"])
    coding = "gzip" if zipped else "identity"
    digest = hashlib.blake2b(f"{form} {coding} ".encode() + body, digest_size=12).hexdigest()
    tag = f'"{version}-{digest}"'
    said = {
        "etag": tag,
        "vary": "Accept, Accept-Encoding",
        # a person's data: kept by the client alone, and asked about each time
        "cache-control": "private, no-cache",
        **(headers or {}),
    }
    if names_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=said)
    if zipped:
        said["content-encoding"] = coding
        # no time in it: the same body gives the same bytes
        body = gzip.compress(body, compresslevel=5, mtime=0)
    return Response(body, media_type=form, headers=said)


def names_tag(condition: str | None, tag: str) -> bool:
    """Whether `If-None-Match` names the tag; it is compared weakly, as RFC 9110 has it."""
    if condition is None:
        return False
    named = {each.strip().removeprefix("W/") for each in condition.split(",")}
    return "*" in named or tag in named


def _quality(form: str, ranges: list[tuple[str, float]]) -> float:
    """Of the most specific range that names the form; 0 where none does."""
    for wanted in (form, f"{form.partition('/')[0]}/*", "*/*"):
        found = [quality for kind, quality in ranges if kind == wanted]
        if found:
            return max(found)
    return 0.0
