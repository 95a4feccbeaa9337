"""What clients see of errors: ours with their code, GraphQL's own, and for all else only the id of a log entry."""

import logging
import secrets
from collections.abc import Iterator
from traceback import format_tb

from graphql import GraphQLError

from creatorgraph.domain.error import CreatorgraphError

_LOG = logging.getLogger("creatorgraph.graphql")

INTERNAL = "internal"
BAD_REQUEST = "bad_request"


def presented(error: GraphQLError) -> GraphQLError:
    """The error as clients may see it, with `extensions.code`.

    A CreatorgraphError keeps its message. Whatever GraphQL itself says of the document or the arguments is `bad_request`.
    Anything else becomes "internal error" with an id that the log has beside the traceback.
    """
    cause = next((each for each in _causes(error) if not isinstance(each, GraphQLError)), None)
    if cause is None:
        extensions = {"code": BAD_REQUEST, **(error.extensions or {})}
        return _copy(error, error.message, extensions)
    if isinstance(cause, CreatorgraphError):
        parts = {"code": cause.code, "where": cause.where, "mend": cause.mend}
        return _copy(error, str(cause), {key: value for key, value in parts.items() if value is not None})
    if isinstance(cause, RecursionError):
        return _copy(error, "The request is nested too deeply.", {"code": BAD_REQUEST})
    reference = secrets.token_hex(8)
    path = ".".join(str(part) for part in error.path or ())
    # the type and traceback alone: the message may quote values
    trace = "".join(format_tb(cause.__traceback__))
    _LOG.error("internal error %s at %s: %s\n%s", reference, path or "the request", type(cause).__name__, trace)
    return _copy(error, f"internal error {reference}", {"code": INTERNAL, "id": reference})


def _causes(error: GraphQLError) -> Iterator[BaseException]:
    """The error and what it was raised for, outermost first."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.original_error if isinstance(cause, GraphQLError) else None


def _copy(error: GraphQLError, message: str, extensions: dict[str, object]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )
