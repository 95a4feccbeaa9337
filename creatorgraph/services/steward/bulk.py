"""Accepting many look-alikes at once: a preview first, whose token stands for exactly the items and versions shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from creatorgraph.domain.decision import Act, Decision, Verdict
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewState
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.resolution.contradiction import compatible
from creatorgraph.services.engines import Engines
from creatorgraph.services.recluster import clustered, read_part, run_options
from creatorgraph.services.steward.access import digest_of, new_token, require
from creatorgraph.services.steward.act import Outcome, Pen, begin, cause_of, finish
from creatorgraph.services.steward.decide import checked_text
from creatorgraph.services.steward.refusal import MissingError, StaleVersionError
from creatorgraph.store.read.queue import QueueFilter, page_of_items
from creatorgraph.store.read.review import ReviewItemSeen, items_by_pairs
from creatorgraph.store.read.steward import preview_items
from creatorgraph.store.write.claim import set_state
from creatorgraph.store.write.steward import insert_preview, take_preview

MOST = 500
"""Items of one preview: what is accepted in one transaction."""
MOST_SAMPLE = 50
_KEPT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPreview:
    """How many items `token` would accept, and some of them, evenly over their priorities."""

    count: int
    sample: tuple[ReviewItemSeen, ...]
    token: str


def preview_bulk(engines: Engines, steward: Steward, filter_by: QueueFilter, *, sample: int = 10) -> BulkPreview:
    """The most pressing open items (at most MOST) that pass the filter and contradict no decision.

    Raises:
        NotAllowedError: the caller may not decide.
        InvalidInputError: `sample` is out of range.
    """
    require(steward, Role.STEWARD)
    if not 1 <= sample <= MOST_SAMPLE:
        raise InvalidInputError(f"{sample} is out of range", where="sample", mend=f"Ask for 1 to {MOST_SAMPLE}.")
    open_alone = replace(filter_by, states=(ReviewState.OPEN,), claimed_by=None)
    token = new_token()
    with engines.database.transaction() as connection:
        items = page_of_items(connection, open_alone, first=MOST).items
        part = read_part(connection, _ends(items), run_options(connection))
        fitting = set(compatible(part.decisions, [each.item.pair for each in items]))
        items = tuple(each for each in items if each.item.pair in fitting)
        insert_preview(
            connection,
            token=digest_of(token),
            steward_id=steward.steward_id,
            items=[(*each.item.pair, each.version) for each in items],
            expires_at=datetime.now(UTC) + _KEPT,
        )
    return BulkPreview(count=len(items), sample=_spread(items, sample), token=token)


def accept_bulk(engines: Engines, steward: Steward, token: str, *, comment: str | None = None) -> Outcome:
    """Says SAME of every item of the preview: all of them or none. One undo takes back the whole.

    Raises:
        MissingError: the token is nobody's, another steward's, used or too old.
        StaleVersionError: one of the items has changed, is held or was decided since.
    """
    require(steward, Role.STEWARD)
    text = checked_text(comment, "comment")
    with engines.database.transaction() as connection:
        previewed = preview_items(connection, digest_of(token), steward.steward_id)
        pairs = [(ProfileId(left), ProfileId(right)) for left, right, _ in previewed]
        part, options = begin(connection, {end for pair in pairs for end in pair})
        # its row only now: an erasure, which takes previews away, has the creators first too
        if not take_preview(connection, digest_of(token), steward.steward_id):
            raise MissingError(
                "there is no such preview", mend="Preview again: each can be accepted once, within 30 minutes."
            )
        shown: list[ReviewItemSeen] = []
        for found, (*_, version) in zip(items_by_pairs(connection, pairs), previewed, strict=True):
            if found is None or found.version != version or found.item.state is not ReviewState.OPEN:
                raise StaleVersionError(expected=version, actual=found.version if found else 0, what="one of the items")
            shown.append(found)
        if len(compatible(part.decisions, pairs)) < len(pairs):
            raise StaleVersionError(expected=len(pairs), actual=0, what="what stands about these items")
        pen = Pen.of(connection, steward.name, Act.DECIDE, text)
        decisions = [_accepted(pen, each) for each in shown]
        change = clustered(part, decisions, options, cause=cause_of(pen), at=pen.at)
        set_state(connection, pairs, ReviewState.DECIDED, was=[ReviewState.OPEN], by=steward.steward_id)
        return finish(connection, part, decisions, change, options, by=steward.steward_id)


def _accepted(pen: Pen, shown: ReviewItemSeen) -> Decision:
    said = pen.says(*shown.item.pair, Verdict.SAME)
    return replace(said, shown_probability=shown.item.probability, item_version=shown.version)


def _ends(items: Sequence[ReviewItemSeen]) -> set[ProfileId]:
    return {end for each in items for end in each.item.pair}


def _spread(items: Sequence[ReviewItemSeen], count: int) -> tuple[ReviewItemSeen, ...]:
    if len(items) <= count:
        return tuple(items)
    return tuple(items[number * len(items) // count] for number in range(count))
