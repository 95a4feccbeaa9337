"""Keyset pages: a page goes on after the last key that was seen, so that changing data neither repeats nor skips rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

T = TypeVar("T")
Key = tuple[Any, ...]
"""The values of the order-by columns of one row."""

AnyRow = sa.Row[*tuple[Any, ...]]
AnySelect = sa.Select[*tuple[Any, ...]]

Id: sa.types.TypeEngine[str] = sa.Text(collation="C")
CreatorUuid: sa.types.TypeEngine[str] = UUID(as_uuid=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A part of a longer list: its items, the key of each, and whether more follow."""

    items: tuple[T, ...]
    keys: tuple[Key, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One wanted page of what belongs to `parent`: at most `first` rows after the key `after` (None: from the start)."""

    parent: str
    first: int
    after: Key | None = None


def any_of(values: Sequence[object], kind: sa.types.TypeEngine[Any]) -> sa.ColumnElement[Any]:
    """For `column == any_of(ids, ...)`: one parameter for a list of any length, so that one plan serves all."""
    return sa.func.any(sa.cast(list(values), sa.ARRAY(kind)))


def wanted(
    parts: Sequence[Part], parent: sa.types.TypeEngine[Any], *key: sa.types.TypeEngine[Any]
) -> sa.TableValuedAlias:
    """The parts as rows to join laterally: `parent`, `size`, `place`, and `after_0`, `after_1` ... (null: from the start).

    `size` is one more than asked for: the spare row says whether more follow.
    """
    nothing: Key = (None,) * len(key)
    arrays = [
        sa.cast([part.parent for part in parts], sa.ARRAY(parent)),
        sa.cast([part.first + 1 for part in parts], sa.ARRAY(sa.BigInteger)),
        *(
            sa.cast([(part.after or nothing)[place] for part in parts], sa.ARRAY(kind))
            for place, kind in enumerate(key)
        ),
    ]
    columns = [
        sa.column("parent", parent),
        sa.column("size", sa.BigInteger),
        *(sa.column(f"after_{place}", kind) for place, kind in enumerate(key)),
    ]
    return sa.func.unnest(*arrays).table_valued(*columns, with_ordinality="place").render_derived(name="wanted")


def read_parts(
    connection: sa.Connection,
    parts: Sequence[Part],
    asked: sa.TableValuedAlias,
    child: AnySelect,
    order: Sequence[str],
    make: Callable[[AnyRow], T],
) -> list[Page[T]]:
    """One statement for every part: `child` (correlated with `asked`, ordered) is cut to each part's size.

    `order` names the columns of `child` whose values are the key. The pages come in the order of the parts.
    """
    lateral = child.limit(asked.c.size).correlate(asked).lateral("child")
    statement = sa.select(asked.c.place, lateral).select_from(asked.join(lateral, sa.true()))
    rows: list[list[AnyRow]] = [[] for _ in parts]
    for row in connection.execute(statement):
        rows[row.place - 1].append(row)
    return [to_page(found, part.first, order, make) for found, part in zip(rows, parts, strict=True)]


def to_page(rows: Sequence[AnyRow], first: int, order: Sequence[str], make: Callable[[AnyRow], T]) -> Page[T]:
    """A page of `first` rows out of up to `first` + 1."""
    kept = rows[:first]
    return Page(
        items=tuple(make(row) for row in kept),
        keys=tuple(tuple(getattr(row, name) for name in order) for row in kept),
        more=len(rows) > first,
    )
