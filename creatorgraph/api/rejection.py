"""Requests that go no further, and networks from which too many have failed."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from creatorgraph.domain.error import UnavailableError
from creatorgraph.services.tenant.rate import network_of

MOST_FAILURES = 10
"""Tokens that are nobody's, of one network in WINDOW_SECONDS: those that follow are answered 429."""
MOST_LOOKS = 100
"""Then no token of the network is looked up any more, but for those that were somebody's lately."""
WINDOW_SECONDS = 60.0
BUSY_SECONDS = 5
"""When to come again to an engine that does not answer."""
_MOST_NETWORKS = 10_000
_MOST_KNOWN = 10_000
_NONE: Mapping[str, str] = MappingProxyType({})


class RejectedError(Exception):
    """The request goes no further: an answer with this status, for people."""

    def __init__(self, status: int, code: str, message: str, mend: str, headers: Mapping[str, str] = _NONE) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.mend, self.headers = status, code, message, mend, headers


class Attempts:
    """Tokens that were nobody's, by network, in this process.

    A good token is let in whatever else comes from its network: it is looked up first, and the limit is for those that turn out
    to be nobody's. That these looks stay few is the second limit's part.
    """

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()
        self._known: OrderedDict[bytes, None] = OrderedDict()

    def check(self, client: str, digest: bytes) -> None:
        """Before the token of this digest is looked up. Raises RejectedError where its network has had too many looks."""
        if self._failures and digest not in self._known:
            failures = self._recent(network_of(client))
            if len(failures) >= MOST_LOOKS:
                raise self._refused(failures)

    def failed(self, client: str, digest: bytes) -> None:
        """The token is nobody's. Raises RejectedError where too many of the client's network were before."""
        self._known.pop(digest, None)
        network = network_of(client)
        failures = self._recent(network)
        failures.append(self._now())
        self._failures[network] = failures
        self._failures.move_to_end(network)
        while len(self._failures) > _MOST_NETWORKS:
            self._failures.popitem(last=False)
        if len(failures) > MOST_FAILURES:
            raise self._refused(failures)

    def succeeded(self, digest: bytes) -> None:
        """The token is somebody's."""
        self._known[digest] = None
        self._known.move_to_end(digest)
        while len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)

    def _recent(self, network: str) -> deque[float]:
        failures = self._failures.get(network, deque())
        while failures and failures[0] <= self._now() - WINDOW_SECONDS:
            failures.popleft()
        return failures

    def _refused(self, failures: deque[float]) -> RejectedError:
        """Until as many have been forgotten as are too many."""
        oldest = failures[max(0, len(failures) - MOST_FAILURES)]
        seconds = max(1, int(oldest + WINDOW_SECONDS - self._now()) + 1)
        return RejectedError(
            429,
            "too_many_attempts",
            "too many attempts",
            "Wait a minute, then try again.",
            {"retry-after": str(seconds)},
        )


def unavailable(error: UnavailableError) -> RejectedError:
    """An engine that the request needs does not answer. What is missing is for the log and the operator, not for the caller."""
    return RejectedError(503, error.code, error.what, "Try again in a few seconds.", {"retry-after": str(BUSY_SECONDS)})


async def rejected(_: Request, error: Exception) -> Response:
    """The answer to a RejectedError or UnavailableError, in the shape of the session's errors and of GraphQL's."""
    if isinstance(error, UnavailableError):
        error = unavailable(error)
    if not isinstance(error, RejectedError):
        raise error
    said = {"message": error.message, "mend": error.mend}
    body = {**said, "errors": [{"message": error.message, "extensions": {"code": error.code, "mend": error.mend}}]}
    headers = {**({"www-authenticate": "Bearer"} if error.status == 401 else {}), **error.headers}
    return JSONResponse(body, status_code=error.status, headers=headers)
