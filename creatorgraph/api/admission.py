"""Whether a request is let in now: its rate, told in headers, and its use, noted."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from creatorgraph.api.caller import Callers, client_of
from creatorgraph.api.rejection import RejectedError
from creatorgraph.domain.caller import Caller
from creatorgraph.domain.usage import Use
from creatorgraph.services.tenant.meter import Meter
from creatorgraph.services.tenant.rate import Allowance, RateExceededError, Rates

ALLOWANCE = "creatorgraph.allowance"
"""Where what is left of the rate lies in the scope of a request."""


ADMITTED = "creatorgraph.admitted"
"""Where a caller lies who was counted already."""


class Admission:
    """The rates and the meter of one server, around its callers."""

    def __init__(self, callers: Callers, rates: Rates, meter: Meter) -> None:
        self._callers = callers
        self.rates = rates
        self.meter = meter

    async def caller(self, connection: HTTPConnection) -> Caller:
        """Who sends the request, which is counted; for routes to depend on.

        What comes over a socket is counted one by one instead (`operation`).

        Raises RejectedError: as `callers`, and with 429 where the rate is used up.
        """
        admitted: Caller | None = connection.scope.get(ADMITTED)
        if admitted is not None:
            return admitted
        found = await self._callers(connection)
        if connection.scope["type"] == "http":
            allowance = await self.rates.take(found, client_of(connection))
            connection.scope[ALLOWANCE] = allowance
            try:
                self._admit(found, allowance)
            except RateExceededError as error:
                raise RejectedError(
                    429, error.code, error.what, error.mend or "", {"retry-after": str(error.seconds)}
                ) from error
        return found

    def operation(self, caller: Caller, connection: HTTPConnection) -> Callable[[], Awaitable[None]]:
        """Counts one operation that comes over an open socket. It raises RateExceededError where the rate is used up."""

        async def admitted() -> None:
            self._admit(caller, await self.rates.take(caller, client_of(connection)))

        return admitted

    def _admit(self, caller: Caller, allowance: Allowance | None) -> None:
        if allowance is not None:
            try:
                allowance.check()
            except RateExceededError:
                self.meter.note(caller, Use(refused=1))
                raise
        self.meter.note(caller, Use(requests=1))


class RateHeaders:
    """Tells what is left of the rate: `RateLimit-Policy` and `RateLimit`, as the IETF's httpapi draft 10 has them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with(message: Message) -> None:
            allowance: Allowance | None = scope.get(ALLOWANCE)
            if message["type"] == "http.response.start" and allowance is not None:
                headers = MutableHeaders(scope=message)
                headers["ratelimit-policy"] = f'"default";q={allowance.limit};w={allowance.window}'
                headers["ratelimit"] = f'"default";r={allowance.remaining};t={allowance.seconds}'
            await send(message)

        await self._app(scope, receive, send_with)
