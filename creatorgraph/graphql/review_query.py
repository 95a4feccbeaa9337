"""What stewards and analysts can ask: the queue, its figures, the audit, and what an act would change."""

import asyncio
from typing import Annotated

import strawberry

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.review import ReviewReason
from creatorgraph.domain.steward import Role, StewardId
from creatorgraph.graphql import node
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.decision import DECISION_CURSOR, DecisionRecord
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.preview import BulkPreview, IdentityPreview
from creatorgraph.graphql.queue import Agreement, ModelQuality, QueueSummary
from creatorgraph.graphql.relay import After, Connection, First
from creatorgraph.graphql.review import REVIEW_CURSOR, ReviewItem
from creatorgraph.graphql.review_filter import ReviewFilter, to_store
from creatorgraph.graphql.steward import Viewer
from creatorgraph.services.steward.agreement import agreement
from creatorgraph.services.steward.bulk import preview_bulk
from creatorgraph.services.steward.preview import preview_merge, preview_split
from creatorgraph.services.steward.quality import model_quality
from creatorgraph.services.steward.queue import queue_summary
from creatorgraph.store.read.decision import page_of_decisions
from creatorgraph.store.read.queue import page_of_items
from creatorgraph.store.read.review import page_of_open_items

_argument = strawberry.argument
Filter = Annotated[ReviewFilter | None, _argument(description="Which items; null: what waits.")]
Blind = Annotated[bool, _argument(description="Hold the probability back until the item is decided.")]


@strawberry.type
class ReviewQuery:
    @resolved("Who is signed in; null where nobody is.")
    async def viewer(self, info: Info) -> Viewer | None:
        return Viewer.calling(info.context.caller)

    @resolved(
        "Open pairs that a steward should look at, the weightiest first.",
        deprecated="Use `reviewQueue`, which has filters and states.",
    )
    async def review_candidates(
        self,
        info: Info,
        first: First,
        reasons: Annotated[
            list[ReviewReason] | None, _argument(description="Only for these reasons; null: all.")
        ] = None,
        after: After = None,
    ) -> Connection[ReviewItem]:
        key = REVIEW_CURSOR.decode(after)
        page = await info.context.engines.database.ask(
            page_of_open_items, reasons=reasons, first=page_size(first), after=key
        )
        return REVIEW_CURSOR.connection(page, [ReviewItem.of(each, info=info) for each in page.items], key)

    @resolved("Review items page by page, the most pressing first. For analysts and above.")
    async def review_queue(
        self,
        info: Info,
        first: First,
        filter: Filter = None,  # noqa: A002
        after: After = None,
        blind: Blind = False,
    ) -> Connection[ReviewItem]:
        caller = info.context.require(Role.ANALYST)
        key = REVIEW_CURSOR.decode(after)
        page = await info.context.engines.database.ask(
            page_of_items, to_store(filter, caller), first=page_size(first), after=key
        )
        items = [ReviewItem.of(each, info=info, blind=blind) for each in page.items]
        return REVIEW_CURSOR.connection(page, items, key)

    @resolved("A review item in any state; null where there never was one. For analysts and above.")
    async def review_item(
        self,
        info: Info,
        id: Annotated[strawberry.ID, _argument(description="The global id.")],  # noqa: A002
        blind: Blind = False,
    ) -> ReviewItem | None:
        info.context.require(Role.ANALYST)
        seen = await info.context.loaders.review_item.load(node.item_of(id))
        return ReviewItem.of(seen, info=info, blind=blind) if seen else None

    @resolved("The state of the queue in figures. For analysts and above.")
    async def queue_summary(self, info: Info, filter: Filter = None) -> QueueSummary:  # noqa: A002
        caller = info.context.require(Role.ANALYST)
        wanted = to_store(filter, caller)
        return QueueSummary.of(await info.context.engines.database.ask(queue_summary, wanted, me=caller.name))

    @resolved("How far stewards agree with each other and with the machine. For analysts and above.")
    async def steward_agreement(self, info: Info) -> Agreement:
        info.context.require(Role.ANALYST)
        return Agreement.of(await info.context.engines.database.ask(agreement))

    @resolved("What decisions did for the model of the last run. For analysts and above.")
    async def model_quality(self, info: Info) -> ModelQuality:
        info.context.require(Role.ANALYST)
        return ModelQuality.of(await info.context.engines.database.ask(model_quality))

    @resolved("What a merge of these creators would change. For analysts and above.")
    async def preview_merge(
        self,
        info: Info,
        creator_ids: Annotated[list[strawberry.ID], _argument(description="Global ids or UUIDs of 2 to 50 creators.")],
    ) -> IdentityPreview:
        ids = [node.creator_of(each) for each in creator_ids]
        found = await asyncio.to_thread(preview_merge, info.context.engines, info.context.caller.steward, ids)
        return IdentityPreview.of(found)

    @resolved("What a split of this creator would change. For analysts and above.")
    async def preview_split(
        self,
        info: Info,
        creator_id: Annotated[strawberry.ID, _argument(description="The global id or UUID of a creator.")],
        groups: Annotated[
            list[list[strawberry.ID]],
            _argument(description="Profiles by group; the members left out are a group of their own."),
        ],
    ) -> IdentityPreview:
        parts = [[node.profile_of(each) for each in group] for group in groups]
        found = await asyncio.to_thread(
            preview_split, info.context.engines, info.context.caller.steward, node.creator_of(creator_id), parts
        )
        return IdentityPreview.of(found)

    @resolved("What a bulk accept of the items that pass the filter would accept. For stewards and above.")
    async def preview_bulk_accept(
        self,
        info: Info,
        filter: Annotated[ReviewFilter, _argument(description="Which items; of them the open ones.")],  # noqa: A002
        sample: Annotated[int, _argument(description="How many items to show: 1 to 50.")] = 10,
    ) -> BulkPreview:
        caller = info.context.require(Role.STEWARD)
        found = await asyncio.to_thread(
            preview_bulk, info.context.engines, caller, to_store(filter, caller), sample=sample
        )
        return BulkPreview(
            count=found.count, sample=[ReviewItem.of(each, info=info) for each in found.sample], token=found.token
        )

    @resolved("The audit: whatever was decided or taken back, newest first. For analysts and above.")
    async def decisions(
        self,
        info: Info,
        first: First,
        after: After = None,
        actor: Annotated[strawberry.ID | None, _argument(description="Only of this viewer, by id or name.")] = None,
    ) -> Connection[DecisionRecord]:
        info.context.require(Role.ANALYST)
        key = DECISION_CURSOR.decode(after)
        page = await info.context.engines.database.ask(
            page_of_decisions, actor=await _name(info, actor), first=page_size(first), after=key
        )
        return DECISION_CURSOR.connection(page, [DecisionRecord.seen(each) for each in page.items], key)


async def _name(info: Info, actor: str | None) -> str | None:
    """The name behind a viewer's id; a text that is no id is the name itself."""
    if actor is None:
        return None
    try:
        key = node.uuid_of(node.VIEWER, actor)
    except InvalidInputError:
        return actor
    steward = await info.context.loaders.steward.load(StewardId(key))
    return steward.name if steward else actor
