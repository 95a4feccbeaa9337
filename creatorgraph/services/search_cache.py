"""What a search found, kept in the process for whoever asks the same again, and dropped when what is stored moves on."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Protocol

from creatorgraph.services.search_rank import Candidate, SearchMode
from creatorgraph.store.read.creator import CreatorFilter

SETTLE_SECONDS = 3.0
"""A process takes in a new vector index within a second of its saving; what it finds until then may be of the old one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchKey:
    """All that what is found depends on, but for what is stored."""

    query: str
    mode: SearchMode
    filter_by: CreatorFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The candidates of a search, the moment that their freshness counts from, and which state of the store they are of."""

    candidates: tuple[Candidate, ...]
    as_of: datetime
    state: str


class SearchCache(Protocol):
    """Answers None for what it does not have or has of another state of the store; what it contains may be of any."""

    def __contains__(self, key: object) -> bool: ...

    def get(self, key: SearchKey, state: str) -> Found | None: ...

    def put(self, key: SearchKey, found: Found) -> None: ...


class ProcessSearchCache:
    """The latest searches of this process, at most `entries`; the one that was used longest ago goes first. Thread-safe.

    `state` names what the outbox had told its readers: another one drops everything, because all of it may be out of date.
    """

    def __init__(self, entries: int, *, settle_seconds: float = SETTLE_SECONDS) -> None:
        self._entries = entries
        self._settle_seconds = settle_seconds
        self._since = monotonic()
        self._found: OrderedDict[SearchKey, Found] = OrderedDict()
        self._state = ""
        self._lock = threading.Lock()

    def __contains__(self, key: object) -> bool:
        return key in self._found

    def get(self, key: SearchKey, state: str) -> Found | None:
        with self._lock:
            self._follow(state)
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def put(self, key: SearchKey, found: Found) -> None:
        """What was found in another state than the one last asked for is not kept, nor is what a new state gives at first."""
        with self._lock:
            if found.state != self._state or monotonic() - self._since < self._settle_seconds:
                return
            self._found[key] = found
            self._found.move_to_end(key)
            while len(self._found) > self._entries:
                self._found.popitem(last=False)

    def __len__(self) -> int:
        return len(self._found)

    def _follow(self, state: str) -> None:
        if state != self._state:
            self._found.clear()
            self._state, self._since = state, monotonic()
