"""Candidate pairs of records: which are worth comparing at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from creatorgraph.domain.progress import Progress
from creatorgraph.resolution.blocking.block import RulePairs, RuleReport, pairs_of_blocks, pairs_of_codes
from creatorgraph.resolution.blocking.ngram import nearest_spelling
from creatorgraph.resolution.feature.incidence import Incidence, Indices, incidence_of, numbered
from creatorgraph.resolution.record.comparison import RecordPairs
from creatorgraph.resolution.record.kind import ColumnKind
from creatorgraph.resolution.record.table import RecordTable, ValueColumn
from creatorgraph.resolution.record.text import word_documents

_NAMES = (ColumnKind.GIVEN_NAME, ColumnKind.SURNAME, ColumnKind.FULL_NAME)
_KEYS = (ColumnKind.EMAIL, ColumnKind.PHONE, ColumnKind.CODE, ColumnKind.DATE)
"""Kinds of which one equal value is worth a comparison; of the others it takes two."""
_WORDY = (ColumnKind.TEXT, ColumnKind.ADDRESS)
_SPELLED = (*_NAMES, *_KEYS, *_WORDY)
_LEAST_WORD = 2
_TWO = "two values"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCandidates:
    """The pairs, what each rule brought, and what it left out."""

    pairs: RecordPairs
    reports: tuple[RuleReport, ...]
    warnings: tuple[str, ...]


def record_candidates(table: RecordTable, *, cap: int, progress: Progress) -> RecordCandidates:
    """The union of every rule's pairs: equal keys, words of names, parts of dates, two values, and like spelling.

    Two records of one list are no pair. A value that more than `cap` records share brings nobody together by itself; with
    a second value it may.
    """
    progress.stage("finding candidate pairs")
    found = [_equal_values(column, table.size, cap) for column in table.columns if column.kind in _KEYS]
    names = [column for column in table.columns if column.kind in _NAMES]
    dates = [column for column in table.columns if column.kind is ColumnKind.DATE]
    if names:
        found.append(_name_words(names, table.size, cap))
    found.extend(_date_parts(column, table.size, cap) for column in dates)
    found.append(_two_values(table, cap))
    found.append(_like_spelling(table, cap))
    codes = np.unique(np.concatenate([rule.codes for rule in found]))
    left, right = codes // max(table.size, 1), codes % max(table.size, 1)
    reports = tuple(rule.report for rule in found)
    return RecordCandidates(
        pairs=RecordPairs(left=left, right=right).apart(table.source),
        reports=reports,
        warnings=tuple(_warning(report) for report in reports if report.hubs),
    )


def _equal_values(column: ValueColumn, size: int, cap: int) -> RulePairs:
    return pairs_of_blocks(column.name, _values(column, size), cap)


def _values(column: ValueColumn, size: int) -> Incidence:
    rows = np.flatnonzero(column.number >= 0)
    return incidence_of(rows, column.number[rows], height=size, width=len(column.texts))


def _name_words(columns: Sequence[ValueColumn], size: int, cap: int) -> RulePairs:
    """A word of a name in any of its columns: so names that were exchanged meet too."""
    words: list[list[str]] = [[] for _ in range(size)]
    for column in columns:
        parts = [[word for word in text.split() if len(word) >= _LEAST_WORD] for text in column.texts]
        for row in np.flatnonzero(column.number >= 0).tolist():
            words[row].extend(parts[column.number[row]])
    table, _ = numbered(words)
    return pairs_of_blocks("name", table, cap)


def _date_parts(column: ValueColumn, size: int, cap: int) -> RulePairs:
    """Two of day, month and year, and the year with day and month in either order."""
    rows = np.flatnonzero(column.number >= 0)
    whole = np.array([int(text) for text in column.texts] or [0], dtype=np.int64)[column.number[rows]]
    year, month, day = whole // 10_000, whole // 100 % 100, whole % 100
    low, high = np.minimum(month, day), np.maximum(month, day)
    keys = (year * 10_000 + month * 100, year * 10_000 + day, month * 100 + day, year * 10_000 + low * 100 + high)
    kind = np.repeat(np.arange(len(keys), dtype=np.int64), len(rows))
    table = _compact(np.tile(rows, len(keys)), kind * 10**9 + np.concatenate(keys), size)
    return pairs_of_blocks(f"{column.name} in part", table, cap)


def _two_values(table: RecordTable, cap: int) -> RulePairs:
    """Two equal values, neither of which is enough by itself: too common, or of a kind that proves little."""
    weak = [_weak_rows(column, cap) for column in table.columns if column.kind not in _WORDY]
    found = [_both_equal(one, two, table.size, cap) for one, two in combinations(weak, 2)]
    codes = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(rule.codes for rule in found)]))
    return pairs_of_codes(_TWO, codes, max((rule.report.largest_block for rule in found), default=0))


def _both_equal(one: Indices, two: Indices, size: int, cap: int) -> RulePairs:
    rows = np.flatnonzero((one >= 0) & (two >= 0))
    width = int(two.max(initial=0)) + 1
    return pairs_of_blocks(_TWO, _compact(rows, one[rows] * width + two[rows], size), cap)


def _weak_rows(column: ValueColumn, cap: int) -> Indices:
    """The value of each record where it needs a second one, else -1."""
    alone = column.kind in (*_KEYS, *_NAMES)
    busy = np.append(column.count > cap, False) if alone else np.append(column.count > 1, False)
    return np.where(busy[column.number], column.number, -1)


def _like_spelling(table: RecordTable, cap: int) -> RulePairs:
    """The nearest records by the n-grams of everything that is spelled."""
    texts: list[str] = []
    rows: list[Indices] = []
    for column in table.columns:
        if column.kind in _SPELLED:
            present = np.flatnonzero(column.number >= 0)
            texts.extend(column.texts[number] for number in column.number[present].tolist())
            rows.append(present)
    owner = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    return nearest_spelling("spelling", word_documents(tuple(texts), owner), table.size, cap)


def _compact(rows: Indices, values: Indices, size: int) -> Incidence:
    distinct, number = np.unique(values, return_inverse=True)
    return incidence_of(rows, number.reshape(-1), height=size, width=len(distinct))


def _warning(report: RuleReport) -> str:
    values = "1 value" if report.hubs == 1 else f"{report.hubs} values"
    return (
        f"{values} of the blocking rule '{report.rule}' shared by more than {report.cap} records (the most: "
        f"{report.largest_hub}) found no pairs without a second value."
    )
