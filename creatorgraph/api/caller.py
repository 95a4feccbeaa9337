"""Who sends a request: bearer tokens, the console's cookie, and what keeps other sites from using either."""

import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.exceptions import WebSocketException
from starlette.requests import HTTPConnection
from starlette.status import WS_1008_POLICY_VIOLATION

from creatorgraph.api.rejection import Attempts, RejectedError
from creatorgraph.config import Settings
from creatorgraph.domain.caller import Caller, Means
from creatorgraph.domain.tenant import Plan
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import digest_of
from creatorgraph.store.read.steward import steward_by_session, steward_by_token

COOKIE = "creatorgraph_session"
OWN_HEADER = "x-creatorgraph"
"""No other site can send it without a preflight, which is refused: a request that has it comes from our own pages."""
MOST_TOKEN = 200

Callers = Callable[[HTTPConnection], Awaitable[Caller]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a request names its caller by: the hash of a token, or of a session."""

    digest: bytes
    session: bool


def callers(engines: Engines, attempts: Attempts) -> Callers:
    """Tells who sends a request; who names nobody is a caller too, with what the settings allow those.

    Raises RejectedError (WebSocketException on a socket) for a token that is nobody's, and for a cookie on a request that
    another site may have made.
    """
    keyless = keyless_caller(engines.settings)

    async def caller(connection: HTTPConnection) -> Caller:
        if connection.scope["type"] == "websocket":
            _check_origin(connection, engines.settings.cors_origins)
        try:
            return await _caller(connection)
        except RejectedError as error:
            if connection.scope["type"] == "websocket":
                raise WebSocketException(WS_1008_POLICY_VIOLATION, error.message) from error
            raise

    async def _caller(connection: HTTPConnection) -> Caller:
        proof = proof_of(connection)
        if proof is None:
            return keyless
        if not proof.session:
            client = client_of(connection)
            attempts.check(client)
            found = await engines.database.ask(steward_by_token, proof.digest)
            if found is None:
                attempts.failed(client)
                raise nobody()
            return Caller.of_steward(found, Means.TOKEN)
        if connection.scope["type"] == "http" and connection.headers.get(OWN_HEADER) != "1":
            raise RejectedError(
                403, "cross_site", f"the header {OWN_HEADER} is missing", f"Send `{OWN_HEADER}: 1` beside the cookie."
            )
        # a session that has ended is nobody's: what needs no caller still answers
        found = await engines.database.ask(steward_by_session, proof.digest)
        return Caller.of_steward(found, Means.SESSION) if found else keyless

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
        return Proof(digest=digest_of(token.strip()[:MOST_TOKEN]), session=False)
    session = connection.cookies.get(COOKIE)
    return None if session is None else Proof(digest=digest_of(session[:MOST_TOKEN]), session=True)


def client_of(connection: HTTPConnection) -> str:
    """The address that the request comes from; "" where the server does not know it."""
    return connection.client.host if connection.client else ""


def nobody() -> RejectedError:
    return RejectedError(
        401, "not_signed_in", "this token is nobody's", "Ask for a new one: `creatorgraph steward add NAME`."
    )


def _check_origin(connection: HTTPConnection, allowed: tuple[str, ...]) -> None:
    """Browsers send the origin of the page with every socket, and ask no leave first. Machines send none."""
    origin = connection.headers.get("origin")
    if origin is None or origin in allowed:
        return
    if origin.partition("://")[2] != connection.headers.get("host"):
        raise WebSocketException(WS_1008_POLICY_VIOLATION, "the socket was opened by another site")
