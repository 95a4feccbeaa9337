"""Who may call: the one place of the REST routes that knows of sign-in, and of the engines that they ask."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPBearer
from starlette.requests import Request

from creatorgraph.api.admission import Admission
from creatorgraph.api.rejection import RejectedError
from creatorgraph.domain.caller import Caller, NotPermittedError
from creatorgraph.domain.role import Scope
from creatorgraph.graphql.loader import Loaders
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.engines import Engines

# tells the documents of the scheme; reading the header is the callers' part
_BEARER = HTTPBearer(
    auto_error=False,
    description="An API key, a steward's token, or one of the identity provider. On loopback reading needs none.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What the application gives its routes; `app.state.rest` holds it."""

    engines: Engines
    admission: Admission
    matching: Matching


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One request: who sends it, and what its answer is read by."""

    caller: Caller
    engines: Engines
    loaders: Loaders
    matching: Matching
    request_id: str = field(default_factory=lambda: secrets.token_hex(8))
    """What the log of contact reads calls this request."""


def with_scope(needed: Scope) -> Callable[..., Awaitable[Access]]:
    """A dependency that lets in whoever has the scope.

    It raises RejectedError for a token that is nobody's, for a rate that is used up, and for a caller without the scope.
    """

    async def access(request: Request, _: Annotated[object, Security(_BEARER)]) -> Access:
        served: Served = request.app.state.rest
        caller = await served.admission.caller(request)
        try:
            caller.require(needed)
        except NotPermittedError as error:
            raise RejectedError(403, error.code, error.what, error.mend or "") from error
        loaders = Loaders(served.engines, lambda use: served.admission.meter.note(caller, use))
        return Access(caller=caller, engines=served.engines, loaders=loaders, matching=served.matching)

    return access


Reader = Annotated[Access, Depends(with_scope(Scope.READ))]
Matcher = Annotated[Access, Depends(with_scope(Scope.MATCH))]
Keeper = Annotated[Access, Depends(with_scope(Scope.PRIVATE))]
Exporter = Annotated[Access, Depends(with_scope(Scope.EXPORT))]
Eraser = Annotated[Access, Depends(with_scope(Scope.ERASE))]
Subscriber = Annotated[Access, Depends(with_scope(Scope.WEBHOOK))]
