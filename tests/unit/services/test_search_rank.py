from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.config import Settings
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.services.search_rank import Candidate, Hit, SearchMode, freshness, ranked_page

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SETTINGS = Settings(data_dir=Path("unused"))


def candidate(
    name: str = "a", *, relevance: float = 1.0, rate: float | None = 5.0, quality: float | None = 1.0,
    days: float | None = 0.0, verified: bool = False,
) -> Candidate:  # fmt: skip
    return Candidate(
        creator_id=CreatorId(name),
        matched=ProfileId(f"p{name}"),
        relevance=relevance,
        engagement_rate=rate,
        follower_quality=quality,
        last_active=None if days is None else (NOW - timedelta(days=days)).timestamp(),
        verified=verified,
    )


def test_the_formula() -> None:
    (hit,) = ranked_page([candidate()], SETTINGS, SearchMode.HYBRID, as_of=NOW, first=1).items
    assert hit.score == pytest.approx(0.4 + 0.3 * 0.5 + 0.2 + 0.1)
    assert [(part.part, part.weight) for part in hit.parts] == [
        ("semantic", 0.4), ("engagement", 0.3), ("follower_quality", 0.2), ("freshness", 0.1)
    ]  # fmt: skip


def test_a_verified_creator_counts_a_tenth_more_and_the_parts_say_so() -> None:
    plain, verified = (
        ranked_page([candidate(verified=each)], SETTINGS, SearchMode.HYBRID, as_of=NOW, first=1).items[0]
        for each in (False, True)
    )
    assert verified.score == pytest.approx(1.1 * plain.score)
    assert verified.parts[-1].part == "verified"


def test_what_is_not_known_is_neutral_or_nothing() -> None:
    unknown = candidate(rate=None, quality=None, days=None)
    (hit,) = ranked_page([unknown], SETTINGS, SearchMode.TEXT, as_of=NOW, first=1).items
    assert {part.part: part.value for part in hit.parts} == {
        "text": 1.0, "engagement": 0.0, "follower_quality": 0.5, "freshness": 0.0
    }  # fmt: skip


def test_engagement_is_capped_and_freshness_decays_in_thirty_days() -> None:
    (hit,) = ranked_page([candidate(rate=80.0)], SETTINGS, SearchMode.HYBRID, as_of=NOW, first=1).items
    assert hit.parts[1].value == 1.0
    seen = [(NOW + timedelta(days=days)).timestamp() for days in (-30, 9)]
    assert freshness([*seen, None], NOW, 30).tolist() == pytest.approx([0.3679, 1.0, 0.0], abs=1e-4)


@given(
    values=st.lists(st.tuples(st.floats(0, 1), st.none() | st.floats(0, 50), st.booleans()), max_size=40),
    first=st.integers(1, 7),
)
def test_pages_meet_nobody_twice_and_fall(values: list[tuple[float, float | None, bool]], first: int) -> None:
    every = [
        candidate(f"{number:03}", relevance=relevance, rate=rate, verified=verified)
        for number, (relevance, rate, verified) in enumerate(values)
    ]
    seen: list[Hit] = []
    after = None
    while True:
        page = ranked_page(every, SETTINGS, SearchMode.HYBRID, as_of=NOW, first=first, after=after)
        seen += page.items
        if not page.more:
            break
        after = page.keys[-1]
    assert [hit.creator_id for hit in seen] == [
        each for _, each in sorted((-hit.score, hit.creator_id) for hit in seen)
    ]
    assert len({hit.creator_id for hit in seen}) == len(every)
    for hit in seen:
        assert sum(part.contribution for part in hit.parts) == pytest.approx(hit.score, abs=1e-8)
