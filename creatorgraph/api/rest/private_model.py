"""The shapes of what a tenant keeps of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from creatorgraph.api.rest.problem import Problem
from creatorgraph.domain.collection import Collection
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.private import ContactRead, PrivateMatch, PrivateProfile, PrivateState, ShownContact
from creatorgraph.graphql.limit import MAX_TEXT
from creatorgraph.services.private.record import MOST_CONTACTS, MOST_NOTE, MOST_REF, PrivateRecord

_ID = "01910000-0000-7000-8000-000000000001"


class PrivateBody(BaseModel):
    """What is known of somebody; at least one text or contact."""

    model_config = ConfigDict(extra="forbid")
    platform: Platform | None = Field(None, description="Where the account is.", examples=["youtube"])
    username: str | None = Field(None, max_length=MAX_TEXT, description="With or without @.", examples=["maker"])
    url: str | None = Field(None, max_length=MAX_TEXT, description="The account's address.")
    display_name: str | None = Field(None, max_length=MAX_TEXT, description="The name.")
    bio: str | None = Field(None, max_length=MAX_TEXT, description="The bio; emails and phone numbers are masked.")
    location: str | None = Field(None, max_length=MAX_TEXT, description="The place.")
    website: str | None = Field(None, max_length=MAX_TEXT, description="The website.")
    note: str | None = Field(None, max_length=MOST_NOTE, description="Whatever else; it is not matched by.")
    emails: list[str] = Field(
        [], max_length=MOST_CONTACTS, description="Matched by as keyed hashes; kept with consent."
    )
    phones: list[str] = Field([], max_length=MOST_CONTACTS, description="In international form; as the emails.")
    consent: bool = Field(False, description="Whether the contacts may be kept in full, encrypted.")
    consent_at: AwareDatetime | None = Field(None, description="When the person agreed.")

    def record(self, ref: str) -> PrivateRecord:
        given = self.model_dump(exclude={"emails", "phones", "ref"})
        return PrivateRecord(ref=ref, emails=tuple(self.emails), phones=tuple(self.phones), **given)


class PrivateItem(PrivateBody):
    """One of several records."""

    ref: str = Field(max_length=MOST_REF, description="The tenant's own key.", examples=["crm-17"])


class ContactModel(BaseModel):
    """A contact, masked, and in full where that was asked for and is kept."""

    kind: IdentifierKind = Field(description="`email` or `phone`.")
    shown: str = Field(description="The masked form.")
    stored: bool = Field(description="Whether the whole of it is kept, which needs consent.")
    consent_at: datetime | None = Field(description="When the person agreed, as you have said; null: not said.")


class FullContactModel(BaseModel):
    """A contact in full. That it was read stands in the log."""

    kind: IdentifierKind = Field(description="`email` or `phone`.")
    value: str = Field(description="The address or the number, normalised.")
    consent_at: datetime | None = Field(description="When the person agreed, as you have said; null: not said.")


class ReasonModel(BaseModel):
    """What one signal said for or against the match."""

    signal: str = Field(description="The signal's name.")
    level: str = Field(description="The level of agreement that was found.")
    match_weight: float = Field(description="In bits: above 0 speaks for one person.")
    explanation: str = Field(description="A sentence for people.")


class PrivateMatchModel(BaseModel):
    """The shared creator that a private profile is of."""

    creator_id: str = Field(description="The living creator; merges are followed.", examples=[_ID])
    profile_id: str = Field(description="Its profile that the record is linked to best.")
    probability: float = Field(ge=0, le=1, description="How probable it is that both are one person, calibrated.")
    reasons: list[ReasonModel] = Field(description="One for each signal that had something to look at.")
    model_version: str = Field(description="The model that the probability is of.")
    at: datetime = Field(description="When it was looked up.")

    @classmethod
    def of(cls, found: PrivateMatch) -> Self:
        return cls(
            creator_id=found.creator_id,
            profile_id=found.profile_id,
            probability=found.probability,
            reasons=[
                ReasonModel(
                    signal=each.signal, level=each.level, match_weight=each.match_weight, explanation=each.explanation
                )
                for each in found.reasons
            ],
            model_version=found.model_version,
            at=found.at,
        )


class PrivateModel(BaseModel):
    """A record of your own about somebody."""

    ref: str = Field(description="Your own key.", examples=["crm-17"])
    platform: Platform = Field(description="Where the account is.")
    username: str | None = Field(description="The username.")
    url: str | None = Field(description="The account's address.")
    display_name: str | None = Field(description="The name.")
    bio: str | None = Field(description="The bio, with emails and phone numbers masked.")
    location: str | None = Field(description="The place.")
    website: str | None = Field(description="The website.")
    note: str | None = Field(description="Your note, with emails and phone numbers masked.")
    state: PrivateState = Field(description="How far the matching has come.")
    match: PrivateMatchModel | None = Field(description="The shared creator; null unless `matched`.")
    contacts: list[ContactModel] = Field(description="Its emails and phone numbers, masked.")
    contacts_in_full: list[FullContactModel] | None = Field(
        description="As far as they are kept, with `contacts=full`; else null."
    )
    created_at: datetime = Field(description="When it was first kept.")
    updated_at: datetime = Field(description="When it last changed.")

    @classmethod
    def of(cls, found: PrivateProfile, shown: Sequence[ShownContact] | None = None) -> Self:
        names = ("ref", "platform", "username", "url", "display_name", "bio", "location", "website", "note", "state")
        return cls(
            **{name: getattr(found, name) for name in (*names, "created_at", "updated_at")},
            match=None if found.match is None else PrivateMatchModel.of(found.match),
            contacts=[
                ContactModel(kind=each.kind, shown=each.shown, stored=each.stored, consent_at=each.consent_at)
                for each in found.contacts
            ],
            contacts_in_full=None
            if shown is None
            else [FullContactModel(kind=each.kind, value=each.value, consent_at=each.consent_at) for each in shown],
        )


class PrivatePage(BaseModel):
    """A page of private profiles."""

    items: list[PrivateModel] = Field(description="By `ref`.")
    next: str | None = Field(description="Pass it as `after` for more; null where these were the last.")


class PrivateResult(BaseModel):
    """What became of one record."""

    ref: str | None = Field(description="Its key; null where it had none that can be used.")
    status: int = Field(description="As of a PUT of it alone: 200, 201, or that of the problem.")
    profile: PrivateModel | None = Field(None, description="As it stands; null where it was refused.")
    problem: Problem | None = Field(None, description="Why it was refused; null where it was not.")


class PrivateResults(BaseModel):
    """One result for each record, in their order."""

    results: list[PrivateResult] = Field(description="What became of each.")


class CollectionModel(BaseModel):
    """A named set of creators of your own."""

    id: str = Field(description="The id of the collection.", examples=[_ID])
    name: str = Field(description="Its name.")
    size: int = Field(description="Living creators in it; those that were merged into one count once.")
    created_at: datetime = Field(description="When it was made.")
    updated_at: datetime = Field(description="When it was last renamed, or creators came or went.")

    @classmethod
    def of(cls, found: Collection) -> Self:
        return cls(
            id=found.collection_id,
            name=found.name,
            size=found.members,
            created_at=found.created_at,
            updated_at=found.updated_at,
        )


class ContactReadModel(BaseModel):
    """One entry of the log of who has read a contact."""

    at: datetime = Field(description="When.")
    subject: str = Field(description="Who, as the key or person is called.")
    means: str = Field(description="By which kind of proof, such as `key` or `jwt`.")
    ref: str | None = Field(description="Whose contact; null where the record is gone, or another tenant's.")
    about: str = Field(description="The same as an id that lasts; a pseudonym once the person was erased.")
    kind: IdentifierKind = Field(description="`email` or `phone`.")
    place: str = Field(description="The field or route that showed it.")
    request_id: str = Field(description="Entries of one request have the same.")

    @classmethod
    def of(cls, found: ContactRead) -> Self:
        fields: Mapping[str, object] = {name: getattr(found, name) for name in cls.model_fields}
        return cls.model_validate(fields)


class ContactReadPage(BaseModel):
    """A page of the log."""

    items: list[ContactReadModel] = Field(description="The newest first.")
    next: str | None = Field(description="Pass it as `after` for more; null where these were the last.")
