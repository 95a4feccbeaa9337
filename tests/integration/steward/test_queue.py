"""Bulk accept, the figures of the queue, and what subscribers are told."""

import asyncio
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from creatorgraph.domain.decision import Verdict
from creatorgraph.domain.review import Band, ReviewEventKind, ReviewItem, ReviewReason, ReviewState
from creatorgraph.domain.steward import Steward
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.agreement import agreement
from creatorgraph.services.steward.bulk import accept_bulk, preview_bulk
from creatorgraph.services.steward.claim import claim_items
from creatorgraph.services.steward.decide import comment_on, decide
from creatorgraph.services.steward.feed import MOST_AT_ONCE, Feed
from creatorgraph.services.steward.quality import model_quality
from creatorgraph.services.steward.queue import queue_history, queue_summary
from creatorgraph.services.steward.refusal import MissingError, StaleVersionError
from creatorgraph.services.steward.undo import undo
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.read.decision import page_of_decisions
from creatorgraph.store.read.queue import NO_FILTER, QueueFilter, comments_by_pairs, page_of_items
from creatorgraph.store.read.review import items_by_pairs
from creatorgraph.store.write.review import replace_open_items

COUNT = 12


@pytest.fixture
def queued(engines: Engines) -> Engines:
    """COUNT items about pairs of creators of one profile, apart from each other."""
    with engines.database.transaction() as connection:
        home = read_memberships(connection)
        alone = sorted(p for p, c in home.items() if list(home.values()).count(c) == 1)
        pairs = list(zip(alone[0::2], alone[1::2], strict=False))[:COUNT]
        replace_open_items(
            connection,
            [
                ReviewItem(
                    left=min(pair),
                    right=max(pair),
                    reason=ReviewReason.UNCERTAIN_LINK,
                    probability=0.05 + 0.9 * n / COUNT,
                    priority=float(n),
                )
                for n, pair in enumerate(pairs)
            ],
        )
    return engines


def test_bulk_accept_takes_exactly_what_was_previewed_and_one_undo_takes_it_back(
    queued: Engines, ann: Steward, bo: Steward
) -> None:
    wanted = QueueFilter(bands=[Band.LEANING_SAME, Band.LIKELY_SAME])
    preview = preview_bulk(queued, ann, wanted, sample=3)
    assert (preview.count, len(preview.sample)) == (4, 3)
    with pytest.raises(MissingError):
        accept_bulk(queued, bo, preview.token)
    outcome = accept_bulk(queued, ann, preview.token, comment="look-alikes")
    assert len(outcome.decisions) == 4
    assert len({each.group for each in outcome.decisions}) == 1
    assert {each.shown_probability for each in outcome.decisions} >= {each.item.probability for each in preview.sample}
    with queued.database.transaction() as connection:
        home = read_memberships(connection)
        states = items_by_pairs(connection, [each.pair for each in outcome.decisions])
    assert all(home[each.left] == home[each.right] for each in outcome.decisions)
    assert {each.item.state for each in states if each} == {ReviewState.DECIDED}
    with pytest.raises(MissingError):
        accept_bulk(queued, ann, preview.token)
    undo(queued, bo, outcome.decisions[2].decision_id)
    with queued.database.transaction() as connection:
        home = read_memberships(connection)
    assert all(home[each.left] != home[each.right] for each in outcome.decisions)


def test_bulk_accept_refuses_when_one_item_has_changed(queued: Engines, ann: Steward, bo: Steward) -> None:
    preview = preview_bulk(queued, ann, QueueFilter(min_priority=8.0))
    [taken] = claim_items(queued, bo, QueueFilter(min_priority=11.0))
    with pytest.raises(StaleVersionError):
        accept_bulk(queued, ann, preview.token)
    with queued.database.transaction() as connection:
        assert page_of_decisions(connection, first=5).items == ()
    # a refusal rolls back: the token is still good once the item is free again
    assert taken.claimed_by == bo.steward_id


def test_bulk_leaves_out_what_contradicts_a_decision(queued: Engines, ann: Steward) -> None:
    before = preview_bulk(queued, ann, NO_FILTER)
    [top] = claim_items(queued, ann)
    decide(queued, ann, top.item.pair, Verdict.DIFFERENT, expected_version=top.version)
    with queued.database.transaction() as connection:
        replace_open_items(
            connection, [each.item for each in page_of_items(connection, first=100).items], among=[top.item.left]
        )
    assert preview_bulk(queued, ann, NO_FILTER).count == before.count - 1


