"""The identity provider's public keys (a JWKS), from a file or an https address, kept and renewed."""

import http.client
import logging
import ssl
import threading
import time
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import jwt
import orjson

from creatorgraph.domain.error import InvalidInputError, UnavailableError

KEEP_SECONDS = 3600.0
"""After this the keys are asked for again, so that one that was taken back is not trusted for longer."""
STALE_SECONDS = 24 * 3600.0
"""How long keys are trusted while the provider does not answer."""
MOST_BYTES = 1 << 20
TIMEOUT_SECONDS = 5.0
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Asymmetric alone, so that a public key is never taken for a shared secret."""
_LOG = logging.getLogger("creatorgraph.token")


class KeySet:
    """The keys by their ids. A token that names another one makes it look anew, at most every `refetch_seconds`."""

    def __init__(
        self,
        place: str,
        *,
        refetch_seconds: float,
        loopback: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = _reader(place, loopback=loopback)
        self._refetch_seconds = refetch_seconds
        self._now = now
        self._lock = threading.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._tried: float | None = None
        self._fetched: float | None = None

    def key(self, kid: str) -> jwt.PyJWK | None:
        """The key of this id; None where the provider has none. Blocks while it asks the provider.

        Raises:
            UnavailableError: there are no keys that may still be trusted, and the provider does not answer.
        """
        if kid not in self._keys or self._age() > KEEP_SECONDS:
            with self._lock:
                # whoever waited here finds what the one before has fetched
                if (kid not in self._keys or self._age() > KEEP_SECONDS) and self._may_ask():
                    self._fetch()
        if self._age() > STALE_SECONDS:
            raise UnavailableError("the identity provider's keys cannot be had", where="CREATORGRAPH_JWT_KEYS")
        return self._keys.get(kid)

    def _age(self) -> float:
        return float("inf") if self._fetched is None else self._now() - self._fetched

    def _may_ask(self) -> bool:
        return self._tried is None or self._now() - self._tried >= self._refetch_seconds

    def _fetch(self) -> None:
        self._tried = self._now()
        try:
            self._keys = _parsed(self._read())
            self._fetched = self._now()
        except (OSError, http.client.HTTPException, ValueError) as error:
            _LOG.warning("the identity provider's keys could not be fetched: %s", type(error).__name__)


def _parsed(text: bytes) -> dict[str, jwt.PyJWK]:
    """Public signing keys by id, each with the one algorithm that it signs with (`alg`, else RS256 or its curve's).

    Whatever else is in the set is passed over.

    Raises:
        ValueError: this is no JWKS.
    """
    found = orjson.loads(text)
    listed = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise ValueError("no JWKS")
    keys: dict[str, jwt.PyJWK] = {}
    for each in listed:
        if not isinstance(each, dict) or each.get("use", "sig") != "sig" or not isinstance(each.get("kid"), str):
            continue
        if "d" in each:
            _LOG.warning("the identity provider shows a private key: it is not trusted")
            continue
        try:
            key = jwt.PyJWK(each)
        except jwt.PyJWTError as error:
            _LOG.warning("a key of the identity provider cannot be used: %s", type(error).__name__)
            continue
        if key.algorithm_name in ALGORITHMS:
            keys[each["kid"]] = key
    return keys


def _reader(place: str, *, loopback: bool) -> Callable[[], bytes]:
    """Reads the one place that the settings name: an https address (http on loopback where that is allowed), or a file.

    Raises:
        InvalidInputError: it is no such place.
    """
    if "://" not in place:
        path = Path(place)
        return path.read_bytes
    url = urlsplit(place)
    plain = url.scheme == "http" and loopback and _is_loopback(url.hostname or "")
    if not url.hostname or url.username is not None or not (url.scheme == "https" or plain):
        raise InvalidInputError(
            "keys are fetched over https alone",
            where="CREATORGRAPH_JWT_KEYS",
            mend="Give an https address, or the path of a file.",
        )
    host, port, path_ = url.hostname, url.port, url.path + (f"?{url.query}" if url.query else "")

    def read() -> bytes:
        connection = (
            http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
            if plain
            else http.client.HTTPSConnection(host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
        )
        try:
            connection.request("GET", path_ or "/", headers={"accept": "application/json"})
            answer = connection.getresponse()
            # a redirect is no answer: nobody else's address is ever asked
            if answer.status != http.client.OK:
                raise ValueError(f"status {answer.status}")
            text = answer.read(MOST_BYTES + 1)
        finally:
            connection.close()
        if len(text) > MOST_BYTES:
            raise ValueError("too large")
        return text

    return read


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
