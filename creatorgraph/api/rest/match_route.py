"""Who a partial profile might be. Nothing of it is stored, and contacts go in a body alone, which no log of addresses holds."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from creatorgraph.api.rest.access import Access, Matcher
from creatorgraph.api.rest.creator_route import PROBLEMS
from creatorgraph.api.rest.model import AccountModel, EvidenceModel
from creatorgraph.api.rest.problem import ProblemRoute
from creatorgraph.api.rest.unified import account_model
from creatorgraph.domain.creator import CreatorKind
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.platform import Platform
from creatorgraph.graphql.limit import MAX_TEXT, usable
from creatorgraph.services.arrival.match import Matched

MAX_CANDIDATES = 20
MOST_FOLLOWERS = 2**53 - 1

router = APIRouter(route_class=ProblemRoute, tags=["match"], responses=PROBLEMS)


class PartialProfile(BaseModel):
    """What is known of an account; at least one of the texts."""

    model_config = ConfigDict(extra="forbid")
    platform: Platform | None = Field(None, description="Where the account is.", examples=["youtube"])
    username: str | None = Field(None, max_length=MAX_TEXT, description="With or without @.", examples=["maker"])
    url: str | None = Field(None, max_length=MAX_TEXT, description="The account's address.")
    display_name: str | None = Field(None, max_length=MAX_TEXT, description="The name that it shows.")
    bio: str | None = Field(None, max_length=MAX_TEXT, description="What it says of itself.")
    website: str | None = Field(None, max_length=MAX_TEXT, description="The website that it links.")
    location: str | None = Field(None, max_length=MAX_TEXT, description="Where it says to be.")
    language: str | None = Field(None, max_length=MAX_TEXT, description="Its language.")
    category: str | None = Field(None, max_length=MAX_TEXT, description="Its category.")
    company: str | None = Field(None, max_length=MAX_TEXT, description="Whom it works for.")
    job_title: str | None = Field(None, max_length=MAX_TEXT, description="As what.")
    followers: int | None = Field(None, ge=0, le=MOST_FOLLOWERS, description="How many follow it.")
    min_probability: float = Field(0.05, ge=0, le=1, description="Leaves out candidates below.")
    first: int = Field(5, ge=1, le=MAX_CANDIDATES, description="How many candidates at most.")


class PartialProfileWithContacts(PartialProfile):
    """As in the query string, and what may not stand there."""

    email: str | None = Field(None, max_length=MAX_TEXT, description="Turned into a keyed hash at once.")
    phone: str | None = Field(None, max_length=MAX_TEXT, description="In international form; hashed as well.")
    links: list[Annotated[str, Field(max_length=MAX_TEXT)]] | None = Field(
        None, max_length=100, description="The accounts and pages that the profile lists."
    )


class CandidateModel(BaseModel):
    """A creator that the profile may belong to."""

    creator_id: str = Field(description="The id of the creator.")
    display_name: str = Field(description="The name of its merged view.")
    kind: CreatorKind = Field(description="What stands behind its profiles.")
    platforms: list[Platform] = Field(description="The platforms of its profiles.")
    version: int = Field(description="Of the creator as it is now.")
    matched: AccountModel = Field(description="Its profile that the one asked about is linked to best.")
    probability: float = Field(ge=0, le=1, description="How probable it is that both are one person's, calibrated.")
    match_weight: float | None = Field(description="In bits; null where the very account is the creator's already.")
    accepted: bool = Field(description="Whether the link would be accepted.")
    evidence: list[EvidenceModel] = Field(description="Signal by signal; the match weights add up.")


class MatchAnswer(BaseModel):
    """Nothing of the question was stored."""

    known_profile: str | None = Field(description="The id of the stored profile of the very account; null: none is.")
    candidates: list[CandidateModel] = Field(description="The most probable first.")
    model_version: str = Field(description="The model that the probabilities are of.")


@router.get("/v1/creators:match", operation_id="matchCreators")
async def match(access: Matcher, asked: Annotated[PartialProfile, Query()]) -> MatchAnswer:
    """Candidates for a partial profile, as it would be linked if it arrived now. Nothing is stored."""
    return await _matched(access, asked)


@router.post("/v1/creators:match", operation_id="matchCreatorsByContact")
async def match_contacts(access: Matcher, asked: PartialProfileWithContacts) -> MatchAnswer:
    """As the GET, with contacts and links beside."""
    return await _matched(access, asked)


async def _matched(access: Access, asked: PartialProfile) -> MatchAnswer:
    profile = await asyncio.to_thread(access.matching.asked, _record(asked))
    found = await asyncio.to_thread(
        access.matching.match, profile, first=asked.first, min_probability=asked.min_probability
    )
    return await _answer(access, found)


def _record(asked: PartialProfile) -> dict[str, object]:
    """Raises InvalidInputError where a text cannot be used."""
    given = asked.model_dump(mode="json", exclude_none=True, exclude={"min_probability", "first"})
    for name, value in given.items():
        texts = value if isinstance(value, list) else [value]
        if not all(usable(text) for text in texts if isinstance(text, str)):
            raise InvalidInputError("this text cannot be used", where=name, mend="Shorten or clean it.")
    return given


async def _answer(access: Access, found: Matched) -> MatchAnswer:
    creators, profiles = await asyncio.gather(
        access.loaders.creator.load_many([each.creator_id for each in found.candidates]),
        access.loaders.profile.load_many([each.matched for each in found.candidates]),
    )
    told = []
    for candidate, creator, profile in zip(found.candidates, creators, profiles, strict=True):
        # who was merged or deleted in between is told at the next question
        if creator is not None and profile is not None:
            told.append(
                CandidateModel(
                    creator_id=creator.creator_id,
                    display_name=creator.display_name,
                    kind=creator.kind,
                    platforms=list(creator.golden.platforms),
                    version=creator.version,
                    matched=account_model(profile),
                    probability=candidate.probability,
                    match_weight=candidate.match_weight,
                    accepted=candidate.accepted,
                    evidence=EvidenceModel.all_of(candidate.evidence),
                )
            )
    return MatchAnswer(known_profile=found.known, candidates=told, model_version=found.model_version)
