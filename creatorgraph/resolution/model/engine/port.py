"""What an engine that runs Splink must do."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.resolution.feature.incidence import Indices

Dialect = Literal["duckdb", "spark"]
"""Splink's name for the SQL that an engine speaks."""
Weights = NDArray[np.float64]

SILENT = Silent()


class ScoringEngine(Protocol):
    """Scores pairs by their level codes; engines differ in where the work is done, never in the weights."""

    @property
    def dialect(self) -> Dialect:
        """The SQL in which `score` wants its settings."""

    def score(
        self, settings: dict[str, Any], codes: Indices, batches: Iterable[Indices], progress: Progress = SILENT
    ) -> Iterator[Weights]:
        """The match weight (log2 odds, prior included) that Splink gives to each pair, batch for batch as they came in.

        `settings` are splink_settings() in this engine's dialect, `codes` the distinct level codes, a batch the index
        into `codes` of each of its pairs. Raises UnavailableError when the engine is missing or stops before the end.
        """
