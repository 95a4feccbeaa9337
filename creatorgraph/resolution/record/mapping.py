"""The settings file that says which column of a table is what."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.record.kind import ColumnKind

MOST_COMPARISONS = 14
_KEYS = ("id", "source", "columns")
_COLUMN_KEYS = ("kind", "format")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRule:
    """One compared column. `format` is how its dates are written (strptime); None: year first, or unmistakable."""

    column: str
    kind: ColumnKind
    format: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMapping:
    """`id` names the column of ids; `source`, where given, the column of the list that a record is from: each list
    holds everybody once."""

    id: str
    columns: tuple[ColumnRule, ...]
    source: str | None = None


def read_mapping(path: Path) -> RecordMapping:
    """The mapping in the TOML file at `path`.

    Raises InvalidInputError, with line and field where they can be told, for a file that cannot be read, is no TOML, or
    names unknown settings or kinds.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"cannot be read ({error.strerror})"
        raise InvalidInputError(
            f"the file of columns {what}", where=str(path), mend="Check the path and its rights."
        ) from None
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInputError(
            f"not TOML: {error}", where=str(path), mend="See docs/guides/records.md for an example."
        ) from None
    return _Reader(path, text).mapping(found)


class _Reader:
    """Checks one file; knows its text to say at which line a fault is."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text

    def mapping(self, found: Mapping[str, object]) -> RecordMapping:
        for key in found:
            if key not in _KEYS:
                raise self._fault(f"the setting {key!r} is not known", key, f"Known are {', '.join(_KEYS)}.")
        id_column, source, columns = found.get("id"), found.get("source"), found.get("columns")
        if not isinstance(id_column, str) or not id_column:
            raise self._fault("the column of ids is not named", "id", 'Write at the top: id = "its name"')
        if source is not None and (not isinstance(source, str) or not source):
            raise self._fault("is not the name of a column", "source", 'Write: source = "its name", or leave it out.')
        if not isinstance(columns, Mapping) or not columns:
            raise self._fault("no column to compare is named", "columns", "Add [columns] with lines: name = kind")
        if len(columns) > MOST_COMPARISONS:
            raise self._fault(
                f"{len(columns)} columns to compare", "columns", f"Name the {MOST_COMPARISONS} that tell most."
            )
        rules = tuple(self._rule(name, rule) for name, rule in columns.items())
        for rule in rules:
            if rule.column in (id_column, source):
                role = "id" if rule.column == id_column else "source"
                raise self._fault(f"is the column of {role}s already", rule.column, "Compare other columns.")
        return RecordMapping(id=id_column, columns=rules, source=source)

    def _rule(self, column: str, rule: object) -> ColumnRule:
        settings = rule if isinstance(rule, Mapping) else {"kind": rule}
        for key in settings:
            if key not in _COLUMN_KEYS:
                raise self._fault(f"the setting {key!r} is not known", column, f"Known are {', '.join(_COLUMN_KEYS)}.")
        kind, written = settings.get("kind"), settings.get("format")
        if not isinstance(kind, str) or kind not in set(ColumnKind):
            close = get_close_matches(str(kind), list(ColumnKind), n=1)
            meant = f" Is it {str(close[0])!r}?" if close else ""
            raise self._fault(
                f"the kind {kind!r} is not known" if kind is not None else "has no kind",
                column,
                f"Kinds are {', '.join(ColumnKind)}.{meant}",
            )
        if written is not None and (not isinstance(written, str) or kind != ColumnKind.DATE):
            raise self._fault("only dates have a format, as text", column, 'Write: format = "%d/%m/%Y"')
        return ColumnRule(column=column, kind=ColumnKind(kind), format=written)

    def _fault(self, what: str, field: str, mend: str) -> InvalidInputError:
        line = re.compile(rf"^\s*\[?[\"']?{re.escape(field)}[\"']?\s*[\]=.]")
        number = next((n for n, text in enumerate(self._text.splitlines(), 1) if line.match(text)), None)
        where = f"{self._path}:{number}" if number else str(self._path)
        return InvalidInputError(f"{field}: {what}", where=where, mend=mend)
