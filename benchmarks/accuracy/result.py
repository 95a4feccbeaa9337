"""benchmarks/results/accuracy.json: the newest figures of each set."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from creatorgraph.resolution.evaluation import Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One contender on one set; memory in MB, the moment in UTC (ISO 8601). Seconds and memory are None where they are
    another contender's."""

    set_name: str
    contender: str
    precision: float
    recall: float
    f1: float
    b3_f1: float
    exact: float | None
    largest_predicted: int
    largest_true: int
    seconds: float | None
    peak_mb: float | None
    threshold_bits: float | None
    machine: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HardScore:
    """One contender's hard pairs on one set, at `precision`: of each slice, and of the namesakes, how many of how many are
    together."""

    set_name: str
    contender: str
    threshold_bits: float | None
    precision: float
    slices: dict[str, tuple[int, int]]
    namesakes: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    scores: tuple[Score, ...] = ()
    hard: tuple[HardScore, ...] = ()


def score_of(
    found: Evaluation,
    *,
    set_name: str,
    contender: str,
    machine: str,
    when: str,
    seconds: float | None = None,
    peak_bytes: int | None = None,
    threshold_bits: float | None = None,
) -> Score:
    return Score(
        set_name=set_name,
        contender=contender,
        precision=round(found.precision, 4),
        recall=round(found.recall, 4),
        f1=round(found.f1, 4),
        b3_f1=round(found.b3_f1, 4),
        exact=None if found.exact is None else round(found.exact, 4),
        largest_predicted=found.largest_predicted,
        largest_true=found.largest_true,
        seconds=None if seconds is None else round(seconds, 2),
        peak_mb=None if peak_bytes is None else round(peak_bytes / 1e6),
        threshold_bits=threshold_bits,
        machine=machine,
        when=when,
    )


def read_scores(path: Path) -> Scores:
    """What is kept; nothing where there is no file yet."""
    if not path.exists():
        return Scores()
    kept = orjson.loads(path.read_bytes())
    hard = (
        HardScore(
            **entry
            | {
                "slices": {name: tuple(pair) for name, pair in entry["slices"].items()},
                "namesakes": None if entry["namesakes"] is None else tuple(entry["namesakes"]),
            }
        )
        for entry in kept["hard"]
    )
    return Scores(scores=tuple(Score(**entry) for entry in kept["scores"]), hard=tuple(hard))


def merge(kept: Scores, fresh: Scores) -> Scores:
    """The sets that were run take the place of their older figures; the others stay. By set, in the order of running."""
    run = {score.set_name for score in fresh.scores}
    return Scores(
        scores=_in_order([*(score for score in kept.scores if score.set_name not in run), *fresh.scores]),
        hard=tuple(
            sorted(
                [*(hard for hard in kept.hard if hard.set_name not in run), *fresh.hard],
                key=lambda hard: hard.set_name,
            )
        ),
    )


def _in_order(scores: Iterable[Score]) -> tuple[Score, ...]:
    return tuple(sorted(scores, key=lambda score: score.set_name))


def write_scores(path: Path, scores: Scores) -> None:
    """The whole file or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(orjson.dumps(asdict(scores), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    fresh.replace(path)
