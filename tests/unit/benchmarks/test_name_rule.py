"""The rule that figures are compared with does what it says."""

from benchmarks.name_rule import clusters_by_name
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.resolution.profile_table import to_table


def profile(name: str, platform: str, username: str | None, shown: str | None = None) -> Profile:
    return Profile(profile_id=ProfileId(name), platform=Platform(platform), username=username, display_name=shown)


def test_equal_and_nearly_equal_names_on_two_platforms_are_one() -> None:
    found = clusters_by_name(
        to_table(
            [
                profile("a", "x", "GreenKitchenTravels"),
                profile("b", "instagram", "greenkitchentravels"),
                profile("c", "youtube", "greenkitchentravel"),
                profile("d", "youtube", "somebody else"),
                profile("e", "tiktok", None, "Somebody Else"),
                profile("f", "x", "other", "somebody else"),
            ]
        )
    )
    assert found["a"] == found["b"] == found["c"]
    assert found["e"] == found["f"]
    assert len(set(found.values())) == 3


def test_two_accounts_of_one_platform_stay_apart() -> None:
    found = clusters_by_name(
        to_table([profile("a", "x", "same", "Same Name"), profile("b", "x", "other", "Same Name")])
    )
    assert found["a"] != found["b"]


def test_missing_names_are_not_equal_names() -> None:
    found = clusters_by_name(to_table([profile("a", "x", None), profile("b", "instagram", None)]))
    assert found["a"] != found["b"]
