"""The scoring engines, each where it can run."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from creatorgraph.domain.error import UnavailableError
from creatorgraph.resolution.model.engine.duckdb_engine import DuckDBEngine
from creatorgraph.resolution.model.engine.java import require_java
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.model.engine.spark_engine import SparkEngine
from creatorgraph.resolution.model.engine.spark_option import SparkOptions


def _missing() -> str | None:
    if find_spec("pyspark") is None:
        return "the extra spark is not installed (make test-spark does)"
    try:
        require_java()
    except UnavailableError as error:
        return error.what
    return None


_MISSING = _missing()
needs_spark = [pytest.mark.spark, pytest.mark.skipif(_MISSING is not None, reason=_MISSING or "")]


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=needs_spark)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> ScoringEngine:
    if request.param == "duckdb":
        return DuckDBEngine()
    return SparkEngine(SparkOptions(threads=2, memory="1g", folder=tmp_path))


@pytest.fixture(params=[pytest.param("spark", marks=needs_spark)])
def spark_folder(tmp_path: Path) -> Path:
    """Where Spark works; asked for by the tests that Spark alone must pass."""
    return tmp_path
