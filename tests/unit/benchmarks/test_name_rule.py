"""The rule that figures are compared with does what it says."""

from typing import Any

from benchmarks.name_rule import clusters_by_name


def profile(name: str, platform: str, username: str | None, shown: str | None = None) -> dict[str, Any]:
    return {"profile_id": name, "platform": platform, "username": username, "display_name": shown}


def test_equal_and_nearly_equal_names_on_two_platforms_are_one() -> None:
    found = clusters_by_name(
        [
            profile("a", "x", "GreenKitchenTravels"),
            profile("b", "instagram", "green.kitchen_travels"),
            profile("c", "youtube", "greenkitchentravel"),
            profile("d", "tiktok", None, "Sömebody Else"),
            profile("e", "x", "other", "somebody else"),
        ]
    )
    assert found["a"] == found["b"] == found["c"]
    assert found["d"] == found["e"]
    assert len(set(found.values())) == 2


def test_a_username_made_of_the_name_and_a_code_is_that_name() -> None:
    found = clusters_by_name(
        [
            profile("a", "linkedin", "nora-vale-4f31a2"),
            profile("b", "x", "n", "Nora Vale"),
            profile("c", "x", "nora-val"),
        ]
    )
    assert found["a"] == found["b"]
    assert found["c"] != found["a"]


def test_two_accounts_of_one_platform_stay_apart() -> None:
    found = clusters_by_name([profile("a", "x", "same", "Same Name"), profile("b", "x", "other", "Same Name")])
    assert found["a"] != found["b"]


def test_missing_and_tiny_names_are_not_equal_names() -> None:
    found = clusters_by_name(
        [profile("a", "x", None), profile("b", "instagram", None, "J."), profile("c", "youtube", "j")]
    )
    assert len(set(found.values())) == 3
