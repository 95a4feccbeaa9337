"""Evidence: for every link one row per signal that had something to say, and the adjustments, so that weights add up."""

from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.model.estimate import Estimate
from creatorgraph.resolution.result import EVIDENCE_TYPE
from creatorgraph.resolution.signals.signal import Level, Levels

Weights = NDArray[np.float64]

PRIOR, CONTEXT, COMPETITION, CALIBRATION = "prior", "context", "competition", "calibration"
_ADJUSTMENTS = {
    PRIOR: "how likely any two drawn at random are one",
    CONTEXT: "taken off: people who only belong together share as much",
    COMPETITION: "held against others on the platform, or in the list, that fit too",
    CALIBRATION: "what stewards' decisions on pairs of this weight add or take",
}
_LEAST_ADJUSTMENT = 0.01

P = TypeVar("P", bound=Sized)
Q = TypeVar("Q", bound=Sized, contravariant=True)


class Shown(Protocol[Q]):
    """A comparison of pairs of kind Q that can show what it looked at."""

    @property
    def name(self) -> str: ...
    @property
    def levels(self) -> tuple[Level, ...]: ...
    @property
    def values(self) -> Callable[[Q], tuple[pa.Array, pa.Array]]: ...


@dataclass(frozen=True, slots=True)
class _Rows:
    pair: NDArray[np.int64]
    columns: tuple[pa.Array, ...]


def evidence_lists(
    signals: Sequence[Shown[P]],
    fitted: Estimate,
    pairs: P,
    levels: Levels,
    context: Weights,
    competition: Weights,
    calibration: Weights | None = None,
) -> pa.Array:
    """One list of EVIDENCE_TYPE per pair, signals in their order; the match weights of a list sum to the link's weight."""
    everything = np.arange(len(pairs), dtype=np.int64)
    prior = np.full(len(pairs), np.log2(fitted.prior / (1 - fitted.prior)))
    rows = [_adjustment(PRIOR, prior, everything)]
    for index, signal in enumerate(signals):
        if (levels[:, index] >= 0).any():
            rows.append(_signal_rows(signal, fitted.weights(index), pairs, levels[:, index]))
    adjustments = [(CONTEXT, context), (COMPETITION, competition)]
    if calibration is not None:
        adjustments.append((CALIBRATION, calibration))
    for name, weight in adjustments:
        rows.append(_adjustment(name, weight, np.flatnonzero(np.abs(weight) > _LEAST_ADJUSTMENT)))
    pair = np.concatenate([r.pair for r in rows])
    order = np.argsort(pair, kind="stable")
    columns = [pa.concat_arrays([r.columns[i] for r in rows]).take(pa.array(order)) for i in range(len(EVIDENCE_TYPE))]
    offsets = np.zeros(len(pairs) + 1, dtype=np.int32)
    np.cumsum(np.bincount(pair, minlength=len(pairs)), out=offsets[1:])
    return pa.ListArray.from_arrays(pa.array(offsets), pa.StructArray.from_arrays(columns, fields=list(EVIDENCE_TYPE)))


def _signal_rows(signal: Shown[P], weights: Weights, pairs: P, levels: Levels) -> _Rows:
    rows = np.flatnonzero(levels >= 0)
    level = pa.array(levels[rows].astype(np.int64))
    left, right = signal.values(pairs)
    at = pa.array(rows)
    columns = (
        _repeated(signal.name, len(rows)),
        pa.array([lv.name for lv in signal.levels]).take(level),
        left.take(at),
        right.take(at),
        pa.array(weights[levels[rows]]),
        pa.array([lv.text for lv in signal.levels]).take(level),
    )
    return _Rows(rows, columns)


def _adjustment(name: str, weight: Weights, rows: NDArray[np.int64]) -> _Rows:
    empty = pa.nulls(len(rows), pa.string())
    texts = _repeated(_ADJUSTMENTS[name], len(rows))
    named = _repeated(name, len(rows))
    return _Rows(rows, (named, named, empty, empty, pa.array(weight[rows]), texts))


def _repeated(text: str, times: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), times)
