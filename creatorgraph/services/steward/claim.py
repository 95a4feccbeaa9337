"""Claims: an item belongs to one steward at a time, for as long as the lease runs."""

from dataclasses import replace
from datetime import timedelta

from creatorgraph.domain.decision import Pair
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.review import ReviewState
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import require
from creatorgraph.services.steward.refusal import MissingError
from creatorgraph.store.read.queue import NO_FILTER, QueueFilter, page_of_items
from creatorgraph.store.read.review import ReviewItemSeen, items_by_pairs
from creatorgraph.store.write.claim import lapse_claims, lock_item, renew_claims, set_state, take_claims

MOST = 50
"""Items that one steward may claim at a time."""


def claim_items(
    engines: Engines, steward: Steward, filter_by: QueueFilter = NO_FILTER, *, count: int = 1, blind: bool = False
) -> list[ReviewItemSeen]:
    """The steward's next items: first those that they hold already, whose leases begin anew, then fresh ones.

    Raises:
        NotAllowedError: the caller may not decide.
        InvalidInputError: `count` is out of range.
    """
    require(steward, Role.STEWARD)
    if not 1 <= count <= MOST:
        raise InvalidInputError(f"{count} is out of range", where="count", mend=f"Claim 1 to {MOST} at a time.")
    lease = timedelta(minutes=engines.settings.claim_minutes)
    with engines.database.transaction() as connection:
        lapse_claims(connection)
        renew_claims(connection, steward.steward_id, filter_by, count=count, lease=lease, blind=blind)
        # read apart: one that somebody is changing at this moment was not renewed, but is held all the same
        mine = replace(filter_by, states=(ReviewState.CLAIMED,), claimed_by=steward.steward_id)
        held = list(page_of_items(connection, mine, first=count).items)
        if len(held) == count:
            return held
        return held + take_claims(
            connection, steward.steward_id, filter_by, count=count - len(held), lease=lease, blind=blind
        )


def release_item(engines: Engines, steward: Steward, pair: Pair) -> ReviewItemSeen:
    """Gives an item back to the queue; nothing happens where the steward does not hold it.

    Raises:
        NotAllowedError: the caller may not decide.
        MissingError: there is no such item.
    """
    require(steward, Role.STEWARD)
    with engines.database.transaction() as connection:
        item = lock_item(connection, pair)
        if item is None:
            raise MissingError("there is no such review item", mend="Ask for the queue again.")
        if item.claimed_by == steward.steward_id:
            set_state(connection, [pair], ReviewState.OPEN, was=[ReviewState.CLAIMED], by=steward.steward_id)
        [found] = items_by_pairs(connection, [pair])
    return found or item
