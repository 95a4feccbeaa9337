from collections.abc import Callable

import pytest

from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.text.fandom import is_about_somebody

MakePopulation = Callable[..., Population]
TEXTS = [
    (None, None),
    ("", ""),
    ("Ann Lee Fan Page", None),
    ("Ann Lee  fans!", "All day"),
    ("Fans", "hello"),
    ("Ann Lee", "UNOFFICIAL: news"),
    ("Ann Lee", "officially parody-free"),
    ("Ann Lee", "run by fans"),
    ("安", "周杰伦后援会的主页"),
    ("Анна", "Это фан-клуб"),
    (None, "ok"),
]


def test_pages_about_somebody_are_those_of_the_rule(make_population: MakePopulation) -> None:
    rows = [{"profile_id": f"{i:02}", "display_name": name, "bio": bio} for i, (name, bio) in enumerate(TEXTS)]
    expected = [int(is_about_somebody(name or "", bio or "")) if name or bio else -1 for name, bio in TEXTS]
    assert make_population(rows).about_somebody.tolist() == expected
    assert expected.count(1) == 7


@pytest.mark.parametrize(("bio", "says_something"), [(None, False), ("too short", False), ("I am twelve!", True)])
def test_short_bios_say_nothing(make_population: MakePopulation, bio: str | None, says_something: bool) -> None:
    assert make_population([{"profile_id": "a", "bio": bio}]).has_bio.tolist() == [says_something]
