"""Registered documents: what a server that answers nothing else may be asked, by their hash or in full.

The console's build lists its own operations (`documents.json`: SHA-256 of each text, in hex, and the text). A client asks by
hash as in automatic persisted queries: no `query`, and `extensions.persistedQuery.sha256Hash`. A text in full is known by what
it asks: order of definitions, layout and `__typename`, which clients add by themselves, do not matter.

A server that answers any document remembers what clients send with its hash (remembered.py).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from graphql import REMOVE, FieldNode, GraphQLError, Visitor, parse, print_ast, visit
from strawberry.extensions import SchemaExtension

from creatorgraph.domain.error import CreatorgraphError, DamagedError
from creatorgraph.graphql.remembered import Remembered, UnknownHashError, check_hash, hash_of

_CACHED = 512
"""Texts whose meaning is remembered; the console has about fifty."""
_LONGEST = 1 << 16
"""Characters of a text that is looked at."""


class UnknownDocumentError(CreatorgraphError):
    """The server answers registered documents alone, or does not know the hash."""

    code = "unknown_document"


@dataclass(frozen=True, slots=True, eq=False)
class Documents:
    """`by_hash` has the registered texts; `alone` refuses all others. `remembered` are those that clients have sent."""

    by_hash: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False
    remembered: Remembered = field(default_factory=Remembered)
    _meanings: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_meanings", frozenset(meaning(text, 0) for text in self.by_hash.values()))

    def text(self, digest: str) -> str:
        """Raises UnknownHashError where nobody has sent a text of this hash, UnknownDocumentError where none is registered and
        only those are answered."""
        found = self.by_hash.get(digest) or self.remembered.text(digest)
        if found is None and self.alone:
            raise UnknownDocumentError("no document of this hash is registered", mend="Send the document in full.")
        if found is None:
            raise UnknownHashError
        return found

    def keep(self, digest: str, text: str) -> None:
        """Remembers a valid text that was sent with its hash."""
        if not self.alone and digest not in self.by_hash and len(text) <= _LONGEST:
            self.remembered.keep(digest, text)

    def check(self, text: str, *, most: int) -> None:
        """Raises UnknownDocumentError where only registered documents are answered, and this is none."""
        if self.alone and (len(text) > _LONGEST or meaning(text, most) not in self._meanings):
            raise UnknownDocumentError(
                "this server answers registered documents alone",
                mend="Ask its operator, or a server without CREATORGRAPH_REGISTERED_DOCUMENTS.",
            )


def read_documents(path: Path, *, alone: bool) -> Documents:
    """The documents of a file; none where there is no such file.

    Raises:
        DamagedError: the file is no such list, or a text is not what its hash says.
    """
    if not path.is_file():
        return Documents(alone=alone)
    try:
        listed = orjson.loads(path.read_bytes())
    except ValueError:
        listed = None
    if not isinstance(listed, dict) or any(_digest(text) != digest for digest, text in listed.items()):
        raise DamagedError("this is no list of documents", where=str(path), mend="Build it again: make console.")
    return Documents(listed, alone)


class RegisteredDocuments(SchemaExtension):
    """Puts the text in for its hash, and executes nothing else where only what is registered counts.

    The last of the extensions: what it finds wrong with a document replaces what others do, on sockets too.
    """

    def __init__(self, documents: Documents, *, most_tokens: int) -> None:
        self._documents = documents
        self._most = most_tokens
        self._digest: str | None = None

    def on_operation(self) -> Iterator[None]:
        asked = self.execution_context
        persisted: Any = (asked.operation_extensions or {}).get("persistedQuery")
        if isinstance(persisted, dict):
            digest = hash_of(persisted)
            if asked.query is None:
                asked.query = self._documents.text(digest)
            else:
                check_hash(digest, asked.query)
                self._digest = digest
        yield

    def on_validate(self) -> Iterator[None]:
        try:
            self._documents.check(self.execution_context.query or "", most=self._most)
        except UnknownDocumentError as error:
            # raised here it would end a socket without a word
            self.execution_context.pre_execution_errors = [GraphQLError(str(error), original_error=error)]
        yield
        if self._digest and self.execution_context.query and not self.execution_context.pre_execution_errors:
            self._documents.keep(self._digest, self.execution_context.query)


@lru_cache(_CACHED)
def meaning(text: str, most: int) -> str:
    """A digest of what the document asks; "" where it cannot be parsed, or has more than `most` tokens (0: any number)."""
    try:
        document = parse(text, no_location=True, max_tokens=most or None)
    except (GraphQLError, RecursionError):
        return ""
    bare = visit(document, _NoTypename())
    return _digest("\n".join(sorted(print_ast(each) for each in bare.definitions)))


class _NoTypename(Visitor):
    def enter_field(self, node: FieldNode, *_: object) -> object:
        return REMOVE if node.name.value == "__typename" and node.alias is None else None


def _digest(text: object) -> str:
    return hashlib.sha256(str(text).encode("utf-8", "surrogatepass")).hexdigest()


def listed(texts: Iterable[str]) -> dict[str, str]:
    """The texts by their hashes, as a build lists them."""
    return {_digest(text): text for text in texts}
