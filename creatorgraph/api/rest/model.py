"""The shapes of the answers: creators with their profiles, links and facts, each with how fresh it is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from creatorgraph.domain.creator import CreatorKind
from creatorgraph.domain.link import Evidence, LinkDecider
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileStatus

_ID = "01910000-0000-7000-8000-000000000001"


class AccountModel(BaseModel):
    """An account, by name."""

    profile_id: str = Field(description="The id of the profile.", examples=["youtube:maker"])
    platform: Platform = Field(description="Where the account is.", examples=["youtube"])
    username: str | None = Field(description="The username, spelled as in the source.", examples=["Maker"])
    url: str | None = Field(description="Its address.", examples=["https://youtube.com/@maker"])


class ProfileModel(AccountModel):
    """One account on one platform, as it was last seen."""

    display_name: str | None = Field(description="The name that it shows.")
    bio: str | None = Field(description="The bio, with emails and phone numbers masked.")
    website: str | None = Field(description="The website that it links.")
    location: str | None = Field(description="Where it says to be.")
    language: str | None = Field(description="Its language, as the source gives it.")
    category: str | None = Field(description="Its category, as the source gives it.")
    followers: int | None = Field(description="How many follow it.")
    engagement_rate: float | None = Field(description="Reactions per follower and post, in percent.")
    verified: bool | None = Field(description="Whether the platform has verified it; null where that is not known.")
    status: ProfileStatus = Field(description="Whether the account was there when it was last seen.")
    source: str = Field(description="The file or feed that it came from last.")
    observed_at: datetime | None = Field(description="When the source saw the account; null where it does not say.")
    first_seen_at: datetime = Field(description="When it came in for the first time.")
    last_seen_at: datetime = Field(description="When it last came in.")
    changed_at: datetime = Field(description="When its content last changed here.")


class FactModel(BaseModel):
    """One fact of the merged view: where it is from, how sure it is, and how fresh."""

    value: str = Field(description="The value that was chosen.")
    confidence: float = Field(ge=0, le=1, description="The share of the support that spoke for it.")
    alternatives: list[str] = Field(description="What other profiles of the creator say, the best supported first.")
    source: AccountModel = Field(description="The profile that it came from.")
    seen_at: datetime = Field(
        description="When the source last saw the profile saying so, or else when it last came in."
    )


class FactsModel(BaseModel):
    """The merged view; null where no profile says anything."""

    name: FactModel
    bio: FactModel | None
    category: FactModel | None
    language: FactModel | None
    location: FactModel | None
    website: FactModel | None


class EvidenceModel(BaseModel):
    """What one signal saw in a pair of profiles."""

    signal: str = Field(description="The signal's name.", examples=["username"])
    level: str = Field(description="The level of agreement that was found.")
    left_value: str | None = Field(description="What it looked at on the left; emails and phone numbers are masked.")
    right_value: str | None = Field(description="What it looked at on the right.")
    match_weight: float = Field(description="Log2 of the Bayes factor, in bits: above 0 speaks for one person.")
    explanation: str = Field(description="A sentence for people.")

    @classmethod
    def all_of(cls, evidence: Iterable[Evidence]) -> list[Self]:
        return [
            cls(
                signal=each.signal,
                level=each.level,
                left_value=each.left_value,
                right_value=each.right_value,
                match_weight=each.match_weight,
                explanation=each.explanation,
            )
            for each in evidence
        ]


class MethodModel(BaseModel):
    """How two profiles were linked."""

    decided_by: LinkDecider = Field(description="Who or what scored the pair.")
    model_version: str = Field(description="The version of the model that scored it.")


class LinkModel(BaseModel):
    """Two profiles of the creator, and why they are one person's."""

    left: AccountModel = Field(description="The profile with the smaller id.")
    right: AccountModel = Field(description="The profile with the larger id.")
    cross_platform: bool = Field(description="Whether the two are on different platforms.")
    probability: float = Field(ge=0, le=1, description="How probable it is that both are one person's, calibrated.")
    match_weight: float = Field(description="Log2 of the Bayes factor with the prior included, in bits.")
    accepted: bool = Field(description="Whether the probability reached the threshold of the run.")
    method: MethodModel = Field(description="How it was found.")
    evidence: list[EvidenceModel] = Field(description="One row per signal that had something to look at.")
    first_seen_at: datetime = Field(description="When the pair was linked for the first time.")
    last_seen_at: datetime = Field(description="Until when both of its profiles were seen.")
    updated_at: datetime = Field(description="When the link last changed.")


class ProfilePage(BaseModel):
    items: list[ProfileModel] = Field(description="Profiles, the most followed first.")
    next: str | None = Field(description="Pass it as `profiles_after` for more; null where these were the last.")


class LinkPage(BaseModel):
    items: list[LinkModel] = Field(description="Links between the creator's profiles, the most probable first.")
    next: str | None = Field(description="Pass it as `links_after` for more; null where these were the last.")


class CreatorModel(BaseModel):
    """The person (or brand, agency, fan page) behind one or more profiles."""

    id: str = Field(description="Lasts for ever and is never reused.", examples=[_ID])
    kind: CreatorKind = Field(description="What stands behind the profiles.")
    display_name: str = Field(description="The name of the merged view.")
    platforms: list[Platform] = Field(description="The platforms of its profiles.")
    profile_count: int = Field(description="How many profiles it has.")
    total_followers: int = Field(description="The sum over its profiles; audiences overlap.")
    average_engagement_rate: float | None = Field(description="The mean over its profiles that have one, in percent.")
    verified_anywhere: bool = Field(description="Whether a platform has verified one of its profiles.")
    version: int = Field(description="Goes up with every change of the merged view or the members.")
    created_at: datetime = Field(description="When the creator came to be.")
    updated_at: datetime = Field(description="When it last changed.")
    facts: FactsModel = Field(description="The merged view, each fact with its source and freshness.")
    profiles: ProfilePage = Field(description="Its profiles.")
    links: LinkPage = Field(description="What ties them together.")


class MovedModel(BaseModel):
    """The id is retired; another creator took its place."""

    id: str = Field(description="The id that was asked for.", examples=[_ID])
    successor: str = Field(description="The living creator that it leads to, over however many steps.", examples=[_ID])
    reason: str = Field(description="`merged` or `moved`.", examples=["merged"])
    at: datetime = Field(description="When it was retired.")
