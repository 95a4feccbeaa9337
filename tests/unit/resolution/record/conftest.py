"""Tables of records, and what a comparison says of two values."""

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
import pytest

from creatorgraph.resolution.record.comparison import RecordPairs
from creatorgraph.resolution.record.kind import ColumnKind
from creatorgraph.resolution.record.mapping import ColumnRule, RecordMapping
from creatorgraph.resolution.record.pipeline import resolve_records
from creatorgraph.resolution.record.registry import comparisons_of
from creatorgraph.resolution.record.table import RecordTable, record_table
from creatorgraph.resolution.result import Resolution

Rows = Sequence[Mapping[str, str | None]]
Kinds = Mapping[str, str]
MakeTable = Callable[[Rows, Kinds], RecordTable]
Resolve = Callable[..., Resolution]
LevelOf = Callable[..., str | None]


def _texts(rows: Rows, kinds: Kinds, source: str | None = None) -> tuple[pa.Table, RecordMapping]:
    rules = tuple(ColumnRule(column=name, kind=ColumnKind(kind)) for name, kind in kinds.items())
    mapping = RecordMapping(id="id", columns=rules, source=source)
    names = ("id", *kinds, *([source] if source else []))
    named = {name: pa.array([row.get(name) or None for row in rows], pa.string()) for name in names}
    return pa.table(named), mapping


@pytest.fixture(scope="session")
def make_table() -> MakeTable:
    return lambda rows, kinds: record_table(*_texts(rows, kinds))


@pytest.fixture(scope="session")
def resolve() -> Resolve:
    def resolved(rows: Rows, kinds: Kinds, source: str | None = None) -> Resolution:
        return resolve_records(*_texts(rows, kinds, source))

    return resolved


@pytest.fixture(scope="session")
def level_of() -> LevelOf:
    """The name of the level of two values of one kind (None: missing), or of two records with several columns."""

    def level(
        kind: str, one: str | Mapping[str, str] | None, two: str | Mapping[str, str] | None, kinds: Kinds | None = None
    ) -> str | None:
        left, right = (value if isinstance(value, Mapping) else {kind: value or ""} for value in (one, two))
        rows: Rows = [{"id": "a", **left}, {"id": "b", **right}]
        comparisons = {c.name: c for c in comparisons_of(record_table(*_texts(rows, kinds or {kind: kind})))}
        [found] = comparisons[kind].compare(RecordPairs(left=[0], right=[1]))  # type: ignore[arg-type]
        return None if found < 0 else comparisons[kind].levels[found].name

    return level
