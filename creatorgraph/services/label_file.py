"""Files of labels: who is behind each profile, and what is known of pairs."""

import csv
import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.ingest.reader.line import BROKEN_GZIP
from creatorgraph.resolution.evaluation.pair import Pair, ordered
from creatorgraph.services.input_file import check_files

_PROFILE, _ENTITY = "profile_id", "entity_id"
_LEFT, _RIGHT = "profile_id_l", "profile_id_r"
_NO_SLICE = frozenset({_LEFT, _RIGHT, _ENTITY})


def read_truth(path: Path) -> dict[str, str]:
    """`profile_id` to `entity_id` of a CSV file (or .gz of one); other columns are left out.

    Raises:
        InvalidInputError: the file is missing, empty or no such CSV, or a profile has two labels.
    """
    truth: dict[str, str] = {}
    for line, row in _rows(path, (_PROFILE, _ENTITY)):
        if truth.setdefault(row[_PROFILE], row[_ENTITY]) != row[_ENTITY]:
            raise InvalidInputError(
                "this profile has another label above", where=f"{path}:{line}", mend="Keep one line per profile."
            )
    if not truth:
        raise InvalidInputError("the file has no labels", where=str(path), mend=f"Add lines of {_PROFILE},{_ENTITY}.")
    return truth


def read_pairs(path: Path) -> dict[Pair, dict[str, str]]:
    """The pairs `profile_id_l`, `profile_id_r` of a CSV file (or .gz of one), each with its other columns but `entity_id`.

    Raises:
        InvalidInputError: the file is missing or no such CSV.
    """
    return {
        ordered(row[_LEFT], row[_RIGHT]): {name: value for name, value in row.items() if name not in _NO_SLICE}
        for _, row in _rows(path, (_LEFT, _RIGHT))
    }


def slice_columns(pairs: Mapping[Pair, Mapping[str, str]]) -> dict[str, dict[Pair, str]]:
    """The same by column; a column that holds anything but short words (numbers with a fraction, texts) is still there."""
    columns: dict[str, dict[Pair, str]] = {}
    for pair, row in pairs.items():
        for name, value in row.items():
            columns.setdefault(name, {})[pair] = value or "none"
    return columns


def _rows(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    check_files([path])
    try:
        with _open(path) as file:
            reader = csv.DictReader(file)
            missing = [name for name in wanted if name not in (reader.fieldnames or ())]
            if missing:
                raise InvalidInputError(
                    f"the column {missing[0]} is missing",
                    where=f"{path}:1",
                    mend=f"Begin the file with a line that names {', '.join(wanted)}.",
                )
            for row in reader:
                short = [name for name in wanted if not row[name]]
                if short or None in row:
                    raise InvalidInputError(
                        f"{short[0]} is empty" if short else "there are more cells than columns",
                        where=f"{path}:{reader.line_num}",
                        mend="Mend or remove the line.",
                    )
                yield reader.line_num, {name: value or "" for name, value in row.items()}
    except (UnicodeDecodeError, *BROKEN_GZIP, csv.Error):
        raise InvalidInputError(
            "the file is no CSV in UTF-8", where=str(path), mend="Save it as CSV in UTF-8, or as .gz of that."
        ) from None


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")
