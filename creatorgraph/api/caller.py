"""Who sends a request: bearer tokens, the console's cookie, and what keeps other sites from using either."""

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.exceptions import WebSocketException
from starlette.requests import HTTPConnection
from starlette.status import WS_1008_POLICY_VIOLATION, WS_1013_TRY_AGAIN_LATER

from creatorgraph.api.rejection import Attempts, RejectedError, unavailable
from creatorgraph.config import Settings
from creatorgraph.domain.caller import Caller, Means
from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.tenant import Plan
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import digest_of
from creatorgraph.services.tenant.key import caller_by_key, prefix_of
from creatorgraph.services.tenant.person import caller_by_claims
from creatorgraph.services.tenant.token import MOST_CHARACTERS, Tokens
from creatorgraph.store.read.steward import steward_by_session, steward_by_token

COOKIE = "creatorgraph_session"
OWN_HEADER = "x-creatorgraph"
"""No other site can send it without a preflight, which is refused: a request that has it comes from our own pages."""
MOST_TOKEN = 200
CALLER = "creatorgraph.caller"
"""Where the caller lies in the scope of a connection, for what runs around the routes."""

Callers = Callable[[HTTPConnection], Awaitable[Caller]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a request names its caller by: a bearer token of any kind, or a session. The text is in no representation of it."""

    text: str = field(repr=False)
    session: bool

    @property
    def digest(self) -> bytes:
        return digest_of(self.text)


def callers(engines: Engines, attempts: Attempts) -> Callers:
    """Tells who sends a request; who names nobody is a caller too, with what the settings allow those.

    Raises RejectedError (WebSocketException on a socket) for a token that is nobody's, and for a cookie on a request that
    another site may have made. Where that cannot be told now, with 503 (1013 on a socket).
    """
    keyless, tokens = keyless_caller(engines.settings), Tokens.of(engines.settings)

    async def caller(connection: HTTPConnection) -> Caller:
        if connection.scope["type"] == "websocket":
            _check_origin(connection, engines.settings.cors_origins)
        try:
            found = await _caller(connection)
            connection.scope[CALLER] = found
            return found
        except RejectedError as error:
            if connection.scope["type"] == "websocket":
                raise WebSocketException(WS_1008_POLICY_VIOLATION, error.message) from error
            raise
        except UnavailableError as error:
            if connection.scope["type"] == "websocket":
                raise WebSocketException(WS_1013_TRY_AGAIN_LATER, error.what) from error
            raise unavailable(error) from error

    async def _caller(connection: HTTPConnection) -> Caller:
        proof = proof_of(connection)
        if proof is None:
            return keyless
        if not proof.session:
            client, digest = client_of(connection), proof.digest
            attempts.check(client, digest)
            found = await _bearer(proof)
            if found is None:
                attempts.failed(client, digest)
                raise nobody()
            attempts.succeeded(digest)
            return found
        if connection.scope["type"] == "http" and connection.headers.get(OWN_HEADER) != "1":
            raise RejectedError(
                403, "cross_site", f"the header {OWN_HEADER} is missing", f"Send `{OWN_HEADER}: 1` beside the cookie."
            )
        # a session that has ended is nobody's: what needs no caller still answers
        steward = await engines.database.ask_for_operator(steward_by_session, proof.digest)
        return Caller.of_steward(steward, Means.SESSION) if steward else keyless

    async def _bearer(proof: Proof) -> Caller | None:
        if prefix_of(proof.text):
            return await engines.database.ask_for_operator(caller_by_key, proof.text)
        if tokens is not None and proof.text.count(".") == 2:
            return await asyncio.to_thread(_by_token, tokens, proof.text)
        steward = await engines.database.ask_for_operator(steward_by_token, proof.digest)
        return Caller.of_steward(steward, Means.TOKEN) if steward else None

    def _by_token(checked: Tokens, text: str) -> Caller | None:
        claims = checked.claims(text)
        return caller_by_claims(engines, claims) if claims else None

    return caller


def keyless_caller(settings: Settings) -> Caller:
    """What a request that names nobody may do: on loopback read all that is shared, elsewhere what `keyless` says."""
    local = is_loopback(settings.host)
    reads = local if settings.keyless is None else settings.keyless
    return Caller.nobody(reads=reads, plan=Plan.OPERATOR if local else Plan.STANDARD)


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def proof_of(connection: HTTPConnection) -> Proof | None:
    """The bearer token before the session's cookie; None where there is neither."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return Proof(text=token.strip()[: MOST_CHARACTERS + 1], session=False)
    session = connection.cookies.get(COOKIE)
    return None if session is None else Proof(text=session[:MOST_TOKEN], session=True)


def client_of(connection: HTTPConnection) -> str:
    """The address that the request comes from; "" where the server does not know it."""
    return connection.client.host if connection.client else ""


def nobody() -> RejectedError:
    return RejectedError(401, "not_signed_in", "this token is nobody's", "Ask the operator for a new one.")


def _check_origin(connection: HTTPConnection, allowed: tuple[str, ...]) -> None:
    """Browsers send the origin of the page with every socket, and ask no leave first. Machines send none."""
    origin = connection.headers.get("origin")
    if origin is None or origin in allowed:
        return
    if origin.partition("://")[2] != connection.headers.get("host"):
        raise WebSocketException(WS_1008_POLICY_VIOLATION, "the socket was opened by another site")
