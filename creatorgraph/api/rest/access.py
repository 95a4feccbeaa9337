"""Who may call: the one place of the REST routes that knows of sign-in, and of the engines that they ask."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPBearer
from starlette.requests import Request

from creatorgraph.api.session import Callers
from creatorgraph.domain.steward import Steward
from creatorgraph.graphql.loader import Loaders
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.engines import Engines

# tells the documents of the scheme; reading the header is the callers' part
_BEARER = HTTPBearer(auto_error=False, description="A steward's token. Reading needs none unless the operator says so.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What the application gives its routes; `app.state.rest` holds it."""

    engines: Engines
    callers: Callers
    matching: Matching


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One request: who sends it (None: nobody is signed in), and the loaders that its answer is read by."""

    caller: Steward | None
    loaders: Loaders
    matching: Matching


async def reader(request: Request, _: Annotated[object, Security(_BEARER)]) -> Access:
    """Whoever may read creators. Raises RejectedError for a token that is nobody's."""
    served: Served = request.app.state.rest
    caller = await served.callers(request)
    return Access(caller=caller, loaders=Loaders(served.engines), matching=served.matching)


Reader = Annotated[Access, Depends(reader)]
