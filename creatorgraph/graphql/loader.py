"""Data loaders: whatever many objects of one request ask for is read by one statement."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import sqlalchemy as sa
from strawberry.dataloader import DataLoader

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Decision
from creatorgraph.domain.error import CreatorgraphError, InvalidInputError
from creatorgraph.domain.identifier import Identifier
from creatorgraph.domain.identity_event import IdentityEvent
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewComment
from creatorgraph.domain.steward import Steward, StewardId
from creatorgraph.domain.tenant import TenantId
from creatorgraph.domain.usage import Use
from creatorgraph.domain.webhook import Delivery
from creatorgraph.graph.element import EdgeKind, Neighbourhood, NodeId, NodeKind
from creatorgraph.graphql import reads
from creatorgraph.graphql.limit import MAX_TRAVERSALS, check_rows
from creatorgraph.graphql.reads import Note, Reads
from creatorgraph.services.engines import Engines
from creatorgraph.services.highlight import highlights
from creatorgraph.services.search_rank import Hit
from creatorgraph.services.search_similar import similar_creators
from creatorgraph.store.read import collection, decision, history, link, profile, queue, review, steward, webhook
from creatorgraph.store.read import creator as creators
from creatorgraph.store.read.creator import CreatorSeen
from creatorgraph.store.read.decision import DecisionSeen
from creatorgraph.store.read.history import Retirement
from creatorgraph.store.read.keyset import Page, Part
from creatorgraph.store.read.link import LinkSeen, Pair
from creatorgraph.store.read.profile import ProfileSeen
from creatorgraph.store.read.review import ReviewItemSeen

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Charge = Callable[[Use], None]

_AT_ONCE = 4
"""Walks through the graph that one request may have under way."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A neighbourhood that is wanted."""

    centre: NodeId
    depth: int
    kinds: frozenset[EdgeKind] | None
    limit: int


