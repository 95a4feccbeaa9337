"""Matches private profiles to shared creators, by the matcher that answers "who is this?" and stores nothing that is shared."""

from collections.abc import Sequence
from dataclasses import asdict

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.link import Evidence
from creatorgraph.domain.private import MatchReason, PrivateId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.engines import Engines
from creatorgraph.services.private.record import stored_profile
from creatorgraph.store.read.private import WaitingRow, waiting_by_ids, waiting_private
from creatorgraph.store.write.outbox import Message
from creatorgraph.store.write.private import mark_stale, settle

MOST_AT_ONCE = 100
"""Records of one pass, some seconds of work: arrivals and erasures come in between."""
RETRY_SECONDS = 24 * 3600.0
"""After which whoever matched nobody is looked up again."""
_ENDED = frozenset({"creator.erased", "creator.merged", "creator.split"})


def match_waiting(engines: Engines, matching: Matching, *, limit: int = MOST_AT_ONCE) -> int:
    """One pass over what waits, of all tenants; how many were looked up.

    Raises:
        UnavailableError: no run has left anything to match with; the records go on waiting.
    """
    with engines.database.for_operator() as connection:
        waiting = waiting_private(connection, limit=limit, retry_seconds=RETRY_SECONDS)
    _match(engines, matching, waiting)
    return len(waiting)


def match_these(engines: Engines, matching: Matching, ids: Sequence[PrivateId]) -> None:
    """Those of these records that wait. Raises UnavailableError as `match_waiting` does."""
    with engines.database.for_operator() as connection:
        waiting = waiting_by_ids(connection, ids)
    _match(engines, matching, waiting)


def note_changes(engines: Engines, messages: Sequence[Message]) -> None:
    """For the relay: what was matched to a profile or creator that has changed waits to be matched anew."""
    profiles = sorted({ProfileId(each) for m in messages for each in m.payload.get("profiles", ())})
    creators = sorted(
        {CreatorId(each) for m in messages if m.topic in _ENDED for each in m.payload.get("creators", ())}
    )
    if profiles or creators:
        with engines.database.for_operator() as connection:
            mark_stale(connection, profiles=profiles, creators=creators)


def _match(engines: Engines, matching: Matching, waiting: Sequence[WaitingRow]) -> None:
    # no transaction is open while the matcher works: it takes some time
    found = [_found(each, matching) for each in waiting]
    with engines.database.for_operator() as connection:
        settle(connection, found)


def _found(waiting: WaitingRow, matching: Matching) -> dict[str, object]:
    nobody: dict[str, object] = {"private_id": waiting.private_id, "digest": waiting.digest.hex()}
    try:
        matched = matching.match(stored_profile(waiting.columns), first=1, min_probability=0.0)
    except InvalidInputError:
        return nobody
    if not matched.candidates or not matched.candidates[0].accepted:
        return nobody | {"model_version": matched.model_version}
    best = matched.candidates[0]
    return nobody | {
        "creator_id": best.creator_id,
        "matched_profile_id": best.matched,
        "probability": best.probability,
        "reasons": [asdict(_reason(each)) for each in best.evidence],
        "model_version": matched.model_version,
    }


def _reason(said: Evidence) -> MatchReason:
    return MatchReason(
        signal=said.signal, level=said.level, match_weight=said.match_weight, explanation=said.explanation
    )
