from datetime import UTC, datetime, timedelta

import pytest

from creatorgraph.domain.decision import Decision, Verdict
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.clustering.constraint import constraints_of

ROWS = {"a": 0, "b": 1, "c": 2}
START = datetime(2026, 1, 1, tzinfo=UTC)


def decide(number: int, left: str, right: str, verdict: Verdict, undoes: str | None = None) -> Decision:
    return Decision(
        decision_id=f"d{number}",
        left=ProfileId(left),
        right=ProfileId(right),
        verdict=verdict,
        actor="test",
        at=START + timedelta(minutes=number),
        undoes=undoes,
    )


def test_the_newest_decision_of_a_pair_counts_in_either_spelling() -> None:
    found = constraints_of([decide(2, "b", "a", Verdict.DIFFERENT), decide(1, "a", "b", Verdict.SAME)], ROWS)
    assert found.never.tolist() == [[0, 1]]
    assert found.must.tolist() == []


def test_unsure_takes_a_decision_back() -> None:
    found = constraints_of([decide(1, "a", "b", Verdict.SAME), decide(2, "a", "b", Verdict.UNSURE)], ROWS)
    assert found.must.tolist() == []


def test_an_undone_decision_does_not_count() -> None:
    undo = decide(2, "a", "b", Verdict.UNSURE, undoes="d1")
    found = constraints_of([decide(1, "a", "b", Verdict.DIFFERENT), undo], ROWS)
    assert found.never.tolist() == []


def test_unknown_profiles_and_self_pairs_are_left_out() -> None:
    found = constraints_of([decide(1, "a", "zz", Verdict.SAME), decide(2, "c", "c", Verdict.SAME)], ROWS)
    assert found.must.tolist() == []


@pytest.mark.parametrize(
    ("decisions", "known", "must", "never"),
    [
        ("a=b c#d", "abcd", ["ab"], ["cd"]),
        ("a=z z=b", "ab", ["ab"], []),
        ("a=y y=z z=b c#z", "abc", ["ab"], ["ac"]),
        ("z#a", "ab", [], []),
        ("a=z b#z c=b", "abc", ["bc"], ["ab"]),
        ("y=z a#z", "a", [], []),
    ],
    ids=[
        "as they are",
        "tied through z",
        "through two, and apart from both",
        "a stranger",
        "apart from the heir",
        "nobody left",
    ],
)
def test_decisions_outlive_profiles(decisions: str, known: str, must: list[str], never: list[str]) -> None:
    """What was tied to a profile that is gone stays tied; what was kept apart from it is kept apart from its heirs."""
    log = [
        decide(number, word[0], word[2], Verdict.SAME if word[1] == "=" else Verdict.DIFFERENT)
        for number, word in enumerate(decisions.split())
    ]
    found = constraints_of(log, {letter: row for row, letter in enumerate(known)})
    assert [[f"{known[one]}{known[other]}" for one, other in pairs] for pairs in (found.must, found.never)] == [
        must,
        never,
    ]
