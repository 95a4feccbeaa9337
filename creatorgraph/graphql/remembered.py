"""Automatic persisted queries: texts that clients have sent once with their hash, so that the hash is enough from then on.

In this process alone: where another one is asked, or the text was forgotten, the answer is PERSISTED_QUERY_NOT_FOUND, and clients
send text and hash again, as the protocol of automatic persisted queries has it.
"""

import hashlib
import threading
from collections import OrderedDict

from creatorgraph.domain.error import CreatorgraphError, InvalidInputError

MOST_TEXTS = 1000
MOST_CHARACTERS = 4_000_000
"""Of all texts together."""
VERSION = 1
"""Of the protocol."""


class UnknownHashError(CreatorgraphError):
    """Nobody has sent the text of this hash yet. Clients know the answer by its very message."""

    code = "persisted_query_not_found"

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotFound")


class Remembered:
    """The texts that were used last, by their hashes (SHA-256, hex). Threads may share it."""

    def __init__(self, *, most: int = MOST_TEXTS, characters: int = MOST_CHARACTERS) -> None:
        self._most, self._characters = most, characters
        self._held = 0
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def text(self, digest: str) -> str | None:
        with self._lock:
            if digest in self._texts:
                self._texts.move_to_end(digest)
            return self._texts.get(digest)

    def keep(self, digest: str, text: str) -> None:
        """Of a text that was found valid; the ones that were not used for longest make room."""
        with self._lock:
            if digest in self._texts:
                self._texts.move_to_end(digest)
                return
            self._texts[digest] = text
            self._held += len(text)
            while len(self._texts) > self._most or self._held > self._characters:
                _, forgotten = self._texts.popitem(last=False)
                self._held -= len(forgotten)

    def __len__(self) -> int:
        return len(self._texts)


def hash_of(persisted: dict[str, object]) -> str:
    """The hash of `extensions.persistedQuery`. Raises InvalidInputError where there is none, or of another version."""
    digest = persisted.get("sha256Hash")
    if persisted.get("version") != VERSION or not isinstance(digest, str):
        raise InvalidInputError(
            "this is no persisted query of version 1",
            where="extensions.persistedQuery",
            mend='Send {"version": 1, "sha256Hash": "<64 hex digits>"}.',
        )
    return digest.lower()


def check_hash(digest: str, text: str) -> None:
    """Raises InvalidInputError where the hash is of another text."""
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != digest:
        raise InvalidInputError(
            "the hash is of another text",
            where="extensions.persistedQuery.sha256Hash",
            mend="Send the SHA-256 of the text as it is sent, in hex.",
        )
