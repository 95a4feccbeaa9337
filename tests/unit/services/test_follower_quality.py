from datetime import UTC, datetime
from math import exp, log

import pytest

from creatorgraph.services.follower_quality import follower_quality
from creatorgraph.store.read.search_source import Norm, SourceProfile

NORMS = {("x", 3): Norm(centre=log(2.0), spread=1.0), ("", 3): Norm(centre=log(8.0), spread=1.0)}


def account(
    *, platform: str = "x", followers: int | None = 5_000, rate: float | None = 2.0, status: str = "active"
) -> SourceProfile:
    return SourceProfile(
        platform=platform, username=None, display_name=None, bio=None, category=None, company=None, job_title=None,
        location=None, language=None, followers=followers, engagement_rate=rate, status=status, observed_at=None,
        last_seen_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def test_the_usual_rate_is_the_best_and_both_ends_count_alike() -> None:
    assert follower_quality([account()], NORMS) == 1.0
    low, high = (follower_quality([account(rate=2.0 * exp(sign * 1.75))], NORMS) for sign in (-1, 1))
    assert low == high == pytest.approx(0.5)
    assert follower_quality([account(rate=0.0)], NORMS) == 0.0


def test_other_platforms_stand_in_where_there_are_too_few() -> None:
    assert follower_quality([account(platform="kick", rate=8.0)], NORMS) == 1.0


@pytest.mark.parametrize(
    "members",
    [
        [],
        [account(followers=None)],
        [account(rate=None)],
        [account(followers=0)],
        [account(followers=9)],
        [account(status="suspended")],
    ],
)
def test_it_is_not_known_where_nothing_says_it(members: list[SourceProfile]) -> None:
    assert follower_quality(members, NORMS) is None
