"""Connections after the Relay specification, over keyset pages: a cursor holds the key of its row, not a position."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
import strawberry
from strawberry.relay import PageInfo

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.graphql.limit import MAX_KEY
from creatorgraph.store.read.keyset import Key, Page

Node = TypeVar("Node")
_CHECKED = 6
"""Bytes."""

First = Annotated[int, strawberry.argument(description="How many at most: 1 to 100.")]
After = Annotated[
    str | None, strawberry.argument(description="The `endCursor` of the page before; null for the first page.")
]


@strawberry.type(description="An item of a connection.")
class Edge(Generic[Node]):
    cursor: str = strawberry.field(description="Pass it as `after` to go on behind this item.")
    node: Node = strawberry.field(description="The item.")


@strawberry.type(description="A page of a longer list.")
class Connection(Generic[Node]):
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")
    edges: list[Edge[Node]] = strawberry.field(description="The items of this page with their cursors.")


NO_PAGE: Page[Any] = Page(items=(), keys=(), more=False)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The cursors of one order: its name and the types of its key (UUID: text in that form).

    A cursor of another order is refused, and so is one that was changed: a check sum goes before the key. It is no secret, as
    nobody sees more by a cursor than by asking from the start.
    """

    order: str
    types: tuple[type, ...]

    def encode(self, key: Key) -> str:
        text = orjson.dumps([self.order, *key], option=orjson.OPT_PASSTHROUGH_DATETIME, default=datetime.isoformat)
        return urlsafe_b64encode(_check_sum(text) + text).decode().rstrip("=")

    def decode(self, cursor: str | None) -> Key | None:
        """The key that a cursor holds.

        Raises:
            InvalidInputError: it is none of ours, or of another order.
        """
        if cursor is None:
            return None
        try:
            if len(cursor) > MAX_KEY:
                raise ValueError(len(cursor))
            whole = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            text = whole[_CHECKED:]
            # the last letter has bits that decoding drops, and letters of no alphabet are dropped whole
            same = urlsafe_b64encode(whole).decode().rstrip("=") == cursor
            order, *values = orjson.loads(text)
            if not same or whole[:_CHECKED] != _check_sum(text) or order != self.order:
                raise ValueError(order)
            return tuple(_read(kind, value) for kind, value in zip(self.types, values, strict=True))
        except (ValueError, TypeError) as error:
            raise InvalidInputError(
                "this cursor does not belong to this list",
                where="after",
                mend="Pass an endCursor or cursor that the same field gave with the same order.",
            ) from error

    def connection(self, page: Page[Any], nodes: Sequence[Node], after: Key | None) -> "Connection[Node]":
        """The page as a connection; `nodes` are what its items became."""
        edges = [Edge(cursor=self.encode(key), node=node) for key, node in zip(page.keys, nodes, strict=True)]
        return Connection(
            edges=edges,
            page_info=PageInfo(
                has_next_page=page.more,
                has_previous_page=after is not None,
                start_cursor=edges[0].cursor if edges else None,
                end_cursor=edges[-1].cursor if edges else None,
            ),
        )


def _check_sum(text: bytes) -> bytes:
    return blake2b(text, digest_size=_CHECKED, person=b"creatorgraph").digest()


def _read(kind: type, value: object) -> object:
    """A value of a cursor as the type that the key has there; whole numbers are fine where a fraction may stand."""
    if kind is datetime and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("no offset")
        return moment
    if kind is UUID and isinstance(value, str):
        return str(UUID(value))
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind or (isinstance(value, int) and abs(value) >= 2**63):
        raise TypeError(kind)
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("NUL")
    return value
