"""Deciding one review item; skipping it; writing beside it."""

from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa

from creatorgraph.domain.decision import Act, Pair, Verdict
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.review import ReviewComment, ReviewState
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.services.engines import Engines
from creatorgraph.services.recluster import clustered
from creatorgraph.services.steward.access import require
from creatorgraph.services.steward.act import Outcome, Pen, begin, cause_of, finish, new_id, settled
from creatorgraph.services.steward.refusal import (
    AlreadyDecidedError,
    ClaimExpiredError,
    InvalidDecisionError,
    MissingError,
    StaleVersionError,
)
from creatorgraph.store.read.decision import decisions_by_pairs
from creatorgraph.store.read.review import ReviewItemSeen, items_by_pairs
from creatorgraph.store.write.claim import lapsed_holder, lock_item, set_state
from creatorgraph.store.write.decision import append_comment, append_skip

MOST_TEXT = 1000


def decide(
    engines: Engines,
    steward: Steward,
    pair: Pair,
    verdict: Verdict,
    *,
    expected_version: int,
    comment: str | None = None,
    blind: bool = False,
    override: bool = False,
) -> Outcome:
    """Says of an item's pair that it is the same, different or unsure; the creators follow at once.

    `override` withdraws what stands against it: an earlier decision of the item, or decisions that contradict.

    Raises:
        RefusedError: one of its kinds; nothing was changed then.
    """
    require(steward, Role.STEWARD)
    text = checked_text(comment, "comment")
    if pair[0] == pair[1]:
        raise InvalidDecisionError("both sides are one profile", mend="Decide about two profiles.")
    with engines.database.transaction() as connection:
        if items_by_pairs(connection, [pair]) == [None]:
            raise MissingError("there is no such review item", mend="Ask for the queue again.")
        part, options = begin(connection, pair)
        item = checked_item(connection, steward, pair, expected_version, override=override)
        pen = Pen.of(connection, steward.name, Act.DECIDE, text)
        hidden = blind or (item.claim_blind and item.claimed_by == steward.steward_id)
        proposed = replace(
            pen.says(*pair, verdict),
            blind=hidden,
            shown_probability=None if hidden else item.shown_to(steward.steward_id, expected_version),
            item_version=expected_version,
        )
        decisions = settled(part, [proposed], pen, override=override)
        change = clustered(part, decisions, options, cause=cause_of(pen), at=pen.at)
        set_state(connection, [pair], ReviewState.DECIDED, was=list(ReviewState), by=steward.steward_id)
        return finish(connection, part, decisions, change, options, by=steward.steward_id)


def skip(engines: Engines, steward: Steward, pair: Pair, *, reason: str, expected_version: int) -> ReviewItemSeen:
    """Puts an item back for others; the steward gets it again only when nothing else is left.

    Raises:
        RefusedError: one of its kinds; nothing was changed then.
    """
    require(steward, Role.STEWARD)
    text = checked_text(reason, "reason")
    if text is None:
        raise InvalidDecisionError("a skip needs a reason", where="reason", mend="Say why, in a few words.")
    with engines.database.transaction() as connection:
        checked_item(connection, steward, pair, expected_version, override=False)
        append_skip(connection, new_id(), pair, steward.steward_id, text)
        set_state(connection, [pair], ReviewState.OPEN, was=[ReviewState.CLAIMED], by=steward.steward_id)
        [found] = items_by_pairs(connection, [pair])
    if found is None:
        raise MissingError("there is no such review item", mend="Ask for the queue again.")
    return found


def comment_on(engines: Engines, steward: Steward, pair: Pair, text: str) -> ReviewItemSeen:
    """Writes beside an item, whatever its state.

    Raises:
        RefusedError: the caller may not, there is no such item, or the text is empty or too long.
    """
    require(steward, Role.STEWARD)
    said = checked_text(text, "text")
    if said is None:
        raise InvalidInputError("the comment is empty", where="text", mend="Write something.")
    with engines.database.transaction() as connection:
        item = lock_item(connection, pair)
        if item is None:
            raise MissingError("there is no such review item", mend="Ask for the queue again.")
        append_comment(
            connection,
            ReviewComment(
                comment_id=new_id(), left=pair[0], right=pair[1], author=steward.name, text=said, at=datetime.now(UTC)
            ),
        )
    return item


def checked_item(
    connection: sa.Connection, steward: Steward, pair: Pair, expected_version: int, *, override: bool
) -> ReviewItemSeen:
    """The item, locked, when the steward may decide it now: nobody else has changed it since `expected_version`."""
    lapsed = lapsed_holder(connection, pair)
    item = lock_item(connection, pair)
    if item is None:
        raise MissingError("there is no such review item", mend="Ask for the queue again.")
    if item.item.state is ReviewState.DECIDED and not override:
        [standing] = decisions_by_pairs(connection, [pair])
        if standing is not None:
            raise AlreadyDecidedError(standing)
    if item.claimed_by not in (None, steward.steward_id):
        raise ClaimExpiredError(item, taken=True)
    if lapsed == steward.steward_id:
        raise ClaimExpiredError(item, taken=False)
    if item.shown_to(steward.steward_id, expected_version) is None:
        raise StaleVersionError(expected=expected_version, actual=item.version, what="the item")
    return item


def checked_text(text: str | None, where: str) -> str | None:
    """The text without blanks around it, None where nothing is left. Raises InvalidInputError where it is too long."""
    said = (text or "").strip()
    if len(said) > MOST_TEXT or "\x00" in said:
        raise InvalidInputError(
            f"this is longer than {MOST_TEXT} characters or has a NUL in it", where=where, mend="Shorten it."
        )
    return said or None
