"""Records as columns of numbered values, ordered by id."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.record.kind import ColumnKind
from creatorgraph.resolution.record.mapping import ColumnRule, RecordMapping
from creatorgraph.resolution.record.spelling import normaliser_of

ADDRESS = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueColumn:
    """`number` per record (-1: nothing said) into `texts`, the distinct normalised values; `count` records have each.

    `equal_pairs` are the pairs of records that share each value and may be one. `shown` are the values as they were
    written, null where they are not for showing.
    """

    name: str
    kind: ColumnKind
    number: Indices
    texts: tuple[str, ...]
    count: Indices
    equal_pairs: NDArray[np.float64]
    shown: pa.Array

    @property
    def bits(self) -> NDArray[np.float64]:
        """-log2 of the share of records, among those that say something, that have each value."""
        rarity: NDArray[np.float64] = -np.log2(self.count / max(self.present, 1))
        return rarity

    @property
    def present(self) -> int:
        """How many records say something."""
        return int(self.count.sum())

    def numbers_in(self, other: "ValueColumn") -> Indices:
        """This column's values as numbers of another column's, -1 where that column lacks the value."""
        known = {text: i for i, text in enumerate(other.texts)}
        table = np.array([known.get(text, -1) for text in self.texts] + [-1], dtype=np.int64)
        return table[self.number]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTable:
    """Records by ascending id. `source` numbers the list that each is from, None where no lists are told: two records of
    one list are never one. A record without a list has a list of its own."""

    ids: pa.Array
    columns: tuple[ValueColumn, ...]
    source: Indices | None
    unread: tuple[tuple[str, int], ...]
    """(column, values) of what could not be read as its kind."""

    @property
    def size(self) -> int:
        return len(self.ids)

    @property
    def pairs(self) -> float:
        """How many pairs of records there are that may be one."""
        return float(_pairs_apart(np.zeros(self.size, dtype=np.int64), 1, self.source)[0])


def record_table(texts: pa.Table, mapping: RecordMapping) -> RecordTable:
    """From a table of strings with the mapping's columns: ids, what is compared, and the source where there is one.

    Raises InvalidInputError for an id that occurs twice.
    """
    ids = np.array(texts.column(mapping.id).to_pylist(), dtype=object)
    order = np.argsort(ids, kind="stable")
    ids = ids[order]
    twice = np.flatnonzero(ids[1:] == ids[:-1])
    if len(twice):
        raise InvalidInputError(f"the id {ids[twice[0]]!r} occurs twice", where="records", mend="Keep one row per id.")
    table = texts.take(pa.array(order))
    rows = {rule.column: table.column(rule.column).fill_null("").to_pylist() for rule in mapping.columns}
    source = _lists(table.column(mapping.source).fill_null("").to_pylist()) if mapping.source else None
    built = [
        _column(rule, rows[rule.column], source) for rule in mapping.columns if rule.kind is not ColumnKind.ADDRESS
    ]
    columns = [column for column, _ in built]
    address = [rule for rule in mapping.columns if rule.kind is ColumnKind.ADDRESS]
    if address:
        columns.append(_address(address, rows, source))
    return RecordTable(
        ids=pa.array(ids, pa.string()),
        columns=tuple(columns),
        source=source,
        unread=tuple((column.name, unread) for column, unread in built if unread),
    )


def _column(rule: ColumnRule, written: Sequence[str], source: Indices | None) -> tuple[ValueColumn, int]:
    normal = normaliser_of(rule)
    spelled = {text: normal(text) if text else "" for text in set(written)}
    values = [spelled[text] for text in written]
    unread = sum(1 for text, value in zip(written, values, strict=True) if text.strip() and not value)
    return _value_column(rule.column, rule.kind, values, written, source), unread


def _address(rules: Sequence[ColumnRule], rows: Mapping[str, Sequence[str]], source: Indices | None) -> ValueColumn:
    normal = normaliser_of(rules[0])
    written = [
        ", ".join(part for part in parts if part) for parts in zip(*(rows[r.column] for r in rules), strict=True)
    ]
    return _value_column(ADDRESS, ColumnKind.ADDRESS, [normal(text) for text in written], written, source)


def _value_column(
    name: str, kind: ColumnKind, values: Sequence[str], written: Sequence[str], source: Indices | None
) -> ValueColumn:
    number, texts = _numbered(values)
    count = Counter(values)
    known = number >= 0
    return ValueColumn(
        name=name,
        kind=kind,
        number=number,
        texts=tuple(texts),
        count=np.array([count[text] for text in texts], dtype=np.int64),
        equal_pairs=_pairs_apart(number[known], len(texts), None if source is None else source[known]),
        shown=pa.nulls(len(values), pa.string())
        if kind.secret
        else pa.array([t or None for t in written], pa.string()),
    )


def _lists(names: Sequence[str]) -> Indices:
    number, found = _numbered(names)
    alone = number < 0
    number[alone] = len(found) + np.arange(int(alone.sum()))
    return number


def _pairs_apart(value: Indices, width: int, source: Indices | None) -> NDArray[np.float64]:
    """How many pairs share each value, less those of one list."""
    count = np.bincount(value, minlength=width).astype(np.float64)
    pairs: NDArray[np.float64] = count * (count - 1) / 2
    if source is not None and len(source):
        lists = int(source.max()) + 1
        code, inside = np.unique(value * lists + source, return_counts=True)
        pairs -= np.bincount(code // lists, weights=inside * (inside - 1) / 2, minlength=width)
    return pairs


def _numbered(values: Sequence[str]) -> tuple[Indices, list[str]]:
    number: dict[str, int] = {}
    found = [number.setdefault(value, len(number)) if value else -1 for value in values]
    return np.array(found, dtype=np.int64), list(number)
