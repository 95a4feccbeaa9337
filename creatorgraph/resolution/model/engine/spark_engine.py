"""Splink on Spark: candidate pairs go to disk, Spark scores every one of them, and the weights are read back in order."""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.progress import Progress
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.model.engine.java import require_java
from creatorgraph.resolution.model.engine.port import SILENT, Dialect, Weights
from creatorgraph.resolution.model.engine.spark_option import SparkOptions

INSTALL = "pip install 'creatorgraph[spark]'"
JOB = "creatorgraph.resolution.model.engine.spark_job"
PAIRS_PER_FILE = 1_000_000
_SECONDS_TO_STOP = 15
_log = logging.getLogger(__name__)


def require_spark() -> None:
    """Checks that the extra and a Java for it are there.

    Raises:
        UnavailableError: one of them is missing.
    """
    if find_spec("pyspark") is None:
        raise UnavailableError("Spark needs the extra spark, which is not installed", mend=f"Run `{INSTALL}`.")
    require_java()


class SparkEngine:
    """Raises UnavailableError at once, before any work, where Spark cannot run."""

    def __init__(self, options: SparkOptions) -> None:
        require_spark()
        self._options = options

    @property
    def dialect(self) -> Dialect:
        return "spark"

    def score(
        self, settings: dict[str, Any], codes: Indices, batches: Iterable[Indices], progress: Progress = SILENT
    ) -> Iterator[Weights]:
        with tempfile.TemporaryDirectory(
            prefix="creatorgraph-spark-", dir=self._options.folder, ignore_cleanup_errors=True
        ) as name:
            work = Path(name).resolve()
            pairs = _write_pairs(work / "pairs", codes, batches)
            progress.stage("scoring pairs on Spark", sum(pairs.files))
            job = {"properties": self._options.properties(work), "settings": settings}
            (work / "job.json").write_text(json.dumps(job), encoding="utf-8")
            yield from _cut(_weights(work, pairs, self._options, progress), pairs.batches)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """Numbers of pairs: per file on disk, and per batch as they came in."""

    files: list[int] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)


def _write_pairs(folder: Path, codes: Indices, batches: Iterable[Indices]) -> _Written:
    """Parquet files of (pair, code), the pairs numbered through; no batch outlives its turn."""
    folder.mkdir()
    written = _Written()
    for batch in batches:
        written.batches.append(len(batch))
        for start in range(0, len(batch), PAIRS_PER_FILE):
            part = codes[batch[start : start + PAIRS_PER_FILE]]
            first = sum(written.files)
            table = pa.table({"pair": np.arange(first, first + len(part)), "code": part})
            pq.write_table(table, folder / f"{len(written.files):06}.parquet", compression="zstd")
            written.files.append(len(part))
    return written


def _weights(work: Path, pairs: _Written, options: SparkOptions, progress: Progress) -> Iterator[Weights]:
    """The weights of one group of files after the other; what was read is deleted."""
    if not pairs.files:
        return
    done = 0
    with _job(work, options) as lines:
        for line in lines:
            if not line.startswith("{"):
                continue
            message = json.loads(line)
            if "failed" in message:
                raise _failure(str(message["failed"]), options)
            size = sum(pairs.files[done : done + message["files"]])
            yield _read(message["weights"], first=sum(pairs.files[:done]), size=size)
            done += message["files"]
            progress.advance(size)
    if done != len(pairs.files):
        raise _failure("it ended before all pairs were scored", options)


def _read(files: list[str], *, first: int, size: int) -> Weights:
    weights = np.full(size, np.nan)
    for name in files:
        table = pq.read_table(name, columns=["match_key", "match_weight"])
        weights[table.column("match_key").to_numpy() - first] = table.column("match_weight").to_numpy()
        Path(name).unlink()
    if np.isnan(weights).any():
        raise UnavailableError("Spark lost pairs", mend="Run the command again; report it if it happens again.")
    return weights


def _cut(groups: Iterator[Weights], sizes: list[int]) -> Iterator[Weights]:
    """The same weights in pieces of the sizes given."""
    rest = np.zeros(0)
    for size in sizes:
        pieces = [rest]
        while sum(map(len, pieces)) < size:
            pieces.append(next(groups))
        joined = np.concatenate(pieces)
        yield joined[:size]
        rest = joined[size:]
    # lets the job end by itself, so that a failure at its very end is seen
    for _ in groups:
        pass


@contextmanager
def _job(work: Path, options: SparkOptions) -> Iterator[Iterable[str]]:
    """The running job's lines. It is gone, and its Java with it, when the block is left, however it is left."""
    environment = dict(os.environ)
    if options.is_local:
        environment["SPARK_LOCAL_IP"] = options.driver_host
    with (work / "spark.log").open("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", JOB, str(work)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            encoding="utf-8",
            # a group of its own: Ctrl-C reaches us alone, and we end both processes
            start_new_session=True,
        )
        try:
            assert process.stdout is not None  # noqa: S101 - for the type: it is a pipe
            yield process.stdout
        finally:
            _stop(process)
            if _log.isEnabledFor(logging.INFO):
                log.seek(0)
                _log.info("Spark's log:\n%s", log.read())


def _stop(process: subprocess.Popen[str]) -> None:
    """Ends what is left of the job. Stdout is Java's too, so that its end says that both are gone."""
    for order in (signal.SIGTERM, signal.SIGKILL):
        try:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, order)
            process.communicate(timeout=_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            continue
        return


def _failure(reason: str, options: SparkOptions) -> UnavailableError:
    return UnavailableError(
        f"Spark stopped: {reason}",
        where=options.master,
        mend="See its log with --verbose; CREATORGRAPH_SPARK_MEMORY gives it more memory; --engine duckdb does without.",
    )
