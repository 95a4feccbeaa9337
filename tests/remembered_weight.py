"""Splink asked once for each level code: a frozen model gives a code the same weight for ever, and setting Splink up is what
takes most of a run over a hundred profiles."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from creatorgraph.domain.progress import Progress
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.model.engine.duckdb_engine import DuckDBEngine
from creatorgraph.resolution.model.engine.port import SILENT, Dialect, Weights


class RememberedWeights:
    """A ScoringEngine for one model at a time."""

    def __init__(self) -> None:
        self._engine = DuckDBEngine()
        self._settings: dict[str, Any] = {}
        self._weight: dict[int, float] = {}

    @property
    def dialect(self) -> Dialect:
        return self._engine.dialect

    def score(
        self, settings: dict[str, Any], codes: Indices, batches: Iterable[Indices], progress: Progress = SILENT
    ) -> Iterator[Weights]:
        if settings != self._settings:
            self._settings, self._weight = settings, {}
        fresh = np.array([each for each in codes.tolist() if each not in self._weight], dtype=np.int64)
        for weights in self._engine.score(settings, fresh, [np.arange(len(fresh))], progress):
            self._weight.update(zip(fresh.tolist(), weights.tolist(), strict=True))
        known = np.array([self._weight[each] for each in codes.tolist()])
        for batch in batches:
            yield known[batch]