def test_the_figures_of_the_queue(queued: Engines, ann: Steward, bo: Steward) -> None:
    today = datetime.now(UTC).date()
    with queued.database.transaction() as connection:
        start = queue_summary(connection, me="ann")
    one, other = claim_items(queued, ann, count=2)
    decide(queued, ann, one.item.pair, Verdict.DIFFERENT, expected_version=one.version)
    comment_on(queued, bo, other.item.pair, "seen on stage together")
    with queued.database.transaction() as connection:
        now = queue_summary(connection, me="ann")
        theirs = queue_summary(connection, QueueFilter(min_priority=1e9), me="bo")
        days = queue_history(connection)
        [said] = comments_by_pairs(connection, [other.item.pair])
    assert (start.open, start.claimed) == (start.by_reason[ReviewReason.UNCERTAIN_LINK], 0)
    assert (now.open, now.claimed) == (start.open - 2, 1)
    assert (now.decided_today, now.decided_by_me_today, theirs.decided_by_me_today) == (1, 1, 0)
    assert (theirs.open, theirs.oldest) == (0, None)
    assert (days[-1].day, days[-1].decided, days[-1].open) == (today, 1, start.open - 1)
    assert len(days) == 30
    # whatever came up, came up today
    assert days[-2].open == 0
    assert [(each.author, each.text) for each in said] == [("bo", "seen on stage together")]


def test_agreement_counts_what_two_have_said(queued: Engines, ann: Steward, bo: Steward) -> None:
    for number, found in enumerate(claim_items(queued, ann, count=COUNT)):
        decide(queued, ann, found.item.pair, Verdict.DIFFERENT, expected_version=found.version)
        with queued.database.transaction() as connection:
            [now] = items_by_pairs(connection, [found.item.pair])
        assert now is not None
        verdict = Verdict.SAME if number == 0 else Verdict.DIFFERENT
        decide(queued, bo, found.item.pair, verdict, expected_version=now.version, override=True)
    with queued.database.transaction() as connection:
        found_ = agreement(connection)
        quality = model_quality(connection)
    assert found_.pairs_decided_twice == COUNT
    # one of the two always said the same: nothing is left beyond chance
    assert found_.kappa == pytest.approx(0.0)
    assert sum(each.decided for each in found_.machine) == COUNT
    assert sum(each.same for each in found_.machine) == 1
    assert not quality.used
    assert "100" in quality.explanation


async def test_subscribers_hear_of_changes_and_of_large_ones_only_that_they_were(queued: Engines, ann: Steward) -> None:
    feed = Feed(queued.database, retry_seconds=0.05)
    task = asyncio.create_task(feed.run())
    try:
        async with asyncio.timeout(120):
            await feed.listening.wait()
            batches = feed.queue.batches()
            waiting = asyncio.ensure_future(anext(batches))
            await asyncio.sleep(0)
            [claimed] = await asyncio.to_thread(claim_items, queued, ann)
            batch = await waiting
            assert [(each.kind, each.pair) for each in batch.events] == [(ReviewEventKind.CLAIMED, claimed.item.pair)]

            await asyncio.to_thread(_open_many, queued)
            while (await anext(batches)).whole:
                continue

            # the connection is cut: whoever listens is told to look again
            waiting = asyncio.ensure_future(anext(batches))
            with queued.database.transaction() as connection:
                connection.execute(
                    sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
                )
            assert not (await waiting).whole
            await batches.aclose()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await queued.database.aclose()
    assert len(feed.queue) == 0


def _open_many(engines: Engines) -> None:
    with engines.database.transaction() as connection:
        ids = sorted(read_memberships(connection))
        pairs = [(one, other) for n, one in enumerate(ids) for other in ids[n + 1 :]][: MOST_AT_ONCE + 50]
        replace_open_items(
            connection,
            [ReviewItem(left=a, right=b, reason=ReviewReason.BRIDGE, probability=0.5, priority=1.0) for a, b in pairs],
        )
