from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.decision import Decision, Verdict, settled_pairs, standing_decisions, undone_ids
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import Band, band_of, ceiling_of
from creatorgraph.domain.role import STEWARDS

START = datetime(2026, 1, 1, tzinfo=UTC)
A, B = ProfileId("a"), ProfileId("b")


def said(number: int, verdict: Verdict = Verdict.SAME, *, undoes: int | None = None) -> Decision:
    return Decision(
        decision_id=f"{number:03}",
        left=A,
        right=B,
        verdict=verdict,
        actor="ann",
        at=START + timedelta(seconds=number),
        undoes=None if undoes is None else f"{undoes:03}",
    )


def test_the_newest_counts_and_the_one_before_stands_again_when_it_is_undone() -> None:
    log = [said(1), said(2, Verdict.DIFFERENT)]
    assert standing_decisions(log)[A, B].verdict is Verdict.DIFFERENT
    assert standing_decisions([*log, said(3, undoes=2)])[A, B].verdict is Verdict.SAME
    assert standing_decisions([*log, said(3, undoes=2), said(4, undoes=1)]) == {}


def test_an_undo_that_is_undone_does_not_count() -> None:
    log = [said(1), said(2, undoes=1), said(3, undoes=2)]
    assert undone_ids(log) == {"002"}
    assert standing_decisions(log)[A, B].decision_id == "001"
    assert standing_decisions([*log, said(4, undoes=3)]) == {}


@given(st.lists(st.integers(0, 8), max_size=8), st.randoms(use_true_random=False))
def test_each_undo_turns_what_it_names_and_order_does_not_matter(undone: list[int], order: object) -> None:
    log = [said(0)]
    for number, target in enumerate(undone, start=1):
        log.append(said(number, undoes=target if target < number else None))
    shuffled = list(log)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing_decisions(shuffled) == standing_decisions(log)
    # whatever stands was not taken back by an undo that itself stands
    gone = undone_ids(log)
    assert all(d.decision_id not in gone for d in standing_decisions(log).values())


def test_unsure_settles_nothing() -> None:
    assert settled_pairs([said(1, Verdict.UNSURE)]) == []
    assert settled_pairs([said(1, Verdict.DIFFERENT)]) == [(A, B)]


def test_bands_cover_every_probability_once() -> None:
    assert [band_of(p) for p in (0.0, 0.0999, 0.1, 0.4, 0.6, 0.9, 1.0)] == [
        Band.LIKELY_DIFFERENT,
        Band.LIKELY_DIFFERENT,
        Band.LEANING_DIFFERENT,
        Band.TOSS_UP,
        Band.LEANING_SAME,
        Band.LIKELY_SAME,
        Band.LIKELY_SAME,
    ]
    assert [ceiling_of(each) for each in Band] == [None, 0.9, 0.6, 0.4, 0.1]


def test_a_role_includes_those_before_it() -> None:
    assert [[one.may(other) for other in STEWARDS] for one in STEWARDS] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
