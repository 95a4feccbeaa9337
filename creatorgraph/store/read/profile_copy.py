"""Every stored profile as Arrow tables: PostgreSQL groups the identifiers, COPY streams, nothing becomes an object."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa
from numpy.typing import NDArray
from pyarrow import csv

_STATEMENT = Path(__file__).with_suffix(".sql").read_text()
_OF_SOME = re.sub(r"/\* of some: (.*?) \*/", r"\1", _STATEMENT)
_ROWS = 5_000
_BYTES = 4 << 20
"""Bytes that end a table early: a profile may be very long."""
_END, _ESCAPE = "\x1f", "\x1d"
"""What ends a value of a list, and what stands before the digit that stands for one of the two in a value."""

_TYPES = {
    "profile_id": pa.string(), "platform": pa.string(), "username": pa.string(), "account_id": pa.string(),
    "display_name": pa.string(), "bio": pa.string(), "website": pa.string(), "links": pa.list_(pa.string()),
    "location": pa.string(), "language": pa.string(), "category": pa.string(), "company": pa.string(),
    "job_title": pa.string(), "followers": pa.int64(), "verified": pa.bool_(), "usernames": pa.list_(pa.string()),
    "accounts": pa.list_(pa.string()), "listed_accounts": pa.list_(pa.string()), "urls": pa.list_(pa.string()),
    "hosts": pa.list_(pa.string()), "emails": pa.list_(pa.string()), "email_locals": pa.list_(pa.string()),
    "phones": pa.list_(pa.string()), "mentions": pa.list_(pa.string()), "audience": pa.list_(pa.string()),
    "avatar_hash": pa.string(), "row_id": pa.int64(),
}  # fmt: skip
"""The columns in the order of the statement."""
# a header keeps the first bytes of a table from being taken for a byte order mark
_HEADER = ",".join(_TYPES).encode() + b"\n"
_WRITTEN = csv.ConvertOptions(
    column_types={name: pa.string() if pa.types.is_list(kind) else kind for name, kind in _TYPES.items()},
    # COPY quotes an empty text and leaves null bare
    null_values=[""],
    strings_can_be_null=True,
    quoted_strings_can_be_null=False,
    true_values=["t"],
    false_values=["f"],
)


def copy_profiles(
    connection: sa.Connection, *, row_ids: NDArray[np.int64] | None = None, rows: int = _ROWS
) -> Iterator[pa.Table]:
    """All profiles of one moment, or those of `row_ids`, by ascending id, at most `rows` in a table (fewer if they are long).

    Columns are those of `profile` that a resolution reads, and lists of identifiers by kind, value and field: `usernames` to
    `mentions` are what the profile has itself, `audience` the accounts and handles that it says it mentions, `listed_accounts`
    those of `accounts` that stand in its website or links; `row_id` is what arrivals' tables call a profile by. No list is null.
    """
    driver = cast("psycopg.Connection[object]", connection.connection.driver_connection)
    asked = (_STATEMENT.encode(), None) if row_ids is None else (_OF_SOME.encode(), {"rows": row_ids.tolist()})
    with driver.cursor() as cursor, cursor.copy(*asked) as copy:
        lines, size = [_HEADER], 0
        for line in copy:  # one message per row
            lines.append(bytes(line))
            size += len(line)
            if len(lines) > rows or size > _BYTES:
                yield _table(lines)
                lines, size = [_HEADER], 0
        if size:
            yield _table(lines)


def _table(lines: list[bytes]) -> pa.Table:
    text = b"".join(lines)
    table = csv.read_csv(
        pa.BufferReader(text),
        # one block: no row is cut in two
        read_options=csv.ReadOptions(block_size=len(text) + 1, use_threads=False),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=_WRITTEN,
    )
    columns = [
        _lists(table.column(name)) if pa.types.is_list(kind) else table.column(name) for name, kind in _TYPES.items()
    ]
    return pa.table(columns, names=list(_TYPES))


def _lists(written: pa.ChunkedArray) -> pa.ListArray:
    """The lists that the statement wrote as texts of ended values."""
    if written.null_count == len(written):
        return pa.ListArray.from_arrays(np.zeros(len(written) + 1, dtype=np.int32), pa.array([], pa.string()))
    texts = pc.fill_null(written, "").combine_chunks()
    # rows follow each other without a gap, so the values of all of them do
    _, places, data = texts.buffers()
    rows = np.frombuffer(places, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    letters = np.frombuffer(data or b"", dtype=np.uint8)[rows[0] : rows[-1]]
    ends = np.flatnonzero(letters == ord(_END))
    values = pa.StringArray.from_buffers(
        len(ends),
        pa.py_buffer(_offsets(ends - np.arange(len(ends)))),
        pa.py_buffer(letters[letters != ord(_END)]),
    )
    if (letters == ord(_ESCAPE)).any():
        values = pc.replace_substring(values, f"{_ESCAPE}1", _END)
        values = pc.replace_substring(values, f"{_ESCAPE}0", _ESCAPE)
    return pa.ListArray.from_arrays(pa.array(np.searchsorted(ends, rows - rows[0]).astype(np.int32)), values)


def _offsets(ends: NDArray[np.int64]) -> NDArray[np.int32]:
    return np.concatenate([[0], ends]).astype(np.int32)
