"""How usernames of one name are compared: by the form in which they are made of it."""

from collections.abc import Callable

import numpy as np
import pytest

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals import handle

MakePopulation = Callable[..., Population]
MISSING = None
CROWD = [
    {"profile_id": f"c{i:03}", "platform": "x", "username": f"ka{letters}mo{letters}", "display_name": f"Ka{letters} Mo{letters}"}
    for i, letters in enumerate(f"{a}{b}" for a in "bdfgkl" for b in "bdfgklmnprst")
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        ("annlee", "annlee88", "common"),
        ("annlee", "realannlee", "common"),
        ("annlee", "leeann", "apart"),
        ("annl", "annlee88", "apart"),
        ("ann.lee", "ann_lee", "same"),
        ("annlcooks", "annlcooks7", "number"),
        ("annlcooks", "theannlcooks", "rare"),
        ("annlee", "annlee", MISSING),
        ("annlee", None, MISSING),
    ],
)
def test_usernames_of_one_name(make_population: MakePopulation, one: str, two: str | None, level: str | None) -> None:
    rows = [
        {"profile_id": "a", "platform": "x", "username": one, "display_name": "Ann Lee"},
        {"profile_id": "b", "platform": "github", "username": two, "display_name": "Ann Lee"},
        *CROWD,
    ]
    pairs = Pairs(population=make_population(rows), left=np.array([0]), right=np.array([1]))
    found = int(handle.compare(pairs)[0])
    assert (handle.SIGNAL.levels[found].name if found >= 0 else MISSING) == level


def test_other_names_are_not_looked_at(make_population: MakePopulation) -> None:
    rows = [
        {"profile_id": "a", "platform": "x", "username": "annlee", "display_name": "Ann Lee"},
        {"profile_id": "b", "platform": "github", "username": "annlee8", "display_name": "Bob Roe"},
    ]
    pairs = Pairs(population=make_population(rows), left=np.array([0]), right=np.array([1]))
    assert handle.compare(pairs).tolist() == [-1]
