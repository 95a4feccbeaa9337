"""u of identity, where usernames tell strangers and where nothing does."""

import math
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from creatorgraph.domain.platform import Platform
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.pattern import Patterns
from creatorgraph.resolution.signals import SIGNALS, identity
from creatorgraph.synth.people.world import PeopleWorld
from tests.unit.resolution.observed_world import observed_world

MakePopulation = Callable[..., Population]

IDENTITY = [signal.name for signal in SIGNALS].index("identity")
PLATFORMS = [platform.value for platform in Platform]
COUNTED_OTHERWISE = {0, identity.CLASH_NONE}
"""What most random pairs show: no candidates, for the greatest part."""


def names_alone(*, each_once: bool = False) -> list[dict[str, object]]:
    """Entries of one list; or each person's on platforms of their own, where none shows them twice."""
    shown: Counter[str] = Counter()
    rows: list[dict[str, object]] = []
    for entry in sorted(PeopleWorld(size=1_500, seed=3).records(), key=lambda entry: entry.record["profile_id"]):
        row: dict[str, object] = {key: entry.record[key] for key in ("profile_id", "platform", "display_name")}
        rows.append({**row, "platform": PLATFORMS[shown[entry.entity_id]]} if each_once else row)
        shown[entry.entity_id] += 1
    return rows


def measured(population: Population) -> tuple[Patterns, np.ndarray]:
    _, patterns, u = observed_world(population)
    return patterns, u[IDENTITY]


def seen(patterns: Patterns) -> np.ndarray:
    column = patterns.column("identity")
    return np.bincount(column, weights=patterns.counts, minlength=len(identity.SIGNAL.levels))


def test_no_more_strangers_are_expected_at_a_level_than_there_are_pairs(make_population: MakePopulation) -> None:
    population = make_population(names_alone())
    patterns, u = measured(population)
    prior = np.array([level.u for level in identity.SIGNAL.levels])
    believed = [level for level in range(len(u)) if level not in COUNTED_OTHERWISE]
    assert (u[believed] * population.pairs <= seen(patterns)[believed] + 1 + 1e-6).all()
    # the priors alone expect more, so something was held down
    assert (prior[believed] * population.pairs > seen(patterns)[believed] + 1).any()
    assert u.sum() == pytest.approx(1)


def test_where_usernames_tell_strangers_they_are_counted(
    make_population: MakePopulation, people: list[dict[str, object]]
) -> None:
    kept = ("profile_id", "display_name")
    population = make_population(
        [
            {**{key: row[key] for key in kept}, "platform": "x", "username": f"account{number}"}
            for number, row in enumerate(people)
        ]
    )
    patterns, u = measured(population)
    level = int(np.argmax(np.where(np.isin(np.arange(len(u)), list(COUNTED_OTHERWISE)), 0, seen(patterns))))
    # every pair is two usernames on one platform: what is seen at a level is what strangers show
    assert u[level] == pytest.approx(seen(patterns)[level] / population.pairs, rel=0.2)


def test_without_usernames_the_pairs_on_one_platform_tell_strangers(make_population: MakePopulation) -> None:
    population = make_population(names_alone(each_once=True))
    pairs, patterns, u = observed_world(population)
    together = population.platform[pairs.left] == population.platform[pairs.right]
    levels = patterns.column("identity")[patterns.of_pair]
    there = np.bincount(levels[together], minlength=len(identity.SIGNAL.levels))
    on_one = float(sum(math.comb(count, 2) for count in np.bincount(population.platform).tolist()))
    believed = [level for level in range(len(there)) if level not in COUNTED_OTHERWISE]
    assert (u[IDENTITY][believed] * on_one <= there[believed] + 1 + 1e-6).all()
    # what all pairs show, matches among them, would allow more
    assert (seen(patterns)[believed] / population.pairs > (there[believed] + 1) / on_one).any()
