"""A file that is fetched in pieces: ranges, conditions, and problems where a range cannot be."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Message, Receive, Scope, Send

from creatorgraph.api.rest.problem import Problem, answered
from creatorgraph.api.rest.representation import names_tag


class PartResponse(FileResponse):
    """As Starlette's, which sees to `Range` and `If-Range`; what it refuses is told as a problem."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused: Response | None = None

        async def told(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] in (400, 416):
                refused = _refusal(message["status"], self._size)
            if refused is None:
                await send(message)
            elif message["type"] == "http.response.body" and not message.get("more_body"):
                await refused(scope, receive, send)

        await super().__call__(scope, receive, told)

    _size = 0

    @classmethod
    def of(cls, path: Path, *, sha256: str, media_type: str, name: str) -> "PartResponse":
        """The checksum is the tag: equal tags, equal bytes."""
        found = path.stat()
        headers = {
            "etag": f'"{sha256}"',
            "cache-control": "private, no-cache",
            # as it is: a compressed answer could not be gone on with
            "content-encoding": "identity",
        }
        made = cls(path, media_type=media_type, filename=name, headers=headers, stat_result=found)
        made._size = found.st_size
        return made


def unchanged(request: Request, sha256: str) -> Response | None:
    """304 where the client has the file already."""
    tag = f'"{sha256}"'
    if names_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers={"etag": tag, "cache-control": "private, no-cache"})
    return None


def _refusal(status: int, size: int) -> Response:
    beyond = status == 416
    problem = Problem(
        title="Range not satisfiable" if beyond else "Bad request",
        status=status,
        code="invalid_range",
        detail="the range lies beyond the end" if beyond else "this is no range of bytes",
        where="header.range",
        mend=f"The part has {size} bytes.",
    )
    return answered(problem, {"content-range": f"bytes */{size}"} if beyond else None)
