"""benchmarks/results/decision.json: the newest figures of each set, sampling and seed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionResult:
    """F1 over pairs; log losses of the held-out answers in nats, None where none were held out; the moment in UTC (ISO 8601)."""

    set_name: str
    sampling: str
    seed: int
    answered: int
    wrong: int
    contradicted: int
    mended: int
    f1_before: float
    f1_decided: float
    f1_trained: float
    used: bool
    held_out: int
    log_loss_before: float | None
    log_loss: float | None
    machine: str
    when: str

    @property
    def lowered(self) -> bool:
        """Whether the decisions, or the run that followed, left F1 below what it was."""
        return min(self.f1_decided, self.f1_trained) < self.f1_before

    @property
    def key(self) -> tuple[str, str, int]:
        return self.set_name, self.sampling, self.seed


def read_decision_results(path: Path) -> list[DecisionResult]:
    """What is kept; nothing where there is no file yet."""
    if not path.exists():
        return []
    return [DecisionResult(**each) for each in orjson.loads(path.read_bytes())]


def write_decision_results(path: Path, results: Iterable[DecisionResult]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    path.write_bytes(orjson.dumps([asdict(each) for each in results], option=options))


def merge(kept: Iterable[DecisionResult], fresh: Iterable[DecisionResult]) -> list[DecisionResult]:
    """The fresh ones in place of those of the same set; the others stay."""
    fresh = list(fresh)
    renewed = {each.set_name for each in fresh}
    return sorted([*(each for each in kept if each.set_name not in renewed), *fresh], key=lambda each: each.key)
