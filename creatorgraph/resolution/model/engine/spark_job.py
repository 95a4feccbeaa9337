"""The Spark side of a run, a process of its own: `python -m creatorgraph.resolution.model.engine.spark_job FOLDER`.

Of its own, so that the memory of the Java machine is free again when scoring is over, and neither its signal handlers nor
its logs are the caller's. FOLDER/job.json holds Spark's properties and Splink's settings, FOLDER/pairs/*.parquet the
candidate pairs: their number and level code. Every pair goes through Splink's own predict() on Spark. For each group of
files a line of JSON on stdout tells how many were scored and which files hold the weights; or why the job failed.

Splink looks a pair up as two records. Here the left one is the stand-in of its level code, whose `pair_levels` hold the
code under the one partner that every pair has; the pair's number rides along as `match_key`, which Splink hands through.
The stand-ins are few and go to every worker, so the pairs stay where they were read.
"""

import json
import logging
import os
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from py4j.protocol import Py4JError, Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from splink import Linker
from splink.backends.spark import SparkAPI

PARTNER = "cast(-1 as bigint)"
"""The id of the stand-in on the right; level codes, the ids on the left, are never negative."""
_LEAST_FILES, _MOST_FILES = 8, 256
"""Files scored at once: few enough that their weights fit in the caller's memory (some 8 MB a file)."""


def run(folder: Path) -> None:
    """Scores what lies in the folder and tells so on stdout."""
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    builder = SparkSession.builder
    for name, value in job["properties"].items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        spark.sparkContext.setCheckpointDir((folder / "checkpoint").as_uri())
        _score(spark, job["settings"], sorted((folder / "pairs").glob("*.parquet")))
    finally:
        spark.stop()


def _score(spark: SparkSession, settings: dict[str, Any], files: list[Path]) -> None:
    parallelism = spark.sparkContext.defaultParallelism
    # our levels are plain integers: none of the functions in Splink's jar is called
    engine = SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=spark, num_partitions_on_repartition=parallelism, register_udfs_automatically=False
    )
    linker = Linker(engine.register(_stand_ins(_pairs(spark, files))), settings, log_level=logging.ERROR)
    at_once = min(max(_LEAST_FILES, 2 * parallelism), _MOST_FILES)
    for start in range(0, len(files), at_once):
        group = files[start : start + at_once]
        blocked = _pairs(spark, group).selectExpr("code as join_key_l", f"{PARTNER} as join_key_r", "pair as match_key")
        linker.table_management.register_blocked_pairs_for_predict(engine.register(blocked))
        scored = linker.inference.predict(warning_mode="never").as_spark_dataframe()
        # Splink has written the table to the checkpoint folder by now: no second copy is made
        _tell({"files": len(group), "weights": [_path(uri) for uri in scored.inputFiles()]})


def _pairs(spark: SparkSession, files: list[Path]) -> DataFrame:
    return spark.read.parquet(*(file.as_uri() for file in files))


def _stand_ins(pairs: DataFrame) -> DataFrame:
    """One record per distinct code, and the partner that they share."""
    codes = pairs.select("code").distinct()
    own = codes.selectExpr("code as unique_id", f"map({PARTNER}, code) as pair_levels", "array(code) as partners")
    partner = codes.sparkSession.range(1).selectExpr(
        f"{PARTNER} as unique_id", "map(id, id) as pair_levels", "array(id) as partners"
    )
    return own.union(partner)


def _path(uri: str) -> str:
    return unquote(urlsplit(uri).path)


def _reason(error: Exception) -> str:
    """Java's own words are on the second line, where the first says which of its methods was called."""
    lines = str(error).splitlines() or [type(error).__name__]
    return lines[1].lstrip(": ") if len(lines) > 1 and isinstance(error, Py4JJavaError) else lines[0]


def _tell(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _end_with_the_caller() -> None:
    """Stdin closes when the caller is gone, even killed; Java then ends in the same way."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


def main() -> int:
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    try:
        run(Path(sys.argv[1]))
    except (PySparkException, Py4JError, OSError) as error:
        _tell({"failed": _reason(error)})
        raise
    return 0


if __name__ == "__main__":
    sys.exit(main())
