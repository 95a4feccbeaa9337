"""What can be followed, over graphql-transport-ws or as server-sent events: changes, which come from PostgreSQL's own
notifications, and the hits of a long search."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

import strawberry

from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.review import ReviewEventKind
from creatorgraph.domain.role import Role, Scope
from creatorgraph.graphql import node
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.creator_filter import CreatorFilter
from creatorgraph.graphql.creator_filter import to_store as creators_to_store
from creatorgraph.graphql.field import followed
from creatorgraph.graphql.history import IdentityEvent
from creatorgraph.graphql.limit import MAX_FIRST, MAX_STREAMED, page_size
from creatorgraph.graphql.queue import QueueSummary
from creatorgraph.graphql.relay import After
from creatorgraph.graphql.review import ReviewItem
from creatorgraph.graphql.review_filter import ReviewFilter, to_store
from creatorgraph.graphql.search import SearchHit, SearchPart, search_cursor, searchable
from creatorgraph.services.search import search_creators
from creatorgraph.services.search_rank import SearchMode
from creatorgraph.services.steward.feed import Feed
from creatorgraph.services.steward.queue import queue_summary
from creatorgraph.store.read.queue import QueueFilter, items_passing

FIRST_PART = 10
"""Hits of the first part of a search; each part after it has twice as many, up to a page."""

_argument = strawberry.argument
_field = strawberry.field


@strawberry.type(description="A change of the queue.")
class ReviewQueueEvent:
    kind: ReviewEventKind = _field(description="What happened.")
    item: ReviewItem | None = _field(
        description="The item as it is now; null where so many changed at once that the queue should be asked for again."
    )
    summary: QueueSummary = _field(description="The state of the queue.")


@strawberry.type(description="What can be followed. Changes need the role ANALYST.")
class Subscription:
    @followed(
        "The hits of a search in parts, the best first, so that the first are there while the others are looked up."
    )
    async def search_hits(
        self,
        info: Info,
        query: Annotated[str, _argument(description="What to look for, in plain words.")],
        first: Annotated[int, _argument(description=f"How many at most: 1 to {MAX_STREAMED}.")],
        filter: Annotated[CreatorFilter | None, _argument(description="Which creators; null: all.")] = None,  # noqa: A002
        mode: Annotated[SearchMode, _argument(description="How to search.")] = SearchMode.HYBRID,
        after: After = None,
    ) -> AsyncGenerator[SearchPart, None]:
        info.context.caller.require(Scope.READ)
        cursor = search_cursor(mode)
        wanted, key, text = page_size(first, most=MAX_STREAMED), cursor.decode(after), searchable(query)
        size = FIRST_PART
        while True:
            page = await search_creators(
                info.context.engines,
                text,
                filter_by=creators_to_store(filter),
                mode=mode,
                first=min(size, wanted),
                after=key,
            )
            wanted -= len(page.items)
            complete = wanted == 0 or not page.more
            key = page.keys[-1] if page.keys else key
            # an open stream reads what is there now, and holds no rows of parts that were told
            info.context.renew()
            yield SearchPart(
                hits=[SearchHit.of(hit, text) for hit in page.items],
                cursor=cursor.encode(key) if key else None,
                complete=complete,
            )
            if complete:
                return
            size = min(MAX_FIRST, 2 * size)

    @followed("Changes of items that pass the filter, whatever state they end in.")
    async def review_queue_changed(
        self,
        info: Info,
        filter: Annotated[ReviewFilter | None, _argument(description="Which items; null: all.")] = None,  # noqa: A002
        blind: Annotated[bool, _argument(description="Hold probabilities back.")] = False,
    ) -> AsyncGenerator[ReviewQueueEvent, None]:
        caller = info.context.require(Role.ANALYST)
        feed, wanted = _feed(info), to_store(filter, caller)
        async with aclosing(feed.queue.batches()) as batches:
            async for batch in batches:
                pairs = list({each.pair: None for each in batch.events})
                found = await info.context.engines.database.ask(items_passing, wanted, pairs) if pairs else {}
                told = [each for each in batch.events if each.pair in found]
                if batch.whole and not told:
                    continue
                info.context.renew()
                summary = await _summary(info, wanted, caller.name)
                if not batch.whole:
                    yield ReviewQueueEvent(kind=ReviewEventKind.OPENED, item=None, summary=summary)
                for each in told:
                    item = ReviewItem.of(found[each.pair], info=info, blind=blind)
                    yield ReviewQueueEvent(kind=each.kind, item=item, summary=summary)

    @followed("What happens to creators from now on.")
    async def creator_changed(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID] | None, _argument(description="Global ids or UUIDs; null: all.")] = None,
    ) -> AsyncGenerator[IdentityEvent, None]:
        info.context.require(Role.ANALYST)
        wanted = None if ids is None else {node.creator_of(each) for each in ids}
        async with aclosing(_feed(info).identity.batches()) as batches:
            async for batch in batches:
                for event in batch.events:
                    if wanted is None or event.creator_id in wanted or event.other in wanted:
                        info.context.renew()
                        yield IdentityEvent.of(event)


async def _summary(info: Info, wanted: QueueFilter, name: str) -> QueueSummary:
    return QueueSummary.of(await info.context.engines.database.ask(queue_summary, wanted, me=name))


def _feed(info: Info) -> Feed:
    if info.context.feed is None:
        raise UnavailableError("this server does not follow changes", mend="Ask the API of `creatorgraph serve`.")
    return info.context.feed
