"""In front of `/graphql`: gives kept answers without parsing, validating or executing anything, and executes what it knows."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import orjson
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from creatorgraph.api.accept import EVENTS, Events, accepts_gzip
from creatorgraph.api.admission import ADMITTED, Admission
from creatorgraph.api.answer import ASKED, Answers, Asked
from creatorgraph.api.rejection import RejectedError, rejected
from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.graphql.context import Context
from creatorgraph.graphql.document import Documents
from creatorgraph.graphql.limit import nested_deeply
from creatorgraph.graphql.remembered import check_hash, hash_of
from creatorgraph.services.answer_cache import Answer

PATH = "/graphql"
_LEAST_PACKED = 1024
"""Bytes of an answer that is compressed for those who accept it."""


class KeptAnswers:
    """Passes on what it has no answer for, with who asks (who is counted once) and what is asked."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        answers: Answers,
        admission: Admission,
        documents: Documents,
        context: Callable[[Asked], Context],
    ) -> None:
        self._app = app
        self._answers = answers
        self._admission = admission
        self._documents = documents
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        body, again = await _whole(receive)
        question = None if body is None else self._question(scope["headers"], body)
        if question is None:
            await self._app(scope, again, send)
            return
        try:
            caller = await self._admission.caller(HTTPConnection(scope))
        except RejectedError as error:
            await (await rejected(Request(scope), error))(scope, again, send)
            return
        text, operation_name, variables = question
        asked = Asked(
            text=text,
            operation_name=operation_name,
            variables=variables,
            caller=caller,
            ticket=self._answers.cache.ticket(),
        )
        found = await self._answers.find(asked)
        if found is not None:
            self._admission.meter.note(caller, found.use)
            await _give(found, scope["headers"], send)
            return
        response = await self._answers.execute(asked, partial(self._context, asked))
        if response is not None:
            await _give(Answer(body=orjson.dumps(response), use=asked.use), scope["headers"], send)
            return
        scope[ADMITTED], scope[ASKED] = caller, asked
        await self._app(scope, again, send)

    def _question(
        self, headers: Iterable[tuple[bytes, bytes]], body: bytes
    ) -> tuple[str, str | None, dict[str, Any] | None] | None:
        """Text, operation and variables of what could have a kept answer; whatever is odd is left to those behind."""
        kind = accept = b""
        for header, value in headers:
            if header == b"content-type":
                kind = value
            elif header == b"accept":
                accept = value.lower()
        streamed = b"subscriptionspec" in accept or (
            EVENTS.encode() in accept and Events().accepts(accept.decode("latin-1"))
        )
        if not kind.startswith(b"application/json") or streamed:
            return None
        try:
            sent = orjson.loads(body)
        except ValueError:
            return None
        if not isinstance(sent, dict):
            return None
        name, variables, text = sent.get("operationName"), sent.get("variables"), self._text(sent)
        fits = isinstance(name, str | None) and isinstance(variables, dict | None) and not nested_deeply(variables)
        return (text, name, variables) if fits and text is not None and not self._answers.passes(text, name) else None

    def _text(self, sent: dict[str, Any]) -> str | None:
        """The text that is sent, or that its hash stands for; None where the two do not fit or nobody has sent it."""
        text, extensions = sent.get("query"), sent.get("extensions")
        persisted = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
        if not isinstance(persisted, dict):
            return text if isinstance(text, str) and isinstance(extensions, dict | None) else None
        try:
            digest = hash_of(persisted)
            if text is None:
                return self._documents.text(digest)
            check_hash(digest, text)
        except (CreatorgraphError, AttributeError):
            return None
        return str(text)


async def _whole(receive: Receive) -> tuple[bytes | None, Receive]:
    """The body (None where the client has gone), and a way of receiving it again."""
    message = await receive()
    read = [message]
    while message["type"] == "http.request" and message.get("more_body"):
        message = await receive()
        read.append(message)
    ahead = iter(read)

    async def again() -> Message:
        return next(ahead, None) or await receive()

    if message["type"] != "http.request":
        return None, again
    return b"".join(each.get("body", b"") for each in read), again


async def _give(answer: Answer, headers: Iterable[tuple[bytes, bytes]], send: Send) -> None:
    body, told = answer.body, [(b"content-type", b"application/json")]
    if len(body) >= _LEAST_PACKED:
        told.append((b"vary", b"Accept-Encoding"))
        if accepts_gzip(headers):
            body = answer.packed()
            told.append((b"content-encoding", b"gzip"))
    told.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": told})
    await send({"type": "http.response.body", "body": body})
