"""Sends one message to one address that was checked, and reads no more of the answer than its start.

Redirects are not followed, no proxy of the environment is asked, nothing is decompressed, and all of it together has one limit
of time, however slowly the other side drips.
"""

import asyncio
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import replace

import httpx

from creatorgraph.config import Settings
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.webhook import Attempt
from creatorgraph.services.webhook.address import (
    Address,
    RefusedAddressError,
    Resolve,
    Target,
    checked_addresses,
    resolved,
    target_of,
)

MOST_ANSWER = 500
"""Characters of an answer that the log keeps."""
_MOST_BYTES = 2048
_MOST_ADDRESSES = 3
"""Tried one after another where the first does not answer."""
_MOST_WAIT = 24 * 3600.0
"""Seconds that a receiver may ask for with Retry-After."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Transport:
    """`tls` and `resolve` are the system's unless they are given."""

    def __init__(self, settings: Settings, *, tls: ssl.SSLContext | None = None, resolve: Resolve = resolved) -> None:
        self._settings = settings
        self._tls = tls or ssl.create_default_context()
        self._resolve = resolve

    async def send(self, url: str, headers: Mapping[str, str], body: str) -> Attempt:
        """How it went; whatever goes wrong on the way is told, not raised."""
        began = time.monotonic()
        seconds = self._settings.webhook_timeout_seconds
        try:
            async with asyncio.timeout(seconds):
                attempt = await self._send(url, headers, body)
        except TimeoutError:
            attempt = Attempt(duration_ms=0, error=f"there was no whole answer within {seconds:g} s")
        except (InvalidInputError, RefusedAddressError) as error:
            attempt = Attempt(duration_ms=0, error=error.what)
        except httpx.ConnectError as error:
            attempt = Attempt(duration_ms=0, error=_unconnected(error))
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            attempt = Attempt(duration_ms=0, error=f"the connection failed: {type(error).__name__}")
        return replace(attempt, duration_ms=round((time.monotonic() - began) * 1000))

    async def _send(self, url: str, headers: Mapping[str, str], body: str) -> Attempt:
        # what may be sent to can have changed since the webhook was made
        target = target_of(url, self._settings)
        addresses = (await checked_addresses(target, self._resolve))[:_MOST_ADDRESSES]
        async with httpx.AsyncClient(
            verify=self._tls, trust_env=False, follow_redirects=False, timeout=self._settings.webhook_timeout_seconds
        ) as client:
            for address in addresses[:-1]:
                try:
                    return await _post(client, target, address, headers, body)
                except httpx.ConnectError:
                    continue
            return await _post(client, target, addresses[-1], headers, body)


async def _post(
    client: httpx.AsyncClient, target: Target, address: Address, headers: Mapping[str, str], body: str
) -> Attempt:
    # the name is what the certificate must be for; the connection goes to the address and asks nobody again
    request = client.build_request(
        "POST",
        target.at(address),
        headers={**headers, "host": target.host_header, "accept-encoding": "identity"},
        content=body.encode(),
        extensions={"sni_hostname": target.host},
    )
    answer = await client.send(request, stream=True)
    try:
        text = await _start(answer)
    finally:
        await answer.aclose()
    taken = 200 <= answer.status_code < 300
    return Attempt(
        duration_ms=0,
        status=answer.status_code,
        answer=text or None,
        error=None if taken else _said(answer.status_code),
        retry_after=_retry_after(answer.headers.get("retry-after")),
    )


async def _start(answer: httpx.Response) -> str:
    """The first characters; a stream of bytes that is none of UTF-8 shows as such."""
    read = b""
    async for chunk in answer.aiter_raw(_MOST_BYTES):
        read += chunk
        if len(read) >= _MOST_BYTES:
            break
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", read[:_MOST_BYTES].decode(errors="replace"))[:MOST_ANSWER]


def _said(status: int) -> str:
    if 300 <= status < 400:
        return f"it answered {status}: redirects are not followed"
    return f"it answered {status}"


def _retry_after(text: str | None) -> float | None:
    """Seconds; a date is not understood, as if nothing had been asked for."""
    return min(float(text), _MOST_WAIT) if text and re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) else None


def _unconnected(error: httpx.ConnectError) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return "TLS could not be agreed on"
        cause = cause.__cause__ or cause.__context__
    return "the connection was refused"
