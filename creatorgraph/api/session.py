"""Signing in: a session cookie for the console, bearer tokens for machines, and what keeps other sites from using either."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import orjson
from fastapi import APIRouter
from starlette.exceptions import WebSocketException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.status import WS_1008_POLICY_VIOLATION

from creatorgraph.domain.steward import Steward
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import digest_of, sign_in, sign_out
from creatorgraph.store.read.steward import steward_by_session, steward_by_token

COOKIE = "creatorgraph_session"
OWN_HEADER = "x-creatorgraph"
"""No other site can send it without a preflight, which is refused: a request that has it comes from our own pages."""
MOST_TOKEN = 200
MOST_FAILURES = 10
WINDOW_SECONDS = 60.0
_MOST_CLIENTS = 10_000

Callers = Callable[[HTTPConnection], Awaitable[Steward | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a request names its caller by: the hash of a token, or of a session."""

    digest: bytes
    session: bool


class RejectedError(Exception):
    """The request goes no further: an answer with this status, for people."""

    def __init__(self, status: int, code: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.mend = status, code, message, mend


class Attempts:
    """Failed attempts by client, in this process: MOST_FAILURES in WINDOW_SECONDS, then none until the window has passed."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, client: str) -> None:
        """Raises RejectedError where the client has failed too often."""
        failures = self._failures.get(client)
        while failures and failures[0] <= self._now() - WINDOW_SECONDS:
            failures.popleft()
        if failures and len(failures) >= MOST_FAILURES:
            raise RejectedError(429, "too_many_attempts", "too many attempts", "Wait a minute, then try again.")

    def failed(self, client: str) -> None:
        self._failures.setdefault(client, deque()).append(self._now())
        self._failures.move_to_end(client)
        while len(self._failures) > _MOST_CLIENTS:
            self._failures.popitem(last=False)


def session_router(engines: Engines, attempts: Attempts) -> APIRouter:
    router = APIRouter(prefix="/session", include_in_schema=False)

    @router.post("")
    async def begin(request: Request) -> Response:
        """204 and the cookie for a token that is somebody's; 401 otherwise."""
        client = _client(request)
        attempts.check(client)
        session = await asyncio.to_thread(sign_in, engines, await _token(request))
        if session is None:
            attempts.failed(client)
            raise _nobody()
        answer = Response(status_code=204)
        answer.set_cookie(
            COOKIE,
            session,
            max_age=int(engines.settings.session_hours * 3600),
            path="/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return answer

    @router.delete("")
    async def end(request: Request) -> Response:
        """204, signed in or not."""
        if session := request.cookies.get(COOKIE):
            await asyncio.to_thread(sign_out, engines, session)
        answer = Response(status_code=204)
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return answer

    return router


def callers(engines: Engines, attempts: Attempts) -> Callers:
    """Tells who sends a request: None where it names nobody.

    Raises RejectedError (WebSocketException on a socket) for a token that is nobody's, and for a cookie on a request that
    another site may have made.
    """

    async def caller(connection: HTTPConnection) -> Steward | None:
        if connection.scope["type"] == "websocket":
            _check_origin(connection, engines.settings.cors_origins)
        try:
            return await _caller(connection)
        except RejectedError as error:
            if connection.scope["type"] == "websocket":
                raise WebSocketException(WS_1008_POLICY_VIOLATION, error.message) from error
            raise

    async def _caller(connection: HTTPConnection) -> Steward | None:
        proof = proof_of(connection)
        if proof is None:
            return None
        if not proof.session:
            client = _client(connection)
            attempts.check(client)
            found = await engines.database.ask(steward_by_token, proof.digest)
            if found is None:
                attempts.failed(client)
                raise _nobody()
            return found
        if connection.scope["type"] == "http" and connection.headers.get(OWN_HEADER) != "1":
            raise RejectedError(
                403, "cross_site", f"the header {OWN_HEADER} is missing", f"Send `{OWN_HEADER}: 1` beside the cookie."
            )
        # a session that has ended is nobody's: what needs no caller still answers
        return await engines.database.ask(steward_by_session, proof.digest)

    return caller


def proof_of(connection: HTTPConnection) -> Proof | None:
    """The bearer token before the session's cookie; None where there is neither."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return Proof(digest=digest_of(token.strip()[:MOST_TOKEN]), session=False)
    session = connection.cookies.get(COOKIE)
    return None if session is None else Proof(digest=digest_of(session[:MOST_TOKEN]), session=True)


async def rejected(_: Request, error: Exception) -> Response:
    """The answer to a RejectedError, in the shape of the session's errors and of GraphQL's."""
    if not isinstance(error, RejectedError):
        raise error
    said = {"message": error.message, "mend": error.mend}
    body = {**said, "errors": [{"message": error.message, "extensions": {"code": error.code, "mend": error.mend}}]}
    headers = {"www-authenticate": "Bearer"} if error.status == 401 else None
    return JSONResponse(body, status_code=error.status, headers=headers)


async def _token(request: Request) -> str:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        try:
            body = orjson.loads(await request.body())
        except ValueError:
            body = None
        token = body.get("token") if isinstance(body, dict) else None
        if isinstance(token, str) and 0 < len(token) <= MOST_TOKEN:
            return token
    raise RejectedError(400, "bad_request", "there is no token", 'Send {"token": "..."} as application/json.')


def _check_origin(connection: HTTPConnection, allowed: tuple[str, ...]) -> None:
    """Browsers send the origin of the page with every socket, and ask no leave first. Machines send none."""
    origin = connection.headers.get("origin")
    if origin is None or origin in allowed:
        return
    if origin.partition("://")[2] != connection.headers.get("host"):
        raise WebSocketException(WS_1008_POLICY_VIOLATION, "the socket was opened by another site")


def _client(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


def _nobody() -> RejectedError:
    return RejectedError(
        401, "not_signed_in", "this token is nobody's", "Ask for a new one: `creatorgraph steward add NAME`."
    )
