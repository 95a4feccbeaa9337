"""What decisions did for the model: whether they were used, and what the held-out part says."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from creatorgraph.resolution.model.decided import LEAST_DECIDED, LEAST_OF_EACH
from creatorgraph.store.write.resolution_run import last_model

_PLAIN = "unsupervised"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelQuality:
    """Log losses are means over the held-out decisions, in nats; None where too few were decided to hold any out."""

    model_version: str | None
    trained_on_decisions: int
    held_out: int
    held_out_log_loss: float | None
    held_out_log_loss_before: float | None
    used: bool
    explanation: str


def model_quality(connection: sa.Connection) -> ModelQuality:
    """Of the last run."""
    model: dict[str, Any] | None = last_model(connection)
    training: dict[str, Any] = (model or {}).get("training") or {}
    decided = int(training.get("same", 0)) + int(training.get("different", 0))
    chosen = str(training.get("chosen", _PLAIN))
    losses: dict[str, float] = training.get("log_loss") or {}
    held_out = int(training.get("held_out", 0))
    used = chosen != _PLAIN
    return ModelQuality(
        model_version=None if model is None else str(model["model_version"]),
        trained_on_decisions=decided,
        held_out=held_out,
        held_out_log_loss=losses.get(chosen),
        held_out_log_loss_before=losses.get(_PLAIN),
        used=used,
        explanation=_explanation(model is not None, training, decided, held_out, used=used),
    )


def _explanation(trained: bool, training: dict[str, Any], decided: int, held_out: int, *, used: bool) -> str:
    if not trained:
        return "Nothing was resolved yet."
    if not held_out:
        fewer = min(int(training.get("same", 0)), int(training.get("different", 0)))
        return (
            f"The last run knew {decided} decided pairs, {fewer} of the rarer verdict. The model learns from decisions once "
            f"there are {LEAST_DECIDED}, with {LEAST_OF_EACH} of each verdict."
        )
    if used:
        return (
            f"The model learned from {decided} decided pairs, because that foretold the {held_out} held-out answers better "
            "by more than chance explains."
        )
    return (
        f"{decided} decided pairs were tried, but what they teach did not foretell the {held_out} held-out answers better by "
        "more than chance explains; the model stays as it was without them."
    )
