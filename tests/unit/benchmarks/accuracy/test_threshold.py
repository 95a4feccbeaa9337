"""Clusters at other thresholds than a peer's own."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.accuracy.labelled import LabelledSet
from benchmarks.accuracy.threshold import at_precision, best_f1, by_threshold

TRUTH = {"a": "1", "b": "1", "c": "2", "d": "2", "e": "3"}
LABELLED = LabelledSet(name="set", profiles=Path("unread"), truth=TRUTH)


def scored(folder: Path, *pairs: tuple[str, str, float]) -> Path:
    left, right, weights = zip(*pairs, strict=True)
    path = folder / "scores.parquet"
    pq.write_table(pa.table({"unique_id_l": left, "unique_id_r": right, "match_weight": weights}), path)
    return path


def test_the_best_threshold_is_by_the_answers(tmp_path: Path) -> None:
    path = scored(tmp_path, ("a", "b", 9.0), ("c", "d", 5.0), ("b", "c", 4.0), ("d", "nobody", 20.0))
    tried = list(by_threshold(path, LABELLED, -10))
    assert (tried[0].weight, tried[0].score.predicted_pairs) == (-10, 6)
    best = best_f1(tried)
    assert (best.weight, best.score.f1) == (4.5, 1.0)
    assert best.clusters["a"] == best.clusters["b"] != best.clusters["c"]


def test_equal_precision_is_the_most_recall_that_is_precise_enough(tmp_path: Path) -> None:
    path = scored(tmp_path, ("a", "b", 9.0), ("d", "e", 6.0), ("c", "d", 5.0))
    tried = list(by_threshold(path, LABELLED, 0))
    assert at_precision(tried, 0.9).weight == 6.5
    assert at_precision(tried, 0.5).score.recall == 1.0


def test_the_most_precise_where_none_is_precise_enough(tmp_path: Path) -> None:
    tried = list(by_threshold(scored(tmp_path, ("a", "c", 9.0), ("a", "b", 5.0)), LABELLED, 0))
    found = at_precision(tried, 0.99)
    assert (found.score.recall > 0, found.score.precision) == (True, 1 / 3)
