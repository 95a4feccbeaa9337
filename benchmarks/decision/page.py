"""The part of docs/benchmarks.md that tells what stewards' decisions do."""

from collections.abc import Sequence

from benchmarks.decision.result import DecisionResult
from benchmarks.decision.trial import ANSWERS, WRONG

HEAD = f"""\
## What stewards' decisions do

`make bench-decisions` (with `DATA=folder` for labelled sets of your own) takes each set into a PostgreSQL of its own,
resolves it, and lets a steward decide up to {ANSWERS} items of its review queue, through the services that the API calls: the
next by priority, or drawn at random. Answers are the labels', {WRONG:.0%} of them wrong on purpose. Where an answer is refused,
because it contradicts earlier ones, the steward looks again at what it contradicts and undoes what was a mistake (mended); the
second look is wrong as often. Then a run may learn from the decisions. F1 over pairs of profiles: before, with the decisions,
after that run; log loss on the held-out answers, without and with what was learned.
"""
_COLUMNS = (
    "set", "items by", "seed", "answers", "wrong", "refused", "mended", "F1 before", "F1 decided", "F1 after", "learned",
    "held out", "log loss before", "log loss", "day",
)  # fmt: skip


def render(results: Sequence[DecisionResult]) -> str:
    lines = [_COLUMNS, ["---"] * len(_COLUMNS), *(_row(each) for each in results)]
    return HEAD + "\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _row(result: DecisionResult) -> list[str]:
    return [
        result.set_name,
        result.sampling,
        *(str(each) for each in (result.seed, result.answered, result.wrong, result.contradicted, result.mended)),
        *(f"{each:.4f}" for each in (result.f1_before, result.f1_decided, result.f1_trained)),
        "yes" if result.used else "no",
        str(result.held_out),
        *("" if each is None else f"{each:.3f}" for each in (result.log_loss_before, result.log_loss)),
        result.when[:10],
    ]
