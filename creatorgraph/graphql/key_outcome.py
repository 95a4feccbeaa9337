"""What becomes of making and revoking keys, as types that a client can tell apart."""

from typing import Annotated

import strawberry

from creatorgraph.domain.error import CreatorgraphError, InvalidInputError, NotFoundError
from creatorgraph.domain.role import TENANTS, Role
from creatorgraph.graphql.outcome import NotAllowed, NotFound, Problem
from creatorgraph.graphql.tenant import ApiKey
from creatorgraph.services.steward.refusal import NotAllowedError
from creatorgraph.services.tenant.key import MOST_DAYS, ExpiryRefusedError, NameTakenError, RoleRefusedError

_field = strawberry.field


@strawberry.type(description="The key was made.")
class ApiKeyCreated:
    key: ApiKey = _field(description="The key.")
    secret: str = _field(description="The whole key, to be sent as `Authorization: Bearer`. It is told this once.")


@strawberry.type(description="The key is refused from now on.")
class ApiKeyRevoked:
    key: ApiKey = _field(description="The key.")


@strawberry.type(description="No key may have this role: it is one of the operator's own people.")
class RoleNotForKeys(Problem):
    allowed: list[Role] = _field(description="Those that a key may have.")


@strawberry.type(description="The key would run out before it was used, or too late.")
class InvalidExpiry(Problem):
    least_days: int = _field(description="The fewest days.")
    most_days: int = _field(description="The most days.")


@strawberry.type(description="Another standing key of the tenant has this name.")
class NameTaken(Problem):
    key: ApiKey = _field(description="That key.")


@strawberry.type(description="This is no name: empty, too long, or with what cannot be printed.")
class InvalidName(Problem):
    pass


CreateApiKeyResult = Annotated[
    ApiKeyCreated | NotAllowed | NotFound | RoleNotForKeys | InvalidExpiry | NameTaken | InvalidName,
    strawberry.union("CreateApiKeyResult", description="What became of a new key."),
]
RevokeApiKeyResult = Annotated[
    ApiKeyRevoked | NotAllowed | NotFound,
    strawberry.union("RevokeApiKeyResult", description="What became of revoking a key."),
]
CommonKeyProblem = NotAllowed | NotFound
CreateKeyProblem = CommonKeyProblem | RoleNotForKeys | InvalidExpiry | NameTaken | InvalidName


def create_problem(error: CreatorgraphError) -> CreateKeyProblem:
    """The error as a type of CreateApiKeyResult. Raises it again where it is none."""
    message = error.what
    match error:
        case RoleRefusedError():
            allowed = " or ".join(role.value for role in TENANTS)
            return RoleNotForKeys(message=message, mend=f"Give it the role {allowed}.", allowed=list(TENANTS))
        case ExpiryRefusedError():
            return InvalidExpiry(message=message, mend=error.mend or "", least_days=1, most_days=MOST_DAYS)
        case NameTakenError():
            return NameTaken(message=message, mend=error.mend or "", key=ApiKey.of(error.standing))
        case InvalidInputError():
            return InvalidName(message=message, mend=error.mend or "")
        case _:
            return common_key_problem(error)


def common_key_problem(error: CreatorgraphError) -> CommonKeyProblem:
    """The error as a type of both results. Raises it again where it is none."""
    match error:
        case NotAllowedError():
            return NotAllowed(message=error.what, mend=error.mend or "", needs=error.needs)
        case NotFoundError():
            return NotFound.of(error)
        case _:
            raise error
