"""Somebody is erased on request, everywhere; the receipt says what went where and when."""

import asyncio
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from creatorgraph.api.rest.access import Access, Eraser
from creatorgraph.api.rest.creator_route import PROBLEMS
from creatorgraph.api.rest.problem import MEDIA_TYPE, ProblemRoute
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.erasure import ErasedFrom, Erasure, ErasureId
from creatorgraph.domain.error import NotFoundError
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graphql.limit import MAX_TEXT, usable
from creatorgraph.ingest.platform_url import canonical_username
from creatorgraph.services.erasure import one_erasure, request_erasure

PLACE = "/v1/erasures"
MAX_REFERENCE = 200
_NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        "description": "Nobody has it.",
    }
}
_ASKED: dict[int | str, dict[str, Any]] = {
    **_NOT_FOUND,
    202: {
        "description": "It is asked for, or was before. `Location` has the receipt.",
        "headers": {"Location": {"schema": {"type": "string"}, "description": "The address of the receipt."}},
    },
}
Reference = Annotated[
    str, Query(max_length=MAX_REFERENCE, description="What the receipt says beside your name, such as a ticket.")
]

router = APIRouter(route_class=ProblemRoute, tags=["erasure"], responses=PROBLEMS)


class StepModel(BaseModel):
    """One store or kind of data."""

    place: ErasedFrom = Field(description="What was cleared.")
    entries: int = Field(description="How many entries went, or were made anonymous.")
    at: datetime = Field(description="When.")


class ErasureModel(BaseModel):
    """A request to erase somebody, and its receipt."""

    id: str = Field(description="The id of the erasure.")
    creator_id: str | None = Field(description="The creator; null where a single profile was to go.")
    asked_by: str = Field(description="Who asked, as the caller is called here, and the reference.")
    asked_at: datetime = Field(description="When it was asked for.")
    done_at: datetime | None = Field(description="When the last store was cleared; null: not all are.")
    steps: list[StepModel] = Field(description="What is done, in this order.")

    @classmethod
    def of(cls, found: Erasure) -> Self:
        steps = [StepModel(place=each.place, entries=each.entries, at=each.at) for each in found.steps]
        return cls(
            id=found.erasure_id,
            creator_id=found.creator_id,
            asked_by=found.asked_by,
            asked_at=found.asked_at,
            done_at=found.done_at,
            steps=steps,
        )


@router.delete("/v1/creators/{creator_id}", operation_id="eraseCreator", status_code=202, responses=_ASKED)
async def erase_creator(
    access: Eraser,
    response: Response,
    creator_id: Annotated[UUID, Path(description="The id of the creator, living or retired.")],
    reference: Reference = "",
) -> ErasureModel:
    """Erases a creator with all profiles from every store, and keeps the accounts out from then on. It cannot be undone."""
    asked = await asyncio.to_thread(
        request_erasure, access.engines, creator=CreatorId(str(creator_id)), asked_by=_asked_by(access, reference)
    )
    return _told(asked, response)


@router.delete("/v1/profiles/{platform}/{username}", operation_id="eraseProfile", status_code=202, responses=_ASKED)
async def erase_profile(
    access: Eraser,
    response: Response,
    platform: Annotated[Platform, Path(description="The platform.")],
    username: Annotated[str, Path(max_length=MAX_TEXT, description="The username, with or without @.")],
    reference: Reference = "",
) -> ErasureModel:
    """Erases one account; its creator lives on with the others."""
    key = canonical_username(platform, username) if usable(username) else None
    seen = await access.loaders.account.load((platform, key)) if key else None
    if seen is None:
        raise NotFoundError("there is no such profile", mend="Check the spelling: nothing was erased.")
    wanted = [ProfileId(seen.profile.profile_id)]
    asked = await asyncio.to_thread(
        request_erasure, access.engines, profiles=wanted, asked_by=_asked_by(access, reference)
    )
    return _told(asked, response)


@router.get(PLACE + "/{erasure_id}", operation_id="getErasure", responses=_NOT_FOUND)
async def erasure(
    access: Eraser, erasure_id: Annotated[UUID, Path(description="The id of the erasure.")]
) -> ErasureModel:
    """The receipt, with what is done so far."""
    found = await asyncio.to_thread(one_erasure, access.engines, ErasureId(str(erasure_id)))
    return ErasureModel.of(found)


def _asked_by(access: Access, reference: str) -> str:
    return f"{access.caller.subject} ({reference})" if reference and usable(reference) else access.caller.subject


def _told(asked: Erasure, response: Response) -> ErasureModel:
    response.headers["location"] = f"{PLACE}/{asked.erasure_id}"
    return ErasureModel.of(asked)
