"""What is left out of the many candidates must change nothing."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.resolution import observation, scoring
from creatorgraph.resolution.clustering.cluster import FORGOTTEN
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.calibration import Calibration, CalibrationMethod, identity
from creatorgraph.resolution.model.competition import LEAST, competed
from creatorgraph.resolution.model.engine.port import Dialect
from creatorgraph.resolution.model.estimate import Estimate, estimate
from creatorgraph.resolution.model.pattern import Patterns, patterns_of
from creatorgraph.resolution.model.score import level_scores
from creatorgraph.resolution.scoring import Wanted, scored_pairs
from creatorgraph.resolution.signals import SIGNALS
from tests.unit.resolution.observed_world import observed_world

MakePopulation = Callable[..., Population]


class _Given:
    """An engine that says what it was given, so that every weight is known."""

    dialect: Dialect = "duckdb"

    def __init__(self, weights: NDArray[np.float64]) -> None:
        self.weights = weights

    def score(
        self, settings: dict[str, Any], codes: Indices, batches: Iterable[Indices], progress: Progress = Silent()
    ) -> Iterator[NDArray[np.float64]]:
        for batch in batches:
            yield self.weights[batch]


@pytest.fixture(scope="module")
def world(make_population: MakePopulation, people: list[dict[str, object]]) -> tuple[Pairs, Patterns, Estimate]:
    population = make_population(people)
    pairs, patterns, u = observed_world(population)
    return pairs, patterns, estimate(SIGNALS, patterns, u, pairs=population.pairs, full_names=1)


def test_steps_and_threads_change_no_pattern(
    world: tuple[Pairs, Patterns, Estimate], monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs, patterns, _ = world
    levels = np.stack([signal.compare(pairs) for signal in SIGNALS], axis=1)
    whole = patterns_of(SIGNALS, levels, pairs.identity.names.apart)
    monkeypatch.setattr(observation, "_STEP", 7)
    for threads in (1, 3):
        cut = observation.observed(pairs, threads=threads, progress=Silent())
        for name in ("levels", "apart", "counts", "of_pair", "codes"):
            np.testing.assert_array_equal(getattr(cut, name), getattr(whole, name))
            np.testing.assert_array_equal(getattr(patterns, name), getattr(whole, name))
    np.testing.assert_array_equal(observation.observed_levels(pairs, threads=3), levels)


@pytest.mark.parametrize(
    "calibration",
    [
        identity(),
        Calibration(
            method=CalibrationMethod.SIGMOID, before=np.array([-40.0, -20.0, 40.0]), after=np.array([-40.0, -3.0, 60.0])
        ),
    ],
)
def test_what_matters_is_kept_with_the_weight_it_has_among_all(
    world: tuple[Pairs, Patterns, Estimate], monkeypatch: pytest.MonkeyPatch, calibration: Calibration
) -> None:
    pairs, patterns, fitted = world
    monkeypatch.setattr(scoring, "_STEP", 11)
    said = np.linspace(-30, 20, len(patterns.codes))
    asked = np.array([0, 5, len(pairs) - 1])
    found, gain = scored_pairs(
        pairs,
        patterns,
        fitted,
        calibration,
        _Given(said),
        wanted=Wanted(floor=-4.0, threshold=-1.0, rows=asked),
        gain=None,
        progress=Silent(),
    )
    weight = (said + level_scores(SIGNALS, fitted, patterns.levels)[1])[patterns.of_pair]
    competing, gained = competed(pairs.population, pairs.left, pairs.right, weight)
    final = calibration.apply(competing)
    np.testing.assert_array_equal(found.weight, final[found.row])
    np.testing.assert_array_equal(found.competition, (competing - weight)[found.row])
    np.testing.assert_array_equal(found.pairs.left, pairs.left[found.row])
    np.testing.assert_array_equal(found.levels, patterns.levels[patterns.of_pair][found.row])
    np.testing.assert_array_equal(gain, gained)
    assert np.all(np.diff(found.row) > 0)
    matters = set(np.flatnonzero((final >= -4.0) | (final > -1.0 + FORGOTTEN) | (weight > LEAST)).tolist())
    assert matters | set(asked.tolist()) == set(found.row.tolist())
    assert len(found.row) < len(pairs)
