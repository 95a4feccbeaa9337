"""Who takes part: the project, its peers, and the rules that people try first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accuracy.labelled import LabelledSet, read_records
from benchmarks.equal_value import clusters_by_value
from benchmarks.goldenmatch_peer import PEER as GOLDENMATCH
from benchmarks.goldenmatch_peer import PROFILE_FIELDS, PYTHON, goldenmatch
from benchmarks.measure import Stage, in_child
from benchmarks.name_rule import clusters_by_name
from benchmarks.plain_splink import PEER as SPLINK
from benchmarks.plain_splink import plain_splink
from benchmarks.project import PROJECT, resolve_with_command

BY_HAND = f"{SPLINK}, u by hand"
BEST = f"{SPLINK}, u by hand, best threshold"
RULE, SAME_USERNAME, SAME_NAME = "rule", "equal username", "equal name"
MEMORY_LIMIT = "4GB"
LEAST_WEIGHT = -10.0
"""Bits: pairs below are never worth a threshold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one contender found in one set; `scores` are the pairs behind it (see `plain_splink`), where it has any."""

    contender: str
    clusters: dict[str, str]
    seconds: float
    peak_bytes: int
    scores: Path | None = None


def entries(labelled: LabelledSet, folder: Path) -> Iterator[Entry]:
    """Each contender in a process of its own, one after the other; goldenmatch only where it is installed."""
    runs: dict[str, Callable[[], Stage[dict[str, str]]]] = {
        PROJECT: lambda: _project(labelled.profiles, folder),
        SAME_NAME: lambda: in_child(equal, labelled.profiles, "display_name"),
        SAME_USERNAME: lambda: in_child(equal, labelled.profiles, "username"),
        RULE: lambda: in_child(rule, labelled.profiles),
    }
    if PYTHON.exists():
        runs[GOLDENMATCH] = lambda: in_child(golden, labelled.profiles, folder).result
    for contender, run in runs.items():
        done = run()
        yield Entry(contender=contender, clusters=done.result, seconds=done.seconds, peak_bytes=done.peak_bytes)
    for contender, by_hand in ((SPLINK, False), (BY_HAND, True)):
        scores = folder / f"scores_{by_hand}.parquet"
        found = in_child(
            plain_splink, labelled.profiles, MEMORY_LIMIT, by_hand=by_hand, scores=scores, least_weight=LEAST_WEIGHT
        )
        yield Entry(
            contender=contender,
            clusters=found.result.clusters,
            seconds=found.result.seconds,
            peak_bytes=found.peak_bytes,
            scores=scores,
        )


def _project(profiles: Path, folder: Path) -> Stage[dict[str, str]]:
    done = resolve_with_command(profiles, folder)
    return Stage(
        result=done.result.clusters, seconds=done.seconds, cpu_seconds=done.cpu_seconds, peak_bytes=done.peak_bytes
    )


def equal(profiles: Path, field: str) -> dict[str, str]:
    return clusters_by_value(read_records(profiles), field)


def rule(profiles: Path) -> dict[str, str]:
    return clusters_by_name(read_records(profiles))


def golden(profiles: Path, folder: Path) -> Stage[dict[str, str]]:
    return goldenmatch(read_records(profiles), PROFILE_FIELDS, "profile_id", folder)
