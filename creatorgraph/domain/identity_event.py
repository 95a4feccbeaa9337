"""Identity events: the append-only history from which every membership can be replayed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId


class IdentityEventKind(StrEnum):
    CREATED = "created"
    """The creator came to be; `profiles` are its first members, `other` the creator it was split from, if any."""
    MERGED = "merged"
    """`creator_id` survives and takes in `profiles`, which came from the now retired `other`."""
    SPLIT = "split"
    """`creator_id` lost `profiles` to `other`, which this makes new; its CREATED follows."""
    JOINED = "joined"
    """`profiles`, new or moved from `other`, became members of `creator_id`."""
    LEFT = "left"
    """`profiles` left `creator_id` (to `other`, which was there before and has a JOINED of them; deleted where None)."""
    RETIRED = "retired"
    """`creator_id` has no members left; `other` is its successor, None where nothing took over."""
    ERASED = "erased"
    """`creator_id` was erased on request with `profiles`, all that it had; nothing succeeds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityEvent:
    """One entry. `cause` is the run, decision or request behind it. `sequence` is given by the store (0: not stored)."""

    kind: IdentityEventKind
    creator_id: CreatorId
    other: CreatorId | None
    profiles: tuple[ProfileId, ...]
    cause: str
    at: datetime
    sequence: int = 0
