"""The write side: what stewards do. Each act is one transaction; what it refuses comes back as a type, not as an error."""

import asyncio
from typing import Annotated

import strawberry

from creatorgraph.domain.decision import Pair, Verdict
from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.steward import Role
from creatorgraph.graphql import node
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.decision import DecisionRecord
from creatorgraph.graphql.export import ExportMutation
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.key_mutation import KeyMutation
from creatorgraph.graphql.limit import MAX_LISTED
from creatorgraph.graphql.outcome import (
    BulkDone,
    BulkResult,
    DecideResult,
    DecisionMade,
    IdentityChanged,
    IdentityResult,
    changed,
    common_problem,
    decide_problem,
    identity_problem,
)
from creatorgraph.graphql.private_mutation import PrivateMutation
from creatorgraph.graphql.review import ReviewItem
from creatorgraph.graphql.review_filter import ReviewFilter, to_store
from creatorgraph.graphql.webhook_mutation import WebhookMutation
from creatorgraph.services.steward.act import Outcome
from creatorgraph.services.steward.bulk import accept_bulk
from creatorgraph.services.steward.claim import claim_items, release_item
from creatorgraph.services.steward.decide import comment_on, decide, skip
from creatorgraph.services.steward.merge import merge
from creatorgraph.services.steward.split import move, split
from creatorgraph.services.steward.undo import undo

_argument = strawberry.argument
ItemId = Annotated[strawberry.ID, _argument(description="The global id of a review item.")]
CreatorIdArgument = Annotated[strawberry.ID, _argument(description="The global id or UUID of a creator.")]
ProfileIdArgument = Annotated[strawberry.ID, _argument(description="The global or raw id of a profile.")]
Version = Annotated[int, _argument(description="The `version` that was looked at.")]
Comment = Annotated[str | None, _argument(description="Why; kept for ever with the decision.")]
Override = Annotated[bool, _argument(description="Withdraw what stands against it, by an undo of its own.")]
Blind = Annotated[bool, _argument(description="Hold the probability back until the item is decided.")]
Groups = Annotated[
    list[list[strawberry.ID]],
    _argument(description="Profiles by group, as global or raw ids; the members left out are a group of their own."),
]