class Loaders:
    """One loader per edge, made when first used. Keys are ids, pairs, or `Part`s where the edge is paged.

    `noted` gets what they read (None: nobody asks); a loader without a note of its own reads what no kept answer may hold.
    """

    def __init__(self, engines: Engines, charge: Charge, noted: Reads | None = None) -> None:
        self._engines = engines
        self._charge = charge
        self._noted = noted or Reads()
        self._walks = 0

    @cached_property
    def creator(self) -> DataLoader[CreatorId, CreatorSeen | None]:
        return self._rows(creators.creators_by_ids, reads.of_creators)

    @cached_property
    def retirement(self) -> DataLoader[CreatorId, Retirement | None]:
        return self._rows(history.retirements, reads.of_creators)

    @cached_property
    def profile(self) -> DataLoader[ProfileId, ProfileSeen | None]:
        return self._rows(profile.profiles_by_ids, reads.of_profiles)

    @cached_property
    def account(self) -> DataLoader[tuple[Platform, str], ProfileSeen | None]:
        """By platform and username in the platform's canonical spelling."""
        return self._rows(profile.profiles_by_accounts, reads.of_accounts)

    @cached_property
    def account_id(self) -> DataLoader[tuple[Platform, str], ProfileSeen | None]:
        """By platform and the platform's own lasting id of the account."""
        return self._rows(profile.profiles_by_account_ids, reads.listed)

    @cached_property
    def creator_of(self) -> DataLoader[ProfileId, CreatorId | None]:
        return self._rows(profile.creators_of_profiles, reads.of_profiles)

    @cached_property
    def members(self) -> DataLoader[CreatorId, tuple[ProfileId, ...]]:
        return self._rows(profile.members_of_creators, reads.of_creators)

    @cached_property
    def identifiers(self) -> DataLoader[ProfileId, tuple[Identifier, ...]]:
        return self._rows(profile.identifiers_of_profiles, reads.of_profiles)

    @cached_property
    def link(self) -> DataLoader[Pair, LinkSeen | None]:
        return self._rows(link.links_by_pairs, reads.of_pairs)

    @cached_property
    def inner_links(self) -> DataLoader[CreatorId, tuple[LinkSeen, ...]]:
        """All links between the members of a creator, without evidence."""
        return self._rows(link.all_links_of_creators, reads.of_creators)

    @cached_property
    def decision(self) -> DataLoader[Pair, Decision | None]:
        return self._rows(decision.decisions_by_pairs)

    @cached_property
    def review_item(self) -> DataLoader[Pair, ReviewItemSeen | None]:
        return self._rows(review.items_by_pairs)

    @cached_property
    def every_decision(self) -> DataLoader[Pair, tuple[DecisionSeen, ...]]:
        """Whatever was said about a pair, undone or not."""
        return self._rows(decision.all_decisions_by_pairs)

    @cached_property
    def act(self) -> DataLoader[str, DecisionSeen | None]:
        """The decision that stands for an act, by the act's group."""
        return self._rows(decision.heads_of_groups)

    @cached_property
    def comments(self) -> DataLoader[Pair, tuple[ReviewComment, ...]]:
        return self._rows(queue.comments_by_pairs)

    @cached_property
    def steward(self) -> DataLoader[StewardId, Steward | None]:
        return self._rows(steward.stewards_by_ids)

    @cached_property
    def profiles(self) -> DataLoader[Part, Page[ProfileSeen]]:
        """Pages of the members of creators."""
        return self._pages(profile.profiles_of_creators, reads.of_member_parts)

    @cached_property
    def creator_links(self) -> DataLoader[Part, Page[LinkSeen]]:
        return self._pages(link.links_of_creators, reads.of_creator_parts)

    @cached_property
    def events(self) -> DataLoader[Part, Page[IdentityEvent]]:
        return self._pages(history.events_of_creators, reads.of_creator_parts)

    @cached_property
    def profile_links(self) -> DataLoader[tuple[Part, float], Page[LinkSeen]]:
        """Pages of the links at profiles, by the part and the smallest probability."""

        async def load(keys: list[tuple[Part, float]]) -> list[Page[LinkSeen]]:
            check_rows(sum(part.first for part, _ in keys))
            found: dict[tuple[Part, float], Page[LinkSeen]] = {}
            for least in {least for _, least in keys}:
                parts = [part for part, each in keys if each == least]
                pages = await self._engines.database.ask(link.links_of_profiles, parts, min_probability=least)
                reads.of_linked_parts(self._noted, keys, pages)
                self._charge(Use(rows=sum(len(page.items) for page in pages)))
                found.update(((part, least), page) for part, page in zip(parts, pages, strict=True))
            return [found[key] for key in keys]

        return DataLoader(load)

    @cached_property
    def deliveries(self) -> DataLoader[tuple[TenantId, Part], Page[Delivery]]:
        """Pages of the attempts at webhooks, by their tenant and the part."""
        return self._owned(webhook.deliveries_of_webhooks)

    @cached_property
    def collection_members(self) -> DataLoader[tuple[TenantId, Part], Page[CreatorId]]:
        """Pages of the living creators of collections, by their tenant and the part."""
        return self._owned(collection.members_of_collections)

    @cached_property
    def similar(self) -> DataLoader[tuple[CreatorId, int], tuple[Hit, ...]]:
        """By creator and how many are wanted."""

        async def load(keys: list[tuple[CreatorId, int]]) -> list[tuple[Hit, ...]]:
            reads.derived(self._noted, keys, ())
            return await similar_creators(self._engines, keys)

        return DataLoader(load)

    @cached_property
    def highlights(self) -> DataLoader[tuple[str, str], tuple[str, ...]]:
        """By query and text."""
        return DataLoader(lambda keys: highlights(self._engines, keys))

    @cached_property
    def neighbourhood(self) -> DataLoader[Walk, Neighbourhood]:
        """Walks through the graph, a few at a time; one that fails does not take the others with it."""
        gate = asyncio.Semaphore(_AT_ONCE)

        async def walk(wanted: Walk) -> Neighbourhood | BaseException:
            async with gate:
                try:
                    return await asyncio.to_thread(self._walk, wanted)
                except CreatorgraphError as error:
                    return error

        async def load(keys: list[Walk]) -> Sequence[Neighbourhood | BaseException]:
            reads.derived(self._noted, keys, ())
            self._walks += len(keys)
            if self._walks > MAX_TRAVERSALS:
                raise InvalidInputError(
                    f"more than {MAX_TRAVERSALS} neighbourhoods in one request",
                    mend="Ask for fewer creators or profiles at a time.",
                )
            return await asyncio.gather(*map(walk, keys))

        return DataLoader(load)

    def _walk(self, wanted: Walk) -> Neighbourhood:
        graph, key = self._engines.graph, wanted.centre.key
        if wanted.centre.kind is NodeKind.CREATOR:
            return graph.creator_neighbourhood(
                CreatorId(key), depth=wanted.depth, kinds=wanted.kinds, limit=wanted.limit
            )
        return graph.neighbourhood(ProfileId(key), depth=wanted.depth, kinds=wanted.kinds, limit=wanted.limit)

    def _rows(
        self, read: Callable[[sa.Connection, Sequence[K]], list[T]], note: Note = reads.untold
    ) -> DataLoader[K, T]:
        async def load(keys: list[K]) -> list[T]:
            found = await self._engines.database.ask(read, keys)
            note(self._noted, keys, found)
            self._charge(Use(rows=sum(each is not None for each in found)))
            return found

        return DataLoader(load)

    def _pages(
        self, read: Callable[[sa.Connection, Sequence[Part]], list[Page[T]]], note: Note = reads.untold
    ) -> DataLoader[Part, Page[T]]:
        async def load(keys: list[Part]) -> list[Page[T]]:
            check_rows(sum(part.first for part in keys))
            pages = await self._engines.database.ask(read, keys)
            note(self._noted, keys, pages)
            self._charge(Use(rows=sum(len(page.items) for page in pages)))
            return pages

        return DataLoader(load)

    def _owned(
        self, read: Callable[[sa.Connection, Sequence[Part]], list[Page[T]]]
    ) -> DataLoader[tuple[TenantId, Part], Page[T]]:
        """Pages of what tenants own: the tenant's rights belong to a transaction, and a request is of one tenant."""

        async def load(keys: list[tuple[TenantId, Part]]) -> list[Page[T]]:
            check_rows(sum(part.first for _, part in keys))
            found: dict[tuple[TenantId, Part], Page[T]] = {}
            for tenant in {tenant for tenant, _ in keys}:
                parts = [part for each, part in keys if each == tenant]
                pages = await self._engines.database.ask_for_tenant(tenant, read, parts)
                self._charge(Use(rows=sum(len(page.items) for page in pages)))
                found.update(((tenant, part), page) for part, page in zip(parts, pages, strict=True))
            return [found[key] for key in keys]

        return DataLoader(load)
