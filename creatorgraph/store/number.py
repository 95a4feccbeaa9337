"""Columns in bulk: numpy arrays of numbers as parameters and as answers, without an object for each number in between; and
texts as parameters."""

from dataclasses import dataclass
from functools import cache
from itertools import chain
from struct import Struct
from typing import Any

import numpy as np
import psycopg
import sqlalchemy as sa
from numpy.typing import NDArray
from psycopg.adapt import Dumper
from psycopg.pq import Format

Numbers = NDArray[np.int64]
_INT8, _INT8_ARRAY, _TEXT, _TEXT_ARRAY = 20, 1016, 25, 1009
"""The oids of bigint, bigint[], text and text[] (pg_type.dat)."""
_LENGTH, _COLUMN = Struct(">i"), Struct(">5i")
_ITEM = np.dtype([("length", ">i4"), ("value", ">i8")])


class _NumbersDumper(Dumper):
    """A one-dimensional int64 array as PostgreSQL's binary bigint[] (array_send in arrayfuncs.c)."""

    format = Format.BINARY
    oid = _INT8_ARRAY

    def dump(self, obj: Numbers) -> bytes:
        if obj.dtype != np.int64 or obj.ndim != 1:
            raise TypeError(f"a column of int64 was expected, not {obj.dtype} in {obj.ndim} dimensions")
        if not len(obj):
            return np.array([0, 0, _INT8], dtype=">i4").tobytes()
        items = np.empty(len(obj), dtype=_ITEM)
        items["length"] = 8
        items["value"] = obj
        return np.array([1, 0, _INT8, len(obj), 1], dtype=">i4").tobytes() + items.tobytes()


@dataclass(frozen=True, slots=True)
class Kind:
    """How the values of a column are sent, and what that is in numpy."""

    send: str
    sent: np.dtype[Any]


WHOLE = Kind("int8send(CAST({} AS bigint))", np.dtype(">i8"))
REAL = Kind("float8send({})", np.dtype(">f8"))
FLAG = Kind("boolsend({})", np.dtype("?"))
BYTES = Kind("{}", np.dtype("i1"))
"""Of a column of bytes, all of them one behind the other."""


class Texts(tuple[str, ...]):
    """A column of texts as a parameter. Of a list the driver looks through each text for what is to be escaped."""

    __slots__ = ()


class _TextsDumper(Dumper):
    """Texts as PostgreSQL's binary text[]; UTF-8, as all connections are."""

    format = Format.BINARY
    oid = _TEXT_ARRAY

    def dump(self, obj: Texts) -> bytes:
        if not obj:
            return _COLUMN.pack(0, 0, _TEXT, 0, 0)[:12]
        spelled = [each.encode() for each in obj]
        items = chain.from_iterable((_LENGTH.pack(len(each)), each) for each in spelled)
        return b"".join((_COLUMN.pack(1, 0, _TEXT, len(obj), 1), *items))


psycopg.adapters.register_dumper(np.ndarray, _NumbersDumper)
psycopg.adapters.register_dumper(Texts, _TextsDumper)


def rows_of(connection: sa.Connection, statement: sa.Executable, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement as the driver gives them; an int64 array among `values` is a bigint[]."""
    return list(connection.execute(statement, values).cursor.fetchall())


def numbers_of(connection: sa.Connection, statement: sa.TextClause, width: int, **values: Any) -> Numbers:
    """The rows of a statement that gives `width` whole numbers a row, as a (rows, width) array."""
    return np.stack(columns_of(connection, statement, (WHOLE,) * width, **values), axis=1)


def columns_of(
    connection: sa.Connection, statement: sa.TextClause, kinds: tuple[Kind, ...], **values: Any
) -> tuple[NDArray[Any], ...]:
    """The columns of a statement whose rows are of these kinds, none of them null, in any order of the rows.

    PostgreSQL puts each column together, as its binary format has the values: one row with a few long texts of bytes takes it
    half the time of many short rows, and the driver none.
    """
    [row] = rows_of(connection, _by_column(statement, kinds), **values)
    return tuple(
        np.frombuffer(column or b"", dtype=kind.sent).astype(kind.sent.newbyteorder("="))
        for column, kind in zip(row, kinds, strict=True)
    )


@cache
def _by_column(statement: sa.TextClause, kinds: tuple[Kind, ...]) -> sa.TextClause:
    names = [f"c{place}" for place in range(len(kinds))]
    columns = ", ".join(f"string_agg({kind.send.format(name)}, '')" for name, kind in zip(names, kinds, strict=True))
    # of statements of this package alone: values stay parameters
    return sa.text(f"SELECT {columns} FROM ({statement.text}) AS found ({', '.join(names)})")  # noqa: S608
