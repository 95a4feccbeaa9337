"""The project as a user runs it: `creatorgraph resolve FILES --out FOLDER` in a process of its own."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.label import read_labels
from benchmarks.measure import Stage, of_program

PROJECT = "creatorgraph"
WITHOUT_MEANING = {"CREATORGRAPH_ENCODE_LIMIT": "0"}
"""Bios by their words alone, as they are above 100,000 in any case (docs/decisions/0012-bios-by-words-when-many.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`clusters` by id; `summary` is the JSON that the command prints."""

    clusters: dict[str, str]
    summary: dict[str, Any]


def resolve_with_command(
    file: Path, folder: Path, *, columns: Path | None = None, settings: Mapping[str, str] | None = None
) -> Stage[Found]:
    """The files go to `out` in `folder`, whose `data` keeps the text model from one call to the next (see `warm_up`).

    `settings` are variables of the environment; without any the defaults are what is measured.
    """
    data, out = folder / "data", folder / "out"
    data.mkdir(parents=True, exist_ok=True)
    command = [str(Path(sys.executable).with_name("creatorgraph")), "resolve", str(file), "--out", str(out)]
    if columns is not None:
        command += ["--columns", str(columns)]
    done = of_program([*command, "--data-dir", str(data)], environment() | dict(settings or {}))
    found = Found(clusters=read_labels(out / "clusters.csv"), summary=orjson.loads(done.result))
    return Stage(result=found, seconds=done.seconds, cpu_seconds=done.cpu_seconds, peak_bytes=done.peak_bytes)


def warm_up(folder: Path) -> None:
    """Unpacks the text model, which the first run on a machine does once."""
    tiny = folder / "tiny.jsonl"
    lines = (f'{{"profile_id": "{name}", "platform": "x", "username": "{name}", "bio": "{name}"}}\n' for name in "ab")
    folder.mkdir(parents=True, exist_ok=True)
    tiny.write_text("".join(lines), encoding="utf-8")
    resolve_with_command(tiny, folder)


def environment() -> dict[str, str]:
    """This one without what sets the project up: the defaults are what is measured."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CREATORGRAPH_")}
