"""What goes wrong, as `application/problem+json` (RFC 9457), with the codes of the GraphQL errors."""

import logging
import secrets
from collections.abc import Callable, Coroutine
from traceback import format_tb
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from creatorgraph.api.body import TooLargeError
from creatorgraph.api.rejection import BUSY_SECONDS, RejectedError
from creatorgraph.domain.error import CreatorgraphError, InvalidInputError

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger("creatorgraph.api")
_TITLES = {
    400: "Bad request", 401: "Not signed in", 403: "Not allowed", 404: "Not found", 406: "Not acceptable", 409: "Conflict",
    410: "Gone", 422: "Unusable values", 429: "Too many requests", 500: "Internal error", 503: "Unavailable",
}  # fmt: skip
_STATUS = {
    "invalid_input": 400, "not_signed_in": 401, "not_allowed": 403, "not_found": 404, "not_resolved": 404,
    "not_acceptable": 406, "capability": 409, "erased": 409, "gone": 410, "unavailable": 503, "busy": 503,
}  # fmt: skip
"""By the code of an error of ours; whatever else is raised on purpose is a refusal (409)."""


class Fault(BaseModel):
    """One value of the request that cannot be used; the value itself is not told."""

    where: str = Field(description="Where it stands, such as `query.platform` or `body.ids.3`.")
    message: str = Field(description="What is wrong with it.")


class Problem(BaseModel):
    """An error. `code` is stable and for programs, `detail` and `mend` are for people."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Not found",
                    "status": 404,
                    "code": "not_found",
                    "detail": "there is no such creator",
                    "mend": "Pass an id as the API gave it.",
                }
            ]
        }
    )
    type: str = Field("about:blank", description="Always about:blank: `code` says more than an address would.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    code: str = Field(description="What went wrong, one of a fixed set of words.")
    detail: str = Field(description="What went wrong, in a sentence.")
    where: str | None = Field(None, description="The parameter or field that it is about.")
    mend: str | None = Field(None, description="What to do about it.")
    id: str | None = Field(None, description="Of an internal error: the entry of the server's log.")
    faults: list[Fault] | None = Field(None, description="Of unusable values: each of them.")


class GoneError(CreatorgraphError):
    """The creator was erased, or its profiles were removed, and nothing took over."""

    code = "gone"


class NotResolvedError(CreatorgraphError):
    """The profile is stored, and waits to be resolved."""

    code = "not_resolved"


class NotAcceptableError(CreatorgraphError):
    """The answer comes in none of the forms that the request accepts."""

    code = "not_acceptable"


def problem_of(error: CreatorgraphError) -> Problem:
    status = _STATUS.get(error.code, 409)
    return Problem(
        title=_TITLES[status], status=status, code=error.code, detail=error.what, where=error.where, mend=error.mend
    )


def answered(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    extra = {"retry-after": str(BUSY_SECONDS)} if problem.status == 503 else {}
    if problem.status == 401:
        extra["www-authenticate"] = "Bearer"
    return Response(
        problem.model_dump_json(exclude_none=True),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=extra | (headers or {}),
    )


class ProblemRoute(APIRoute):
    """A route whose errors are problems, whatever they are; of those that nobody foresaw only the log entry's id is told."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await inner(request)
            except CreatorgraphError as error:
                return answered(problem_of(error))
            except RejectedError as error:
                said = {"code": error.code, "detail": error.message, "mend": error.mend}
                return answered(Problem(title=_TITLES[error.status], status=error.status, **said), dict(error.headers))
            except RequestValidationError as error:
                return answered(_unusable(error))
            except HTTPException as error:
                if isinstance(error.__cause__, TooLargeError):
                    raise error.__cause__ from error
                return answered(_refused(error))
            except TooLargeError:
                raise
            except Exception as error:  # noqa: BLE001  the one place where they end
                return answered(_internal(error, request))

        return handler


def _unusable(error: RequestValidationError) -> Problem:
    faults = [
        Fault(where=".".join(str(part) for part in each["loc"]), message=str(each["msg"])) for each in error.errors()
    ]
    return Problem(
        title=_TITLES[422],
        status=422,
        code=InvalidInputError.code,
        detail="the request has values that cannot be used",
        mend="See /v1/openapi.json.",
        faults=faults,
    )


def _refused(error: HTTPException) -> Problem:
    """What the framework refuses by itself, such as a body that is no JSON in any encoding."""
    status = error.status_code if error.status_code in _TITLES else 400
    return Problem(
        title=_TITLES[status],
        status=status,
        code="bad_request",
        detail="the request cannot be read",
        mend="Send what /v1/openapi.json describes.",
    )


def _internal(error: Exception, request: Request) -> Problem:
    reference = secrets.token_hex(8)
    # the type and traceback alone: the message and the address may hold values
    trace = "".join(format_tb(error.__traceback__))
    route = getattr(request.scope.get("route"), "path", "a route")
    _LOG.error("internal error %s at %s: %s\n%s", reference, route, type(error).__name__, trace)
    return Problem(title=_TITLES[500], status=500, code="internal", detail=f"internal error {reference}", id=reference)
