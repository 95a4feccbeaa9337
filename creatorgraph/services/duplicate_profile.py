"""Profile ids that occur more than once in the files of a run, found over whole columns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from creatorgraph.domain.error import InvalidInputError

Lines = Mapping[int, int]
"""A line, and the earlier one that has its id."""
_COLUMNS = ["profile_id", "file", "line", "content"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """`rows` to leave out, ascending; `refused` by file: those of them whose content differs from the first of the id."""

    rows: Sequence[int] = ()
    refused: Mapping[int, Lines] = field(default_factory=dict)


def find_duplicates(table: pa.Table, paths: Sequence[Path]) -> Duplicates:
    """The later records of each id in `table` (SPOOL_SCHEMA, in the order of files and lines).

    Raises InvalidInputError where one id is in two files.
    """
    ids = table.column("profile_id")
    if pc.count_distinct(ids).as_py() == table.num_rows:
        return Duplicates()
    counted = pa.table({"id": ids}).group_by("id").aggregate([("id", "count")])
    several = counted.filter(pc.greater(counted.column("id_count"), 1)).column("id")
    places = pc.indices_nonzero(pc.is_in(ids, value_set=several.combine_chunks()))
    first: dict[str, tuple[int, int, bytes]] = {}
    rows: list[int] = []
    refused: dict[int, dict[int, int]] = defaultdict(dict)
    for batch in table.select(_COLUMNS).take(places).append_column("row", [places]).to_batches():
        for profile_id, file, line, content, row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            origin, earlier, known = first.setdefault(profile_id, (file, line, content))
            if (origin, earlier) == (file, line):
                continue
            if origin != file:
                raise InvalidInputError(
                    f"the profile id of this line is in {paths[origin].name} too",
                    where=f"{paths[file]}:{line}",
                    mend="Give each profile one id and one file.",
                )
            rows.append(row)
            if content != known:
                refused[file][line] = earlier
    return Duplicates(rows=rows, refused=refused)
