"""Mailbox names: what matches, by how rare a name, and what other signals have counted already."""

from collections.abc import Callable

import numpy as np
import pytest

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.mailbox import SIGNAL
from creatorgraph.resolution.signals.signal import MISSING

MakePopulation = Callable[..., Population]
Row = dict[str, object]
QXZ: Row = {"platform": "x", "username": "qxzvortlewymkfusp", "username_local": "h"}


def level(make_population: MakePopulation, one: Row, two: Row, crowd: list[Row] | None = None) -> str | None:
    rows = [one, two, *(crowd or [])]
    population = make_population([{"profile_id": f"{i:03}", **row} for i, row in enumerate(rows)])
    found = int(SIGNAL.compare(Pairs(population=population, left=np.array([0]), right=np.array([1])))[0])
    return None if found == MISSING else SIGNAL.levels[found].name


def test_a_mailbox_called_like_a_rare_username(make_population: MakePopulation) -> None:
    names = ["bell", "cole", "dean", "ford", "lane", "reed"]
    crowd: list[Row] = [{"username": f"anna{name}"} for name in names * 20]
    assert level(make_population, QXZ, {"email_locals": ["h"]}, crowd) == "rare"
    assert level(make_population, QXZ, {"email_locals": ["other"]}, crowd) == "apart"


def test_a_mailbox_name_of_many_is_common(make_population: MakePopulation) -> None:
    crowd: list[Row] = [{"email_locals": ["h"]} for _ in range(40)]
    assert level(make_population, QXZ, {"email_locals": ["h"]}, crowd) == "common"
    assert level(make_population, QXZ, {"email_locals": ["h"]}, crowd[:6]) == "uncommon"


def test_a_common_username_weighs_less(make_population: MakePopulation) -> None:
    crowd: list[Row] = [{"username": f"anna{i}", "display_name": f"Anna {chr(97 + i % 26)}ok"} for i in range(80)]
    anna: Row = {"platform": "x", "username": "anna", "username_local": "h"}
    assert level(make_population, anna, {"email_locals": ["h"]}, crowd) == "common"


def test_mailboxes_at_two_providers(make_population: MakePopulation) -> None:
    one: Row = {"email_locals": ["h"], "emails": ["h@a"]}
    two: Row = {"email_locals": ["h"], "emails": ["h@b"]}
    crowd: list[Row] = [{"email_locals": ["h"]} for _ in range(6)]
    assert level(make_population, one, two) == "uncommon"
    # nobody shows what the name is, so that many have it is all there is to go by
    assert level(make_population, one, two, crowd) == "common"
    assert level(make_population, one, {**two, "email_locals": ["g"]}) == "apart"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param(QXZ, {**QXZ, "platform": "github", "email_locals": ["h"]}, id="both show the username"),
        pytest.param(
            QXZ, {"display_name": "Qxzvortle Wymkfusp", "email_locals": ["h"]}, id="the name spells the username"
        ),
        pytest.param(
            {**QXZ, "email_locals": ["h"], "emails": ["e"]}, {"email_locals": ["h"], "emails": ["e"]}, id="one address"
        ),
        pytest.param(QXZ, QXZ, id="no mailbox"),
        pytest.param({"email_locals": ["h"]}, {}, id="nothing to compare it with"),
    ],
)
def test_silent(make_population: MakePopulation, one: Row, two: Row) -> None:
    assert level(make_population, one, two) is None
    assert level(make_population, two, one) is None
