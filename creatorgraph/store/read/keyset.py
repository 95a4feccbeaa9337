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


def any_bound(kind: sa.types.TypeEngine[Any], name: str = "ids") -> sa.ColumnElement[Any]:
    """As `any_of`, with the list as a parameter of that name: a statement that is made once is read many times."""
    return sa.func.any(sa.cast(sa.bindparam(name), sa.ARRAY(kind)))


def wanted(parent: sa.types.TypeEngine[Any], *key: sa.types.TypeEngine[Any]) -> sa.TableValuedAlias:
    """Parts as rows to join laterally: `parent`, `size`, `place`, and `after_0`, `after_1` ... (null: from the start).

    `size` is one more than asked for: the spare row says whether more follow. `read_parts` binds them.
    """
    kinds = {"parent": parent, "size": sa.BigInteger(), **{f"after_{place}": kind for place, kind in enumerate(key)}}
    arrays = [sa.cast(sa.bindparam(f"wanted_{name}"), sa.ARRAY(kind)) for name, kind in kinds.items()]
    columns = [sa.column(name, kind) for name, kind in kinds.items()]
    return sa.func.unnest(*arrays).table_valued(*columns, with_ordinality="place").render_derived(name="wanted")


def part_statement(asked: sa.TableValuedAlias, child: AnySelect) -> AnySelect:
    """One statement for every part: `child` (correlated with `asked`, ordered) is cut to each part's size.

    Make it once: putting a lateral statement together takes longer than running it.
    """
    lateral = child.limit(asked.c.size).correlate(asked).lateral("child")
    return sa.select(asked.c.place, lateral).select_from(asked.join(lateral, sa.true()))


def read_parts(
    connection: sa.Connection,
    parts: Sequence[Part],
    statement: AnySelect,
    order: Sequence[str],
    make: Callable[[AnyRow], T],
    **bound: object,
) -> list[Page[T]]:
    """Runs a `part_statement`; `bound` are its other parameters.

    `order` names the columns of its child whose values are the key. The pages come in the order of the parts.
    """
    nothing: Key = (None,) * len(order)
    values: dict[str, object] = {
        "wanted_parent": [part.parent for part in parts],
        "wanted_size": [part.first + 1 for part in parts],
        **{f"wanted_after_{n}": [(part.after or nothing)[n] for part in parts] for n in range(len(order))},
    }
    rows: list[list[AnyRow]] = [[] for _ in parts]
    for row in connection.execute(statement, {**values, **bound}):
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
