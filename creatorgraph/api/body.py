"""A limit to the size of requests, declared or not."""

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class TooLargeError(Exception):
    """Raised while a body is read; whoever catches it lets it through to `BodyLimit`."""


class BodyLimit:
    """Answers 413 to a body of more than `most` bytes, without reading more of it than that."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not declared.isdigit() or int(declared) > self._most:
            await self._refuse(send)
            return
        read, started = 0, False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                raise TooLargeError
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except TooLargeError:
            # an answer that has begun cannot be taken back; closing the connection says enough
            if not started:
                await self._refuse(send)

    async def _refuse(self, send: Send) -> None:
        said = {
            "errors": [
                {"message": f"The request is larger than {self._most} bytes.", "extensions": {"code": "too_large"}}
            ]
        }
        headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": orjson.dumps(said)})
