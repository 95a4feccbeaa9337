"""benchmarks/results/latest.json: the newest figure of each measurement, whenever it was taken."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import orjson

from benchmarks.measurement import Measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A measurement as it is kept: with what follows from it, the machine and the moment (UTC, ISO 8601)."""

    name: str
    value: float
    unit: str
    peer: str | None
    peer_value: float | None
    ratio: float | None
    bar: str | None
    holds: bool | None
    machine: str
    when: str


def result_of(measurement: Measurement, *, machine: str, when: datetime) -> Result:
    return Result(
        name=measurement.name,
        value=measurement.value,
        unit=measurement.unit,
        peer=measurement.peer,
        peer_value=measurement.peer_value,
        ratio=measurement.ratio,
        bar=measurement.bar,
        holds=measurement.holds,
        machine=machine,
        when=when.isoformat(timespec="seconds"),
    )


def read_results(path: Path) -> list[Result]:
    """What is kept; nothing where there is no file yet."""
    return [Result(**entry) for entry in orjson.loads(path.read_bytes())] if path.exists() else []


def merge(kept: Iterable[Result], fresh: Iterable[Result]) -> list[Result]:
    """Sorted by name; a fresh result takes the place of the kept one of its name, and the others stay."""
    return sorted({result.name: result for result in (*kept, *fresh)}.values(), key=lambda result: result.name)


def write_results(path: Path, results: Iterable[Result]) -> None:
    """The whole file or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    text = orjson.dumps([asdict(result) for result in results], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    fresh.write_bytes(text)
    fresh.replace(path)
