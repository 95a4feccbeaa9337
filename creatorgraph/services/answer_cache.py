"""Answers kept in the process, each with the tags of what it was read from, and dropped when one of those changes.

The race: an answer is computed from what was read before a change, and kept after the change was told. So whoever computes
takes a ticket first, and what was heard since is held against the tags before the answer is kept. A change is told once it is
committed: what is read after that has it, what was read before is either dropped here or refused there.

The other race: a change is committed, but not told yet, or told to nobody because the connection is gone. `Lease` bounds it.
"""

import gzip
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic

from creatorgraph.domain.usage import Use

LISTED = "listed"
"""The tag of whatever was read from many rows: every change drops it."""
DERIVED = "derived"
"""The tag of whatever was read from an index or a graph, which follow the store: as LISTED, and not kept at once."""
SETTLE_SECONDS = 3.0
"""A process takes in a new vector index within a second of its saving; what it finds until then may be of the old one."""
_REMEMBERED = 1024
"""Changes that are held against answers under way; what began before them is not kept."""
_OVERHEAD = 1024
"""Bytes that an entry takes beside its body and tags."""
_PER_TAG = 200
_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The bytes of an answer, and what it is charged with each time it is given."""

    body: bytes
    use: Use
    _packed: list[bytes] = field(default_factory=list, compare=False, repr=False)

    def packed(self) -> bytes:
        """The body compressed (gzip), once for all who accept that."""
        if not self._packed:
            self._packed.append(gzip.compress(self.body, _LEVEL, mtime=0))
        return self._packed[0]


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer
    tags: frozenset[str]
    until: float
    size: int


class AnswerCache:
    """At most `entries` answers and `most_bytes` bytes, none for longer than `seconds`; the one used longest ago goes first.

    For one event loop: nothing here awaits, so that every step is whole.
    """

    def __init__(
        self,
        *,
        entries: int,
        most_bytes: int,
        seconds: float,
        settle_seconds: float = SETTLE_SECONDS,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._entries, self._most_bytes, self._seconds = entries, most_bytes, seconds
        self._settle_seconds = settle_seconds
        self._now = now
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._of_tag: dict[str, set[bytes]] = {}
        self._heard = self._floor = 0
        self._changes: deque[tuple[int, frozenset[str]]] = deque()
        self._changed_at = now()
        self.bytes = 0

    @property
    def on(self) -> bool:
        return self._entries > 0

    def ticket(self) -> int:
        """Take one before anything is read."""
        return self._heard

    def get(self, key: bytes) -> Answer | None:
        found = self._kept.get(key)
        if found is None:
            return None
        if found.until <= self._now():
            self._remove(key)
            return None
        self._kept.move_to_end(key)
        return found.answer

    def put(self, key: bytes, ticket: int, answer: Answer, tags: Iterable[str]) -> bool:
        """Whether it is kept: not what may have been read before a change, nor what would fill a tenth of the cache."""
        held = frozenset(tags)
        size = len(answer.body) + _OVERHEAD + _PER_TAG * len(held)
        if not self.current(ticket, held) or not self._entries or size > self._most_bytes // 10:
            return False
        self._remove(key)
        self._kept[key] = _Kept(answer, held, self._now() + self._seconds, size)
        self.bytes += size
        for tag in held:
            self._of_tag.setdefault(tag, set()).add(key)
        while len(self._kept) > self._entries or self.bytes > self._most_bytes:
            self._remove(next(iter(self._kept)))
        return True

    def current(self, ticket: int, tags: frozenset[str]) -> bool:
        """Whether nothing with one of `tags` has changed since the ticket was taken, as far as was heard."""
        if ticket < self._floor:
            return False
        if DERIVED in tags and self._now() - self._changed_at < self._settle_seconds:
            return False
        return not any(number > ticket and not tags.isdisjoint(changed) for number, changed in self._changes)

    def changed(self, tags: Iterable[str]) -> None:
        """Drops what was read from any of them, and what was read from many rows."""
        told = frozenset((*tags, LISTED, DERIVED))
        self._heard += 1
        self._changes.append((self._heard, told))
        self._changed_at = self._now()
        if len(self._changes) > _REMEMBERED:
            self._floor, _ = self._changes.popleft()
        for key in {key for tag in told for key in self._of_tag.get(tag, ())}:
            self._remove(key)

    def clear(self) -> None:
        """Drops everything, and keeps nothing that is under way."""
        self._kept.clear()
        self._of_tag.clear()
        self._changes.clear()
        self.bytes = 0
        self._heard += 1
        self._floor = self._heard
        self._changed_at = self._now()

    def __len__(self) -> int:
        return len(self._kept)

    def _remove(self, key: bytes) -> None:
        found = self._kept.pop(key, None)
        if found is None:
            return
        self.bytes -= found.size
        for tag in found.tags:
            keys = self._of_tag[tag]
            keys.discard(key)
            if not keys:
                del self._of_tag[tag]
