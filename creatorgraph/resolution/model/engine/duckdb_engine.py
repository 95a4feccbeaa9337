"""Splink on DuckDB, in this process: each distinct level code is scored once, as pairs of one code weigh the same."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from creatorgraph.domain.progress import Progress
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.model.engine.port import SILENT, Dialect, Weights
from creatorgraph.resolution.model.splink_model import LEVELS_COLUMN, PARTNERS_COLUMN


@dataclass(frozen=True, slots=True, kw_only=True)
class DuckDBEngine:
    """`memory_limit` is in DuckDB's words; it spills to disk beyond. `threads` of None takes what the machine has."""

    memory_limit: str = "2GB"
    threads: int | None = None

    @property
    def dialect(self) -> Dialect:
        return "duckdb"

    def score(
        self, settings: dict[str, Any], codes: Indices, batches: Iterable[Indices], progress: Progress = SILENT
    ) -> Iterator[Weights]:
        weights = self._weights(settings, codes)
        for batch in batches:
            yield weights[batch]

    def _weights(self, settings: dict[str, Any], codes: Indices) -> Weights:
        """Of each code."""
        if not len(codes):
            return np.zeros(0)
        config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": self.memory_limit}
        if self.threads:
            config["threads"] = self.threads
        connection = duckdb.connect(config=config)
        try:
            engine = DuckDBAPI(connection=connection)
            linker = Linker(engine.register(_stand_ins(codes)), settings, log_level=logging.ERROR)
            scored = linker.inference.predict(warning_mode="never")
            table = connection.table(scored.physical_name).select("unique_id_l", "match_weight").to_arrow_table()
        finally:
            connection.close()
        weights = np.full(len(codes), np.nan)
        weights[table.column("unique_id_l").to_numpy() // 2] = table.column("match_weight").to_numpy()
        return weights


def _stand_ins(codes: Indices) -> pa.Table:
    """Two records per code: 2i, whose levels name its partner 2i + 1, and 2i + 1, which names nobody."""
    ids = np.arange(2 * len(codes), dtype=np.int64)
    offsets = pa.array(np.concatenate([[0], (ids + 2) // 2]), pa.int32())
    levels = pa.MapArray.from_arrays(offsets, pa.array(ids[1::2]), pa.array(codes))
    partners = pa.ListArray.from_arrays(pa.array(np.arange(len(ids) + 1), pa.int32()), pa.array(ids // 2))
    return pa.table({"unique_id": ids, LEVELS_COLUMN: levels, PARTNERS_COLUMN: partners})
