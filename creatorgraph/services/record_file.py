"""Files of records as the resolver wants them: the columns that a mapping names, as texts, ids told apart."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pyarrow as pa

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.ingest.reader.column import column_name
from creatorgraph.ingest.reader.raw import BadLine, RawRecord
from creatorgraph.ingest.reader.source import Source
from creatorgraph.ingest.reject import Reject, RejectReason
from creatorgraph.resolution.record.mapping import RecordMapping

_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFiles:
    """`texts` has the mapping's columns, one row per record, in the order of the files; `rejected` counts lines left out."""

    texts: pa.Table
    rejected: int


def read_records(
    paths: Sequence[Path],
    mapping: RecordMapping,
    *,
    on_rejects: Callable[[Path, list[Reject]], None],
    progress: Progress = Silent(),
) -> RecordFiles:
    """All records of CSV, JSON lines and Parquet files; `on_rejects` gets the lines of a file that hold no record.

    Raises:
        InvalidInputError: a file is missing, empty or of no known format, lacks a column of the mapping, or an id occurs
            twice.
    """
    reader = _Reader(mapping)
    for path in paths:
        progress.stage(f"Reading {path.name}")
        rejects = reader.read(path)
        if rejects:
            on_rejects(path, rejects)
    return RecordFiles(texts=reader.table(), rejected=reader.rejected)


class _Reader:
    """Collects the mapped columns of one file after another."""

    def __init__(self, mapping: RecordMapping) -> None:
        wanted = [mapping.id, *(rule.column for rule in mapping.columns), *([mapping.source] if mapping.source else [])]
        self._name_of = {column: column_name(column) for column in wanted}
        self._id = self._name_of[mapping.id]
        self._columns: dict[str, list[str | None]] = {column: [] for column in wanted}
        self._seen: dict[str, tuple[Path, int]] = {}
        self.rejected = 0

    def read(self, path: Path) -> list[Reject]:
        rejects: list[Reject] = []
        found: set[str] = set()
        with Source(path, check=self._check, pages=False) as source:
            for record in source:
                if isinstance(record, BadLine):
                    rejects.append(_reject(record, record.reason, record.detail, None))
                    continue
                data = {column_name(name): value for name, value in record.data.items()}
                found |= data.keys()
                identity = _text(data.get(self._id))
                if identity is None:
                    rejects.append(_reject(record, RejectReason.MISSING_PROFILE_ID, "has no id", self._id))
                    continue
                self._add(identity, data, path, record.line)
            if source.format == "jsonl":
                self._check(found, where=str(path))
        self.rejected += len(rejects)
        return rejects

    def table(self) -> pa.Table:
        return pa.table({name: pa.array(values, pa.string()) for name, values in self._columns.items()})

    def _add(self, identity: str, data: Mapping[str, object], path: Path, line: int) -> None:
        if identity in self._seen:
            before, at = self._seen[identity]
            raise InvalidInputError(
                f"the {self._id} of this record is at {before.name}:{at} too",
                where=f"{path}:{line}",
                mend="Give each record an id of its own.",
            )
        self._seen[identity] = path, line
        for column, name in self._name_of.items():
            self._columns[column].append(_text(data.get(name)))

    def _check(self, names: Iterable[str], *, where: str, whole: frozenset[str] = frozenset()) -> None:
        have = list(names)
        twice = sorted({name for name in have if have.count(name) > 1} & set(self._name_of.values()))
        if twice:
            raise InvalidInputError(
                f"the column {twice[0]!r} is there more than once", where=where, mend="Give each column its own name."
            )
        missing = [column for column, name in self._name_of.items() if name not in have]
        if not missing:
            return
        shown = ", ".join(name[:60] for name in sorted(have)[:_SHOWN]) + (", ..." if len(have) > _SHOWN else "")
        close = get_close_matches(self._name_of[missing[0]], have, n=1)
        meant = f"Is {missing[0]!r} {close[0]!r} here? " if close else ""
        raise InvalidInputError(
            f"columns of the mapping are missing: {', '.join(missing)}; found: {shown}",
            where=where,
            mend=f"{meant}Change the file that --columns names.",
        )


def _text(value: object) -> str | None:
    """The value as it would be written; None for one that says nothing."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = ", ".join(str(item) for item in value) if isinstance(value, list | tuple) else str(value)
    return text.strip() or None


def _reject(record: RawRecord | BadLine, reason: RejectReason, detail: str, field: str | None) -> Reject:
    return Reject(line=record.line, reason=reason, detail=detail, field=field, payload=record.safe_text())
