"""The artefact of a trained model: all that it takes to weigh other or later profiles as it weighed its own.

`document()` is what `model.json` holds. Its `settings` are Splink's own and open in Splink as they are; m and u are read from
there and stand nowhere else. Beside them: what is ours (limits, gains, calibration, counts' digest) and which signals
and levels the model knows, so that it is never used for others.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.feature.reference import Reference
from creatorgraph.resolution.model.calibration import Calibration, CalibrationMethod, identity
from creatorgraph.resolution.model.context import ContextLimit
from creatorgraph.resolution.model.estimate import Estimate
from creatorgraph.resolution.model.reference_table import digest_of, packed
from creatorgraph.resolution.model.splink_model import splink_settings
from creatorgraph.resolution.signals.signal import Scale

SCHEMA_VERSION = 3
"""Of the document; 1 had no counts and could not be used again, 2 did not count what stands behind names."""
_CODE = re.compile(r"= (\d+)$")
_MEND = "Train anew: leave the model out, and use the model.json of that run."

Weights = NDArray[np.float64]
Document = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ModelArtefact:
    """`gain` is what competition gives to winners by bands of weight, `training` what was learned from decisions.

    No slots, for the cached property.
    """

    signals: tuple[Scale, ...]
    fitted: Estimate
    gain: Weights
    reference: Reference
    match_threshold: float
    calibration: Calibration = field(default_factory=identity)
    training: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def document(self) -> Document:
        """JSON-able; `model_version` names its content."""
        content: Document = {
            "schema_version": SCHEMA_VERSION,
            "settings": splink_settings(self.signals, self.fitted),
            "signals": _level_names(self.signals),
            "context_limits": [None if np.isinf(v) else float(v) for v in self.fitted.limit.limits],
            "competition_gains": self.gain.tolist(),
            "calibration": {
                "method": self.calibration.method.value,
                "before": self.calibration.before.tolist(),
                "after": self.calibration.after.tolist(),
            },
            "match_threshold": self.match_threshold,
            "expected_matches": round(self.fitted.matches, 3),
            "training": dict(self.training),
            "reference": digest_of(packed(self.reference)),
        }
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        return {"model_version": digest[:16], **content}


def artefact_of(
    document: Mapping[str, Any], reference: Reference, signals: Sequence[Scale], *, where: str
) -> ModelArtefact:
    """The model of a document and its counts, for `signals`.

    Raises InvalidInputError, naming what differs, for a document of another schema, of other signals or levels, with
    other counts than it was trained with, or with numbers that are no probabilities.
    """
    _check_schema(document, where)
    _check_signals(document, signals, where)
    if document.get("reference") != digest_of(packed(reference)):
        raise InvalidInputError(
            "the counts are not those that the model was trained with",
            where=where,
            mend="Use the two files of one run together.",
        )
    try:
        return _read(document, reference, tuple(signals))
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInputError(f"the model cannot be read: {error}", where=where, mend=_MEND) from None


def _check_schema(document: Mapping[str, Any], where: str) -> None:
    version = document.get("schema_version", 1 if "settings" in document else None)
    if version != SCHEMA_VERSION:
        what = (
            "this is no model of ours" if version is None else f"the model is of schema {version}, not {SCHEMA_VERSION}"
        )
        raise InvalidInputError(what, where=where, mend=_MEND)


def _check_signals(document: Mapping[str, Any], signals: Sequence[Scale], where: str) -> None:
    theirs, ours = document.get("signals"), _level_names(signals)
    if theirs == ours and list(theirs) == list(ours):
        return
    theirs = theirs if isinstance(theirs, dict) else {}
    said = [f"it has no signal {name}" for name in ours if name not in theirs]
    said += [f"it has a signal {name}" for name in theirs if name not in ours]
    said += [
        f"signal {name} has other levels ({_difference(theirs[name], ours[name])})"
        for name in ours
        if name in theirs and theirs[name] != ours[name]
    ]
    raise InvalidInputError(
        f"the model is of other signals: {'; '.join(said) or 'they stand in another order'}", where=where, mend=_MEND
    )


def _difference(theirs: object, ours: list[str]) -> str:
    known = [str(name) for name in theirs] if isinstance(theirs, list) else []
    gone, new = [name for name in known if name not in ours], [name for name in ours if name not in known]
    parts = [f"{word} {', '.join(names)}" for word, names in (("had", gone), ("lacks", new)) if names]
    return "; ".join(parts) or "in another order"


def _level_names(signals: Sequence[Scale]) -> dict[str, list[str]]:
    return {signal.name: [level.name for level in signal.levels] for signal in signals}


def _read(document: Mapping[str, Any], reference: Reference, signals: tuple[Scale, ...]) -> ModelArtefact:
    settings = document["settings"]
    comparisons = {each["output_column_name"]: each["comparison_levels"] for each in settings["comparisons"]}
    shares = [_shares(comparisons[signal.name], len(signal.levels)) for signal in signals]
    limits = [np.inf if limit is None else float(limit) for limit in document["context_limits"]]
    calibration = document["calibration"]
    prior, threshold = float(settings["probability_two_random_records_match"]), float(document["match_threshold"])
    if not 0 < prior < 1 or not 0 < threshold < 1:
        raise ValueError("the prior or the threshold is no probability between 0 and 1")
    return ModelArtefact(
        signals=signals,
        fitted=Estimate(
            prior=prior,
            m=tuple(m for m, _ in shares),
            u=tuple(u for _, u in shares),
            limit=ContextLimit(limits=np.array(limits)),
            matches=float(document["expected_matches"]),
        ),
        gain=np.array(document["competition_gains"], dtype=np.float64),
        reference=reference,
        match_threshold=threshold,
        calibration=Calibration(
            method=CalibrationMethod(calibration["method"]),
            before=np.array(calibration["before"], dtype=np.float64),
            after=np.array(calibration["after"], dtype=np.float64),
        ),
        training=document["training"],
    )


def _shares(levels: Sequence[Mapping[str, Any]], size: int) -> tuple[Weights, Weights]:
    """m and u in our order of levels: Splink's stand by weight, each with the code of its level in its condition."""
    m, u = np.zeros(size), np.zeros(size)
    for level in levels:
        if level.get("is_null_level"):
            continue
        code = _CODE.search(level["sql_condition"])
        place = int(code[1]) - 1 if code else 0
        m[place], u[place] = float(level["m_probability"]), float(level["u_probability"])
    if not (np.all((m > 0) & (m <= 1)) and np.all((u > 0) & (u <= 1))):
        raise ValueError("an m or u is missing, or is no probability")
    return m, u
