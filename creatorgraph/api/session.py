"""Signing in to the console: a session cookie for a steward's token."""

import asyncio

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from creatorgraph.api.caller import COOKIE, MOST_TOKEN, client_of, nobody
from creatorgraph.api.rejection import Attempts, RejectedError
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import digest_of, sign_in, sign_out


def session_router(engines: Engines, attempts: Attempts) -> APIRouter:
    router = APIRouter(prefix="/session", include_in_schema=False)

    @router.post("")
    async def begin(request: Request) -> Response:
        """204 and the cookie for a token that is somebody's; 401 otherwise."""
        client, token = client_of(request), await _token(request)
        digest = digest_of(token)
        attempts.check(client, digest)
        session = await asyncio.to_thread(sign_in, engines, token)
        if session is None:
            attempts.failed(client, digest)
            raise nobody()
        attempts.succeeded(digest)
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
