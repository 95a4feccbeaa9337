"""What every engine that runs Splink must do, on each of them; and what Spark must do besides."""

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

from creatorgraph.domain.error import UnavailableError
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.model.context import no_limit
from creatorgraph.resolution.model.engine import spark_engine
from creatorgraph.resolution.model.engine.port import ScoringEngine, Weights
from creatorgraph.resolution.model.engine.spark_engine import SparkEngine
from creatorgraph.resolution.model.engine.spark_option import SparkOptions
from creatorgraph.resolution.model.estimate import Estimate
from creatorgraph.resolution.model.pattern import level_codes
from creatorgraph.resolution.model.splink_model import splink_settings
from creatorgraph.resolution.signals import SIGNALS

PATTERNS = 500
PAIRS_PER_FILE = 97
BATCHES = (0, 700, 1, 0, 1300, 500)
"""Pairs per batch: with files as small as these, several groups of files, none of which ends where a batch does."""


class Listener:
    def __init__(self) -> None:
        self.total: int | None = 0
        self.done = 0

    def stage(self, name: str, total: int | None = None) -> None:
        self.total = total

    def advance(self, steps: int = 1) -> None:
        self.done += steps


@pytest.fixture(scope="module")
def model() -> Estimate:
    """Any shares at all, from one in three to one in a million: nothing is learned here."""
    random = np.random.default_rng(11)

    def shares(levels: int) -> Weights:
        drawn = 10.0 ** random.uniform(-6, -0.5, levels)
        share: Weights = drawn / drawn.sum()
        return share

    return Estimate(
        prior=3.7e-7,
        m=tuple(shares(len(signal.levels)) for signal in SIGNALS),
        u=tuple(shares(len(signal.levels)) for signal in SIGNALS),
        limit=no_limit(),
        matches=100.0,
    )


@pytest.fixture(scope="module")
def levels() -> Indices:
    """(patterns, signals): every level and "no data" of every signal occurs."""
    random = np.random.default_rng(12)
    drawn = [random.integers(-1, len(signal.levels), PATTERNS) for signal in SIGNALS]
    return np.unique(np.stack([np.full(len(SIGNALS), -1), *np.stack(drawn, axis=1)]), axis=0)


def expected(model: Estimate, levels: Indices) -> Weights:
    """The sum of the parts, without Splink."""
    parts = [
        np.where(levels[:, index] >= 0, model.weights(index)[np.maximum(levels[:, index], 0)], 0.0)
        for index in range(len(SIGNALS))
    ]
    total: Weights = np.log2(model.prior / (1 - model.prior)) + np.sum(parts, axis=0)
    return total


def test_each_pair_weighs_the_sum_of_its_levels(
    engine: ScoringEngine, model: Estimate, levels: Indices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_engine, "PAIRS_PER_FILE", PAIRS_PER_FILE)
    random = np.random.default_rng(13)
    batches = [random.integers(0, len(levels), size) for size in BATCHES]
    codes = level_codes(SIGNALS, levels.astype(np.int8))
    listener = Listener()
    scored = list(engine.score(splink_settings(SIGNALS, model, engine.dialect), codes, batches, listener))
    assert [len(weights) for weights in scored] == list(BATCHES)
    for weights, batch in zip(scored, batches, strict=True):
        np.testing.assert_allclose(weights, expected(model, levels)[batch], rtol=0, atol=1e-9)
    assert listener.done == listener.total


def test_without_pairs_there_is_nothing_to_do(engine: ScoringEngine, model: Estimate) -> None:
    nothing = np.zeros(0, dtype=np.int64)
    settings = splink_settings(SIGNALS, model, engine.dialect)
    assert list(engine.score(settings, nothing, [])) == []
    assert [len(weights) for weights in engine.score(settings, nothing, [nothing, nothing])] == [0, 0]


def test_where_spark_fails_the_error_says_why_and_nothing_is_left(spark_folder: Path, model: Estimate) -> None:
    engine = SparkEngine(SparkOptions(threads=1, memory="64m", folder=spark_folder))
    scored = engine.score(splink_settings(SIGNALS, model, "spark"), np.array([0]), [np.array([0])])
    with pytest.raises(UnavailableError, match=r"(?i)Spark stopped: .*memory") as raised:
        next(scored)
    assert "CREATORGRAPH_SPARK_MEMORY" in str(raised.value.mend)
    assert list(spark_folder.iterdir()) == []


SCORE = """
import sys
from pathlib import Path
import numpy as np
from creatorgraph.resolution.model.engine.spark_engine import SparkEngine
from creatorgraph.resolution.model.engine.spark_option import SparkOptions

engine = SparkEngine(SparkOptions(threads=1, memory="1g", folder=Path(sys.argv[1])))
try:
    list(engine.score({}, np.array([0]), [np.array([0])]))
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_control_c_ends_spark_and_removes_its_files(spark_folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", SCORE, str(spark_folder)]) as process:
        started: list[psutil.Process] = []
        while not any(_is_spark(child) for child in started):
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.05)
            started = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
    gone, alive = psutil.wait_procs(started, timeout=120)
    assert alive == []
    assert gone
    assert list(spark_folder.iterdir()) == []


def _is_spark(process: psutil.Process) -> bool:
    try:
        return process.name() == "java" and "org.apache.spark.deploy.SparkSubmit" in process.cmdline()
    except psutil.NoSuchProcess:
        return False
