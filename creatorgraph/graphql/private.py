"""What the caller's tenant keeps of its own about creators. No other tenant's can be asked for."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from creatorgraph.domain import private as domain
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.private import PrivateId, PrivateState
from creatorgraph.domain.role import Scope
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.creator import Creator, required_creator
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.node import creator_of
from creatorgraph.graphql.relay import After, Connection, Cursor, First
from creatorgraph.services.private.contact import contact_reads
from creatorgraph.store.read.private import PrivateFilter, page_of_private, private_by_refs

PRIVATE_CURSOR = Cursor("private", (str,))
READ_CURSOR = Cursor("contact_read", (datetime, UUID))
_argument = strawberry.argument
_field = strawberry.field


@strawberry.type(description="A contact of a private profile as it may be shown without being logged.")
class MaskedContact:
    kind: IdentifierKind = _field(description="EMAIL or PHONE.")
    shown: str = _field(description="The masked form.")
    stored: bool = _field(description="Whether the whole of it is kept, which needs consent.")
    consent_at: datetime | None = _field(description="When the person agreed, as the tenant has said; null: not said.")


@strawberry.type(description="A contact in full. That it was read, by whom and when, stands in the tenant's log.")
class ShownContact:
    kind: IdentifierKind = _field(description="EMAIL or PHONE.")
    value: str = _field(description="The address or the number, normalised.")
    consent_at: datetime | None = _field(description="When the person agreed, as the tenant has said; null: not said.")


@strawberry.type(description="What one signal said for or against the match.")
class MatchReason:
    signal: str = _field(description="The signal's name.")
    level: str = _field(description="The level of agreement that was found.")
    match_weight: float = _field(description="Log2 of the Bayes factor, in bits: above 0 speaks for one person.")
    explanation: str = _field(description="A sentence for people.")


@strawberry.type(description="The shared creator that a private profile is of.")
class PrivateMatch:
    found: strawberry.Private[domain.PrivateMatch]
    probability: float = _field(description="How probable it is that both are one person, 0 to 1, calibrated.")
    reasons: list[MatchReason] = _field(description="One for each signal that had something to look at.")
    model_version: str = _field(description="The model that the probability is of.")
    at: datetime = _field(description="When it was looked up.")

    @classmethod
    def of(cls, found: domain.PrivateMatch) -> Self:
        reasons = [
            MatchReason(
                signal=each.signal, level=each.level, match_weight=each.match_weight, explanation=each.explanation
            )
            for each in found.reasons
        ]
        return cls(
            found=found,
            probability=found.probability,
            reasons=reasons,
            model_version=found.model_version,
            at=found.at,
        )

    @resolved("The creator; where it was merged since, the one that it leads to.")
    async def creator(self, info: Info) -> Creator:
        return await required_creator(info, self.found.creator_id)


@strawberry.type(
    description="A record of the caller's own tenant about somebody. Emails and phone numbers in its texts are masked."
)
class PrivateProfile:
    private_id: strawberry.Private[PrivateId]
    ref: str = _field(description="The tenant's own key.")
    platform: Platform = _field(description="Where the account is.")
    username: str | None = _field(description="The username.")
    url: str | None = _field(description="The account's address.")
    display_name: str | None = _field(description="The name.")
    bio: str | None = _field(description="The bio.")
    location: str | None = _field(description="The place.")
    website: str | None = _field(description="The website.")
    note: str | None = _field(description="What the tenant notes beside; it is not matched by.")
    state: PrivateState = _field(description="How far the matching has come.")
    match: PrivateMatch | None = _field(description="The shared creator; null unless MATCHED.")
    contacts: list[MaskedContact] = _field(description="Its emails and phone numbers, masked.")
    created_at: datetime = _field(description="When it was first kept.")
    updated_at: datetime = _field(description="When it last changed.")

    @classmethod
    def of(cls, found: domain.PrivateProfile) -> Self:
        return cls(
            private_id=found.private_id,
            ref=found.ref,
            platform=found.platform,
            username=found.username,
            url=found.url,
            display_name=found.display_name,
            bio=found.bio,
            location=found.location,
            website=found.website,
            note=found.note,
            state=found.state,
            match=None if found.match is None else PrivateMatch.of(found.match),
            contacts=[
                MaskedContact(kind=each.kind, shown=each.shown, stored=each.stored, consent_at=each.consent_at)
                for each in found.contacts
            ],
            created_at=found.created_at,
            updated_at=found.updated_at,
        )

    @resolved("Its contacts in full, as far as they are kept. Reading them is logged: see `Query.contactReads`.")
    async def contacts_in_full(self, info: Info) -> list[ShownContact]:
        found = await info.context.own.contacts.load(self.private_id)
        return [ShownContact(kind=each.kind, value=each.value, consent_at=each.consent_at) for each in found]


@strawberry.input(description="Which private profiles: all that is set must hold.")
class PrivateProfileFilter:
    state: PrivateState | None = _field(default=None, description="How far the matching has come.")
    creator: strawberry.ID | None = _field(default=None, description="Matched to this creator: a global id or UUID.")


@strawberry.type(description="One entry of the log of who has read a contact; nobody can change it.")
class ContactRead:
    at: datetime = _field(description="When.")
    subject: str = _field(description="Who, as the key or person is called.")
    means: str = _field(description="By which kind of proof, such as `key` or `jwt`.")
    ref: str | None = _field(
        description="Whose contact: the private profile; null where it is gone, or another tenant's."
    )
    about: str = _field(description="The same as an id that lasts; a pseudonym once the person was erased.")
    kind: IdentifierKind = _field(description="EMAIL or PHONE.")
    place: str = _field(description="The field or route that showed it.")
    request_id: str = _field(description="Entries of one request have the same.")

    @classmethod
    def of(cls, found: domain.ContactRead) -> Self:
        return cls(
            at=found.at,
            subject=found.subject,
            means=found.means,
            ref=found.ref,
            about=found.about,
            kind=found.kind,
            place=found.place,
            request_id=found.request_id,
        )


@strawberry.type
class PrivateQuery:
    @resolved("What the caller's tenant keeps of its own, by `ref`. Needs the scope `private:write`.")
    async def private_profiles(
        self,
        info: Info,
        first: First,
        after: After = None,
        filter: Annotated[PrivateProfileFilter | None, _argument(description="Which; null: all.")] = None,  # noqa: A002
    ) -> Connection[PrivateProfile]:
        own = info.context.caller.require_tenant(Scope.PRIVATE)
        key = PRIVATE_CURSOR.decode(after)
        asked = filter or PrivateProfileFilter()
        wanted = PrivateFilter(state=asked.state, creator=creator_of(asked.creator) if asked.creator else None)
        page = await info.context.engines.database.ask_for_tenant(
            own, page_of_private, wanted, first=page_size(first), after=key
        )
        return PRIVATE_CURSOR.connection(page, [PrivateProfile.of(each) for each in page.items], key)

    @resolved("One of the tenant's own private profiles; null where there is none of the ref.")
    async def private_profile(
        self, info: Info, ref: Annotated[str, _argument(description="The tenant's own key.")]
    ) -> PrivateProfile | None:
        own = info.context.caller.require_tenant(Scope.PRIVATE)
        [found] = await info.context.engines.database.ask_for_tenant(own, private_by_refs, [ref])
        return PrivateProfile.of(found) if found else None

    @resolved(
        "Who has read contacts of the tenant's private profiles, the newest first; of all tenants for those who administer. "
        "Needs the scope `private:write`."
    )
    async def contact_reads(self, info: Info, first: First, after: After = None) -> Connection[ContactRead]:
        key = READ_CURSOR.decode(after)
        page = await contact_reads(info.context.engines, info.context.caller, first=page_size(first), after=key)
        return READ_CURSOR.connection(page, [ContactRead.of(each) for each in page.items], key)
