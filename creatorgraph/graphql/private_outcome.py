"""What mutations of the tenant's own data answer with: what was done, or why not, as types that a client can tell apart."""

from typing import Annotated

import strawberry

from creatorgraph.domain.caller import NotPermittedError
from creatorgraph.domain.error import CreatorgraphError, InvalidInputError, NotFoundError
from creatorgraph.domain.private import ErasedAccountError
from creatorgraph.graphql.collection import Collection
from creatorgraph.graphql.outcome import NotFound, Problem
from creatorgraph.graphql.private import PrivateProfile

_field = strawberry.field


@strawberry.type(description="The record is kept now as it was sent.")
class PrivateProfileKept:
    profile: PrivateProfile = _field(description="As it stands.")
    created: bool = _field(description="Whether there was none of the ref.")
    changed: bool = _field(description="Whether it says anything else than before.")


@strawberry.type(description="There is no private profile of the ref now.")
class PrivateProfileForgotten:
    ref: str = _field(description="The ref that was passed.")
    existed: bool = _field(description="Whether there was one.")


@strawberry.type(description="The collection as it stands now.")
class CollectionKept:
    collection: Collection = _field(description="As it stands.")


@strawberry.type(description="There is no collection of the id now; its creators stay.")
class CollectionDropped:
    id: strawberry.ID = _field(description="The id that was passed.")
    existed: bool = _field(description="Whether there was one.")


@strawberry.type(description="Creators came or went.")
class CollectionChanged:
    collection: Collection = _field(description="As it stands.")
    changed: int = _field(description="How many came or went.")
    unknown: list[strawberry.ID] = _field(
        description="Those of the ids that are no living creator's, nor lead to one; the others were seen to."
    )


@strawberry.type(description="The caller's key or token lacks a scope.")
class ScopeMissing(Problem):
    scope: str = _field(description="The scope that it needs.")


@strawberry.type(description="A value cannot be used.")
class InvalidValue(Problem):
    where: str | None = _field(description="The field that it is about.")


@strawberry.type(description="Somebody who asked to be erased has the account; nothing was stored.")
class AccountErased(Problem):
    pass


PrivateProfileResult = Annotated[
    PrivateProfileKept | ScopeMissing | InvalidValue | AccountErased,
    strawberry.union("PrivateProfileResult", description="What became of a private profile."),
]
ForgetResult = Annotated[
    PrivateProfileForgotten | ScopeMissing,
    strawberry.union("ForgetResult", description="What became of a private profile that was to go."),
]
CollectionResult = Annotated[
    CollectionKept | ScopeMissing | InvalidValue | NotFound,
    strawberry.union("CollectionResult", description="What became of a collection."),
]
DropCollectionResult = Annotated[
    CollectionDropped | ScopeMissing | InvalidValue,
    strawberry.union("DropCollectionResult", description="What became of a collection that was to go."),
]
MemberResult = Annotated[
    CollectionChanged | ScopeMissing | InvalidValue | NotFound,
    strawberry.union("MemberResult", description="What became of a collection's creators."),
]


def scope_or_value(error: CreatorgraphError) -> ScopeMissing | InvalidValue:
    """The error as a type. Raises it again where it is none of these."""
    if isinstance(error, NotPermittedError):
        return ScopeMissing(message=error.what, mend=error.mend or "", scope=error.needs.value)
    if isinstance(error, InvalidInputError):
        return InvalidValue(message=error.what, mend=error.mend or "", where=error.where)
    raise error


def kept_problem(error: CreatorgraphError) -> ScopeMissing | InvalidValue | AccountErased:
    """The error as a type of PrivateProfileResult. Raises it again where it is none."""
    if isinstance(error, ErasedAccountError):
        return AccountErased(message=error.what, mend=error.mend or "")
    return scope_or_value(error)


def collection_problem(error: CreatorgraphError) -> ScopeMissing | InvalidValue | NotFound:
    """The error as a type of CollectionResult. Raises it again where it is none."""
    if isinstance(error, NotFoundError):
        return NotFound.of(error)
    return scope_or_value(error)
