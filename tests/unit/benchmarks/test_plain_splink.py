"""The peer is set up well enough to be one."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.label import read_truth
from benchmarks.plain_splink import PARTS, PlainClusters, meeting, plain_splink
from creatorgraph.resolution.evaluation import evaluate
from creatorgraph.synth.world import WorldFiles, write_world

PROFILES = 600
LEAST = -10.0


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> WorldFiles:
    return write_world(tmp_path_factory.mktemp("world"), PROFILES, seed=3)


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scores") / "scores.parquet"


@pytest.fixture(scope="module")
def found(world: WorldFiles, scores: Path) -> PlainClusters:
    return plain_splink(world.profiles, "1GB", by_hand=True, scores=scores, least_weight=LEAST)


def test_every_profile_has_a_cluster_and_most_people_are_found(world: WorldFiles, found: PlainClusters) -> None:
    truth = read_truth(world.truth)
    assert set(found.clusters) == set(truth)
    # far from a random clustering, or the comparison would be with a straw man
    assert evaluate(found.clusters, truth).f1 > 0.7


def test_stages_are_timed(found: PlainClusters) -> None:
    assert tuple(found.parts) == PARTS
    assert found.seconds == pytest.approx(sum(found.parts.values()))
    assert min(found.parts.values()) > 0


def test_scored_pairs_are_kept(found: PlainClusters, scores: Path) -> None:
    kept = pq.read_table(scores)
    assert kept.num_rows == found.pairs > 0
    weights = kept.column("match_weight").to_numpy()
    assert weights.min() >= LEAST
    linked = [(row["unique_id_l"], row["unique_id_r"]) for row in kept.to_pylist() if row["match_weight"] > 0]
    assert linked
    assert all(found.clusters[one] == found.clusters[other] for one, other in linked)


def test_rules_are_counted_before_they_are_used() -> None:
    table = pa.table({"a": ["x", "x", "x", None, "y"], "b": ["p", "p", "q", "p", "p"]})
    assert meeting(table, ["a"]) == 3
    assert meeting(table, ["a", "b"]) == 1
    assert meeting(table, ["a", "c"]) == 0
