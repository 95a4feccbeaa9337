"""What the estimates are when the truth is known."""

from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.estimate import Estimate, estimate
from creatorgraph.resolution.model.pattern import patterns_of
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.signals.signal import Level, Scale
from tests.unit.resolution.observed_world import observed_world

NAME = Scale(
    name="name",
    levels=(
        Level(name="different", text="different", m=0.1, u=0.9),
        Level(name="common", text="a common name", m=0.4, u=0.001),
        Level(name="rare", text="a rare name", m=0.5, u=0.0001),
    ),
    chains=((0, 1, 2),),
    decisive=True,
    irreplaceable=True,
)
TRADE = Scale(
    name="trade",
    levels=(Level(name="different", text="different", m=0.3, u=0.8), Level(name="same", text="same", m=0.7, u=0.2)),
    chains=((0, 1),),
)
PAIRS = 50_000_000
STRANGERS_OF_A_NAME = np.array([0.0, 60_000, 4_000]) / PAIRS
MATCHES = (0, 3_000, 6_000)


@pytest.fixture(scope="module")
def fitted() -> Estimate:
    """Candidates: 9,000 matches, all of one trade, and 64,000 strangers of one name, of whom one in five has the same trade."""
    levels: list[NDArray[np.int8]] = []
    for name in (1, 2):
        strangers = round(STRANGERS_OF_A_NAME[name] * PAIRS)
        for trade, count in ((1, MATCHES[name] + strangers // 5), (0, strangers - strangers // 5)):
            levels.append(np.tile(np.array([name, trade], dtype=np.int8), (count, 1)))
    every = np.concatenate(levels)
    patterns = patterns_of((NAME, TRADE), every, np.zeros(len(every), dtype=bool))
    u_name = STRANGERS_OF_A_NAME.copy()
    u_name[0] = 1 - u_name.sum()
    u = (u_name, np.array([0.8, 0.2]))
    return estimate((NAME, TRADE), patterns, u, pairs=PAIRS, full_names=1)


def test_the_unsure_leave_no_trace_in_m(fitted: Estimate) -> None:
    # of those who are believed by their names half are strangers, so that different trades would be over a third of m
    assert fitted.m[1][0] < 0.15
    assert fitted.weights(1)[0] < -2.5


def test_the_matches_are_counted(fitted: Estimate) -> None:
    assert fitted.matches == pytest.approx(sum(MATCHES), rel=0.25)


def test_the_rarer_name_weighs_more(fitted: Estimate) -> None:
    assert fitted.weights(0)[2] > fitted.weights(0)[1] + 3


def test_what_people_of_like_names_share_counts_for_less_where_no_stranger_is_known(
    make_population: Callable[..., Population],
) -> None:
    """A list of names without usernames, in which a town goes with the family name."""
    rng = Random(3)
    families = [
        first + last for first in ("Aber", "Bel", "Cor", "Dra", "Esk") for last in ("mann", "ova", "ino", "dal")
    ]
    given = [
        first + last for first in ("Al", "Ber", "Cle", "Do", "Er", "Fa") for last in ("mina", "rik", "lotte", "van")
    ]
    rows: list[dict[str, object]] = []
    for number in range(600):
        family = rng.randrange(len(families))
        name = f"{rng.choice(given)} {families[family]}"
        rows.append({"profile_id": f"p{number:03d}", "display_name": name, "location": f"Town{family}ville"})
    population = make_population(rows)
    _, patterns, u = observed_world(population)
    fitted = estimate(SIGNALS, patterns, u, pairs=population.pairs, full_names=len(rows))

    location = [signal.name for signal in SIGNALS].index("location")
    # some, not all: who shares a name there may be a match, too
    assert 1 - fitted.u[location][0] > 1.1 * (1 - u[location][0])
