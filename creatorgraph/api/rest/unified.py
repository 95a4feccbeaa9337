"""Creators put together from the loaders: the same number of statements for one as for fifty."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from creatorgraph.api.rest.model import (
    AccountModel,
    CreatorModel,
    EvidenceModel,
    FactModel,
    FactsModel,
    LinkModel,
    LinkPage,
    MethodModel,
    ProfileModel,
    ProfilePage,
)
from creatorgraph.domain.creator import CreatorId, GoldenField
from creatorgraph.domain.error import NotFoundError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graphql.link import LINK_CURSOR
from creatorgraph.graphql.loader import Loaders
from creatorgraph.graphql.profile import PROFILE_CURSOR
from creatorgraph.graphql.relay import Cursor
from creatorgraph.store.read.creator import CreatorSeen
from creatorgraph.store.read.history import Retirement
from creatorgraph.store.read.keyset import Key, Page, Part
from creatorgraph.store.read.link import LinkSeen
from creatorgraph.store.read.profile import ProfileSeen

MAX_ITEMS = 100
"""Profiles, and links, of one answer."""
Found = CreatorModel | Retirement | NotFoundError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which page of profiles and of links."""

    first: int = MAX_ITEMS
    profiles_after: Key | None = None
    links_after: Key | None = None


async def unified(loaders: Loaders, ids: Sequence[CreatorId], wanted: Wanted) -> list[Found]:
    """For each id the creator, what became of it, why it cannot be told now, or None where it was never given out."""
    return list(await asyncio.gather(*(_one(loaders, each, wanted) for each in ids)))


async def _one(loaders: Loaders, creator_id: CreatorId, wanted: Wanted) -> Found:
    seen = await loaders.creator.load(creator_id)
    if seen is None:
        return await loaders.retirement.load(creator_id)
    profiles, links = await asyncio.gather(
        loaders.profiles.load(Part(parent=creator_id, first=wanted.first, after=wanted.profiles_after)),
        loaders.creator_links.load(Part(parent=creator_id, first=wanted.first, after=wanted.links_after)),
    )
    named = {each.source for each in _fields(seen)}
    named |= {end for each in links.items for end in (each.link.left, each.link.right)}
    known = {each.profile.profile_id: each for each in profiles.items}
    # those on another page of a creator with many profiles
    for other in await loaders.profile.load_many(sorted(named - known.keys())):
        if other is not None:
            known[other.profile.profile_id] = other
    return _creator(seen, profiles, links, known)


def _creator(
    seen: CreatorSeen, profiles: Page[ProfileSeen], links: Page[LinkSeen], known: dict[ProfileId, ProfileSeen]
) -> CreatorModel | NotFoundError:
    golden = seen.golden

    def fact(field: GoldenField | None) -> FactModel | None:
        return None if field is None or field.source not in known else _fact(field, known[field.source])

    if (name := fact(golden.name)) is None:
        # returned: it is nothing to those that were asked for beside it
        return NotFoundError("the creator has changed just now", mend="Ask again.")
    facts = FactsModel(
        name=name,
        bio=fact(golden.bio),
        category=fact(golden.category),
        language=fact(golden.language),
        location=fact(golden.location),
        website=fact(golden.website),
    )
    return CreatorModel(
        id=seen.creator_id,
        kind=seen.kind,
        display_name=seen.display_name,
        platforms=list(golden.platforms),
        profile_count=seen.members,
        total_followers=golden.total_followers,
        average_engagement_rate=golden.average_engagement_rate,
        verified_anywhere=golden.verified_anywhere,
        version=seen.version,
        created_at=seen.created_at,
        updated_at=seen.updated_at,
        facts=facts,
        profiles=ProfilePage(
            items=[profile_model(each) for each in profiles.items], next=_next(PROFILE_CURSOR, profiles)
        ),
        links=LinkPage(
            # a link whose profile was deleted in between is no link any more
            items=[
                _link(each, known[each.link.left], known[each.link.right])
                for each in links.items
                if each.link.left in known and each.link.right in known
            ],
            next=_next(LINK_CURSOR, links),
        ),
    )


def account_model(seen: ProfileSeen) -> AccountModel:
    profile = seen.profile
    return AccountModel(
        profile_id=profile.profile_id, platform=profile.platform, username=profile.username, url=profile.url
    )


def profile_model(seen: ProfileSeen) -> ProfileModel:
    profile = seen.profile
    return ProfileModel(
        **account_model(seen).model_dump(),
        display_name=profile.display_name,
        bio=profile.bio,
        website=profile.website,
        location=profile.location,
        language=profile.language,
        category=profile.category,
        followers=profile.followers,
        engagement_rate=profile.engagement_rate,
        verified=profile.verified,
        status=profile.status,
        source=seen.source,
        observed_at=profile.observed_at,
        first_seen_at=seen.first_seen_at,
        last_seen_at=seen.last_seen_at,
        changed_at=seen.changed_at,
    )


def _fact(field: GoldenField, source: ProfileSeen) -> FactModel:
    return FactModel(
        value=field.value,
        confidence=field.confidence,
        alternatives=list(field.alternatives),
        source=account_model(source),
        seen_at=source.profile.observed_at or source.last_seen_at,
    )


def _link(seen: LinkSeen, left: ProfileSeen, right: ProfileSeen) -> LinkModel:
    link = seen.link
    return LinkModel(
        left=account_model(left),
        right=account_model(right),
        cross_platform=left.profile.platform is not right.profile.platform,
        probability=link.probability,
        match_weight=link.match_weight,
        accepted=link.accepted,
        method=MethodModel(decided_by=link.decided_by, model_version=link.model_version),
        evidence=EvidenceModel.all_of(link.evidence),
        first_seen_at=seen.first_seen_at,
        last_seen_at=min(left.last_seen_at, right.last_seen_at),
        updated_at=seen.updated_at,
    )


def _fields(seen: CreatorSeen) -> list[GoldenField]:
    golden = seen.golden
    fields = (golden.name, golden.bio, golden.category, golden.language, golden.location, golden.website)
    return [each for each in fields if each is not None]


def _next(cursor: Cursor, page: Page[ProfileSeen] | Page[LinkSeen]) -> str | None:
    return cursor.encode(page.keys[-1]) if page.more else None
