"""Requests that go no further, and those who have failed too often."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

MOST_FAILURES = 10
WINDOW_SECONDS = 60.0
_MOST_CLIENTS = 10_000
_NONE: Mapping[str, str] = MappingProxyType({})


class RejectedError(Exception):
    """The request goes no further: an answer with this status, for people."""

    def __init__(self, status: int, code: str, message: str, mend: str, headers: Mapping[str, str] = _NONE) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.mend, self.headers = status, code, message, mend, headers


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
            seconds = max(1, int(failures[0] + WINDOW_SECONDS - self._now()) + 1)
            raise RejectedError(
                429,
                "too_many_attempts",
                "too many attempts",
                "Wait a minute, then try again.",
                {"retry-after": str(seconds)},
            )

    def failed(self, client: str) -> None:
        self._failures.setdefault(client, deque()).append(self._now())
        self._failures.move_to_end(client)
        while len(self._failures) > _MOST_CLIENTS:
            self._failures.popitem(last=False)


async def rejected(_: Request, error: Exception) -> Response:
    """The answer to a RejectedError, in the shape of the session's errors and of GraphQL's."""
    if not isinstance(error, RejectedError):
        raise error
    said = {"message": error.message, "mend": error.mend}
    body = {**said, "errors": [{"message": error.message, "extensions": {"code": error.code, "mend": error.mend}}]}
    headers = {**({"www-authenticate": "Bearer"} if error.status == 401 else {}), **error.headers}
    return JSONResponse(body, status_code=error.status, headers=headers)
