"""benchmarks/results/scaling.json: what was simulated, on which machine and when."""

from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
from pydantic import TypeAdapter

from benchmarks.scaling.database import Stored
from benchmarks.scaling.vector import Squeezed
from benchmarks.scaling.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """`worlds` by size, `vectors` by the bytes of a code; the moment in UTC (ISO 8601)."""

    worlds: tuple[World, ...]
    vectors: dict[str, Squeezed]
    stored: Stored
    machine: str
    when: str


_ADAPTER = TypeAdapter(Simulation)


def read_simulation(path: Path) -> Simulation:
    """Raises ValueError for a file of another make, FileNotFoundError where there is none."""
    return _ADAPTER.validate_json(path.read_bytes())


def write_simulation(path: Path, simulation: Simulation) -> None:
    """The whole file or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(orjson.dumps(asdict(simulation), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    fresh.replace(path)
