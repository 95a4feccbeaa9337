"""Splink scores as we do, and a saved model opens in Splink and scores a table of profiles."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.engine.duckdb_engine import DuckDBEngine
from creatorgraph.resolution.model.estimate import Estimate, estimate
from creatorgraph.resolution.model.pattern import Patterns, level_codes
from creatorgraph.resolution.model.splink_model import splink_settings
from creatorgraph.resolution.signals import SIGNALS
from tests.unit.resolution.observed_world import observed_world

MakePopulation = Callable[..., Population]
Fitted = tuple[Pairs, Patterns, Estimate]


@pytest.fixture(scope="module")
def fitted(make_population: MakePopulation, people: list[dict[str, object]]) -> Fitted:
    population = make_population(people)
    pairs, patterns, u = observed_world(population)
    full = int(population.names.full.sum())
    return pairs, patterns, estimate(SIGNALS, patterns, u, pairs=population.pairs, full_names=full)


def ours(patterns: Patterns, model: Estimate) -> list[float]:
    score = np.full(len(patterns.codes), np.log2(model.prior / (1 - model.prior)))
    for index in range(len(SIGNALS)):
        column = patterns.levels[:, index]
        score += np.where(column >= 0, model.weights(index)[np.maximum(column, 0)], 0)
    found: list[float] = score.tolist()
    return found


def test_splink_gives_the_sum_of_our_weights(fitted: Fitted) -> None:
    _, patterns, model = fitted
    every = np.arange(len(patterns.codes))
    (scored,) = DuckDBEngine().score(splink_settings(SIGNALS, model), patterns.codes, [every])
    assert len(scored) > 20
    assert scored.tolist() == pytest.approx(ours(patterns, model), abs=1e-9)


def test_a_saved_model_opens_in_splink_and_scores_profiles(fitted: Fitted, tmp_path: Path) -> None:
    pairs, patterns, model = fitted
    saved = tmp_path / "model.json"
    saved.write_text(json.dumps(splink_settings(SIGNALS, model)))
    levels = np.stack([signal.compare(pairs) for signal in SIGNALS], axis=1)
    codes = level_codes(SIGNALS, levels)
    size = pairs.population.size
    maps: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    partners: list[list[int]] = [[] for _ in range(size)]
    for number, (left, right, code) in enumerate(zip(pairs.left, pairs.right, codes, strict=True)):
        maps[left].append((int(right), int(code)))
        partners[left].append(number)
        partners[right].append(number)
    records = pa.table(
        {
            "unique_id": pa.array(range(size), pa.int64()),
            "pair_levels": pa.array(maps, pa.map_(pa.int64(), pa.int64())),
            "partners": pa.array(partners, pa.list_(pa.int64())),
        }
    )
    connection = duckdb.connect()
    engine = DuckDBAPI(connection=connection)
    linker = Linker(engine.register(records), saved, log_level="ERROR")
    scored = linker.inference.predict(warning_mode="never")
    rows = connection.table(scored.physical_name).select("unique_id_l", "unique_id_r", "match_weight").fetchall()
    weights = {(left, right): weight for left, right, weight in rows}
    expected = np.array(ours(patterns, model))[patterns.of_pair]
    assert len(weights) == len(pairs)
    assert [weights[pair] for pair in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)] == pytest.approx(
        expected.tolist(), abs=1e-9
    )
    connection.close()


def test_shares_are_shares_and_weights_ascend_along_chains(fitted: Fitted) -> None:
    model = fitted[2]
    assert 0 < model.prior <= 0.01
    for index, signal in enumerate(SIGNALS):
        assert model.m[index].sum() == pytest.approx(1)
        assert model.u[index].sum() == pytest.approx(1)
        assert (model.m[index] > 0).all()
        for chain in signal.chains[:1]:
            assert (np.diff(model.weights(index)[list(chain)]) >= -1e-6).all()