@strawberry.type(description="What can be done: by stewards, and by tenants with what they own.")
class Mutation(PrivateMutation, ExportMutation, WebhookMutation, KeyMutation):
    @resolved(
        "The caller's next items, the most pressing first, held for ten minutes: those that they hold already, whose time "
        "begins anew, then fresh ones. No item is ever held by two."
    )
    async def claim_next_review(
        self,
        info: Info,
        filter: Annotated[ReviewFilter | None, _argument(description="Which items; null: any.")] = None,  # noqa: A002
        count: Annotated[int, _argument(description="How many at most: 1 to 50.")] = 1,
        blind: Blind = False,
    ) -> list[ReviewItem]:
        caller = info.context.require(Role.STEWARD)
        found = await asyncio.to_thread(
            claim_items, info.context.engines, caller, to_store(filter, caller), count=count, blind=blind
        )
        return [ReviewItem.of(each, info=info) for each in found]

    @resolved("Gives an item back to the queue.")
    async def release_review(self, info: Info, item_id: ItemId) -> ReviewItem:
        caller, pair = info.context.require(Role.STEWARD), node.item_of(item_id)
        blind = await _held_blind(info, pair)
        found = await asyncio.to_thread(release_item, info.context.engines, caller, pair)
        info.context.renew()
        return ReviewItem.of(found, info=info, blind=blind)

    @resolved("Puts an item back for others; the caller gets it again only when nothing else is left.")
    async def skip_review(
        self,
        info: Info,
        item_id: ItemId,
        reason: Annotated[str, _argument(description="Why.")],
        expected_version: Version,
    ) -> DecideResult:
        try:
            caller = info.context.require(Role.STEWARD)
            pair = node.item_of(item_id)
            blind = await _held_blind(info, pair)
            found = await asyncio.to_thread(
                skip, info.context.engines, caller, pair, reason=reason, expected_version=expected_version
            )
        except CreatorgraphError as error:
            return decide_problem(error, info)
        info.context.renew()
        item = ReviewItem.of(found, info=info, blind=blind)
        return DecisionMade(decision=None, item=item, creators=[], events=[])

    @resolved("Says of an item's pair whether it is one person. The creators follow at once.")
    async def decide(
        self,
        info: Info,
        item_id: ItemId,
        decision: Annotated[Verdict, _argument(description="What the caller says.")],
        expected_version: Version,
        comment: Comment = None,
        blind: Blind = False,
        override: Override = False,
    ) -> DecideResult:
        try:
            caller = info.context.require(Role.STEWARD)
            outcome = await asyncio.to_thread(
                decide,
                info.context.engines,
                caller,
                node.item_of(item_id),
                decision,
                expected_version=expected_version,
                comment=comment,
                blind=blind,
                override=override,
            )
        except CreatorgraphError as error:
            return decide_problem(error, info, blind=blind)
        return await _made(info, outcome)

    @resolved("Writes beside an item, whatever its state.")
    async def comment(
        self, info: Info, item_id: ItemId, text: Annotated[str, _argument(description="At most 1000 characters.")]
    ) -> ReviewItem:
        caller = info.context.require(Role.STEWARD)
        found = await asyncio.to_thread(comment_on, info.context.engines, caller, node.item_of(item_id), text)
        info.context.renew()
        return ReviewItem.of(found, info=info)

    @resolved("Takes back the whole act that a decision was part of. Undoing an undo is a redo.")
    async def undo(
        self, info: Info, decision_id: Annotated[strawberry.ID, _argument(description="The id of a decision.")]
    ) -> DecideResult:
        try:
            caller = info.context.require(Role.STEWARD)
            key = node.uuid_of(node.DECISION, decision_id)
            outcome = await asyncio.to_thread(undo, info.context.engines, caller, key)
        except CreatorgraphError as error:
            return decide_problem(error, info)
        return await _made(info, outcome)

    @resolved("Says SAME of every item of a preview: all of them or none.")
    async def bulk_accept(
        self,
        info: Info,
        token: Annotated[str, _argument(description="The `token` of `previewBulkAccept`.")],
        comment: Comment = None,
    ) -> BulkResult:
        try:
            caller = info.context.require(Role.STEWARD)
            outcome = await asyncio.to_thread(accept_bulk, info.context.engines, caller, token, comment=comment)
        except CreatorgraphError as error:
            return common_problem(error)
        info.context.renew()
        return BulkDone(
            decided=len(outcome.decisions),
            decisions=[DecisionRecord.of(each) for each in outcome.decisions[:MAX_LISTED]],
        )

    @resolved("Makes one creator of several. The oldest id survives, the others lead to it.")
    async def merge_creators(
        self,
        info: Info,
        creator_ids: Annotated[list[strawberry.ID], _argument(description="Global ids or UUIDs of 2 to 50 creators.")],
        expected_versions: Annotated[list[int], _argument(description="The version of each, in their order.")],
        comment: Comment = None,
        override: Override = False,
    ) -> IdentityResult:
        try:
            caller = info.context.require(Role.STEWARD)
            outcome = await asyncio.to_thread(
                merge,
                info.context.engines,
                caller,
                [node.creator_of(each) for each in creator_ids],
                expected_versions=expected_versions,
                comment=comment,
                override=override,
            )
        except CreatorgraphError as error:
            return identity_problem(error)
        return await _changed(info, outcome)

    @resolved("Parts a creator into groups that no later run joins. The largest keeps the id.")
    async def split_creator(
        self,
        info: Info,
        creator_id: CreatorIdArgument,
        groups: Groups,
        expected_version: Version,
        comment: Comment = None,
        override: Override = False,
    ) -> IdentityResult:
        try:
            caller = info.context.require(Role.STEWARD)
            outcome = await asyncio.to_thread(
                split,
                info.context.engines,
                caller,
                node.creator_of(creator_id),
                [[node.profile_of(each) for each in group] for group in groups],
                expected_version=expected_version,
                comment=comment,
                override=override,
            )
        except CreatorgraphError as error:
            return identity_problem(error)
        return await _changed(info, outcome)

    @resolved("Takes a profile out of its creator for good, into another one or one of its own.")
    async def move_profile(
        self,
        info: Info,
        profile_id: ProfileIdArgument,
        expected_version: Annotated[int, _argument(description="The version of the creator that it leaves.")],
        to_creator_id: Annotated[strawberry.ID | None, _argument(description="Where to; null: alone.")] = None,
        comment: Comment = None,
        override: Override = False,
    ) -> IdentityResult:
        try:
            caller = info.context.require(Role.STEWARD)
            outcome = await asyncio.to_thread(
                move,
                info.context.engines,
                caller,
                node.profile_of(profile_id),
                node.creator_of(to_creator_id) if to_creator_id else None,
                expected_version=expected_version,
                comment=comment,
                override=override,
            )
        except CreatorgraphError as error:
            return identity_problem(error)
        return await _changed(info, outcome)


async def _held_blind(info: Info, pair: Pair) -> bool:
    """Whether the caller holds the item blind: then giving it back tells no more than holding it did."""
    seen = await info.context.loaders.review_item.load(pair)
    return seen is not None and ReviewItem.of(seen, info=info).blind


async def _made(info: Info, outcome: Outcome) -> DecisionMade:
    info.context.renew()
    # withdrawals come first, what was asked for last
    decision = outcome.decisions[-1]
    item = await info.context.loaders.review_item.load(decision.pair)
    creators, events = await changed(info, outcome)
    return DecisionMade(
        decision=DecisionRecord.of(decision),
        item=ReviewItem.of(item, info=info) if item else None,
        creators=creators,
        events=events,
    )


async def _changed(info: Info, outcome: Outcome) -> IdentityChanged:
    info.context.renew()
    creators, events = await changed(info, outcome)
    return IdentityChanged(
        creators=creators, events=events, decisions=[DecisionRecord.of(each) for each in outcome.decisions[:MAX_LISTED]]
    )
