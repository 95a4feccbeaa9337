"""Records that are no profiles, with the files of their columns: does the engine hold up on what it was not made for?"""

import csv
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import splink.comparison_library as cl
from splink.internals.comparison_creator import ComparisonCreator

from benchmarks.accuracy.contender import MEMORY_LIMIT, Entry
from benchmarks.goldenmatch_peer import PEER as GOLDENMATCH
from benchmarks.goldenmatch_peer import PYTHON, goldenmatch
from benchmarks.measure import Stage, in_child, timed
from benchmarks.plain_splink import PEER as SPLINK
from benchmarks.plain_splink import PlainClusters, PlainModel, run_splink, said
from benchmarks.project import PROJECT, resolve_with_command
from benchmarks.splink_record import MOST_PER_KEY

COLUMNS = Path(__file__).resolve().parents[1] / "columns"
RECALL = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSet:
    """`file` is below the folder of labelled data; `entity` reads the answer from a line (by column)."""

    name: str
    file: str
    entity: Callable[[dict[str, str]], str]

    @property
    def columns(self) -> Path:
        return COLUMNS / f"{self.name}.toml"


RECORD_SETS = (
    # Febrl names a record after its original: rec-12-org, rec-12-dup-0
    RecordSet(name="febrl3", file="dataset3.csv", entity=lambda row: row["rec_id"].split("-")[1]),
    RecordSet(name="fake_1000", file="fake_1000.csv", entity=lambda row: row["cluster"]),
)


def record_files(folder: Path) -> Iterator[tuple[RecordSet, Path]]:
    """The known sets whose file is anywhere below `folder`."""
    for known in RECORD_SETS:
        for path in sorted(folder.glob(f"**/{known.file}"))[:1]:
            yield known, path


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return [
            {name: (value or "").strip() for name, value in row.items()}
            for row in csv.DictReader(file, skipinitialspace=True)
        ]


def truth_of(known: RecordSet, path: Path) -> dict[str, str]:
    identity, _ = read_columns(known)
    return {row[identity]: known.entity(row) for row in read_rows(path)}


def read_columns(known: RecordSet) -> tuple[str, dict[str, str]]:
    """The name of the id's column, and the kind of each column that is compared: the same for every contender."""
    said = tomllib.loads(known.columns.read_text(encoding="utf-8"))
    return said["id"], said["columns"]


def record_entries(known: RecordSet, path: Path, folder: Path) -> Iterator[Entry]:
    ours = resolve_with_command(path, folder, columns=known.columns)
    yield Entry(contender=PROJECT, clusters=ours.result.clusters, seconds=ours.seconds, peak_bytes=ours.peak_bytes)
    if PYTHON.exists():
        theirs = in_child(golden, known.name, path, folder).result
        yield Entry(contender=GOLDENMATCH, clusters=theirs.result, seconds=theirs.seconds, peak_bytes=theirs.peak_bytes)
    plain = in_child(splink, known.name, path)
    yield Entry(
        contender=SPLINK, clusters=plain.result.clusters, seconds=plain.result.seconds, peak_bytes=plain.peak_bytes
    )


def _known(name: str) -> RecordSet:
    (known,) = (known for known in RECORD_SETS if known.name == name)
    return known


def golden(name: str, path: Path, folder: Path) -> Stage[dict[str, str]]:
    identity, columns = read_columns(_known(name))
    return goldenmatch(read_rows(path), list(columns), identity, folder)


def splink(name: str, path: Path) -> PlainClusters:
    """Splink with the comparisons that its own library has for each kind of column."""
    identity, kinds = read_columns(_known(name))
    records, seconds = timed(_records, path, identity, kinds)
    columns = {column: kind for column, kind in kinds.items() if column in said(records)}
    strong = [column for column, kind in columns.items() if kind in ("given_name", "surname", "date")]
    return run_splink(
        duckdb.connect(config={"memory_limit": MEMORY_LIMIT}),
        records,
        PlainModel(
            comparisons=tuple(_comparison(column, kind) for column, kind in columns.items()),
            sharing=tuple(name for name in said(records) if name.startswith("key_")),
            exploded=(),
            certain=(
                *((one, other) for place, one in enumerate(strong) for other in strong[:place]),
                *((column,) for column, kind in columns.items() if kind == "email"),
            ),
            training=tuple((column,) for column in reversed(strong)),
            recall=RECALL,
        ),
        seconds,
        None,
        0.0,
    )


def _records(path: Path, identity: str, kinds: dict[str, str]) -> pa.Table:
    """Folded columns, and a key of each (see `splink_record`)."""
    rows = read_rows(path)
    made: dict[str, list[str | None]] = {"unique_id": [row[identity] for row in rows]}
    for column, kind in kinds.items():
        made[column] = [row[column].lower() or None for row in rows]
        if kind not in ("category", "number"):
            sizes: dict[str | None, int] = {}
            for value in made[column]:
                sizes[value] = sizes.get(value, 0) + 1
            made[f"key_{column}"] = [value if 1 < sizes[value] <= MOST_PER_KEY else None for value in made[column]]
    return pa.table({name: pa.array(values, pa.string()) for name, values in made.items()})


def _comparison(column: str, kind: str) -> ComparisonCreator:
    match kind:
        case "given_name" | "surname":
            return cl.NameComparison(column)
        case "date" | "code":
            return cl.DamerauLevenshteinAtThresholds(column, [1, 2]).configure(
                term_frequency_adjustments=kind == "code"
            )
        case "email":
            return cl.EmailComparison(column)
        case "address":
            return cl.JaroWinklerAtThresholds(column, [0.92, 0.8]).configure(term_frequency_adjustments=True)
        case _:
            return cl.ExactMatch(column).configure(term_frequency_adjustments=True)
