"""Sets of profiles whose people are known: those of a folder, and what always is at hand."""

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from benchmarks.label import read_pairs, read_truth
from creatorgraph.sample import congress
from creatorgraph.synth.world import write_world

WORLD, WORLD_SEED = 6_000, 7
"""Profiles of the synthetic world: as many as the labelled sets have."""
NAMES_KNOWN = 0.8
"""The least share of profiles with a name for a set to be tried by names alone."""
_SET_FILES = "*/profiles*.jsonl"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """`true_pairs` (with slices) and `namesakes` (known to be two people) are CSV files, where the set has them."""

    name: str
    profiles: Path
    truth: Mapping[str, str] = field(repr=False)
    ignored: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    true_pairs: Path | None = None
    namesakes: Path | None = None


def labelled_sets(folder: Path | None, work: Path) -> Iterator[LabelledSet]:
    """The sets of `folder` (`<set>/profiles*.jsonl` beside `truth.csv`), or the sample where none is given, then a synthetic
    world; each set with its variants. What is made goes below `work`.
    """
    sets = [_read(path) for path in _files(folder)] if folder else [_sample(work)]
    for labelled in [*sets, _world(work)]:
        yield labelled
        yield from _variants(labelled, work)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob(_SET_FILES) if path.with_name("truth.csv").exists())


def _read(profiles: Path) -> LabelledSet:
    kind = profiles.stem.removeprefix("profiles").strip("_")
    true_pairs, namesakes = profiles.with_name("true_pairs.csv"), profiles.with_name("namesake_negatives.csv")
    return LabelledSet(
        name=_word(f"{profiles.parent.name} {kind}"),
        profiles=profiles,
        truth=read_truth(profiles.with_name("truth.csv")),
        ignored=tuple(read_pairs(profiles.with_name("ignore_pairs.csv"))),
        true_pairs=true_pairs if true_pairs.exists() else None,
        namesakes=namesakes if namesakes.exists() else None,
    )


def _word(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def _sample(work: Path) -> LabelledSet:
    """Unpacked, because not every peer reads .gz."""
    with gzip.open(congress.PROFILES, "rb") as file:
        records = [orjson.loads(line) for line in file]
    truth = {str(profile): person for profile, person in congress.truth().items()}
    return LabelledSet(name="sample", profiles=write_records(work / "sample.jsonl", records), truth=truth)


def _world(work: Path) -> LabelledSet:
    made = write_world(work / "world", WORLD, WORLD_SEED)
    return LabelledSet(name="synthetic", profiles=made.profiles, truth=read_truth(made.truth))


def _variants(labelled: LabelledSet, work: Path) -> Iterator[LabelledSet]:
    """By names alone, without usernames, and with the links that a file beside the profiles lists for them."""
    records = read_records(labelled.profiles)
    if sum(bool(record.get("display_name")) for record in records) >= NAMES_KNOWN * len(records):
        yield _changed(labelled, "names_alone", _without("username", "website", "links"), work)
        yield _changed(labelled, "no_usernames", _without("username"), work)
    for listed in (
        sorted(labelled.profiles.parent.glob("*page_links.csv")) if labelled.profiles.stem == "profiles" else ()
    ):
        yield _changed(labelled, "page_links", _with_links(read_pairs(listed)), work)


def _without(*names: str) -> Callable[[Record], Record]:
    return lambda record: record | {name: [] if name == "links" else None for name in names}


def _with_links(listed: list[tuple[str, str]]) -> Callable[[Record], Record]:
    links: dict[str, list[str]] = {}
    for profile, url in listed:
        links.setdefault(profile, []).append(url)
    return lambda record: record | {"links": [*(record.get("links") or ()), *links.get(record["profile_id"], ())]}


def _changed(labelled: LabelledSet, kind: str, change: Callable[[Record], Record], work: Path) -> LabelledSet:
    name = f"{labelled.name}_{kind}"
    path = write_records(work / f"{name}.jsonl", [change(record) for record in read_records(labelled.profiles)])
    return LabelledSet(name=name, profiles=path, truth=labelled.truth, ignored=labelled.ignored)


def read_records(path: Path) -> list[Record]:
    with path.open("rb") as file:
        return [orjson.loads(line) for line in file]


def write_records(path: Path, records: list[Record]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records))
    return path
