from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.decision import Decision, Verdict
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.contradiction import between, compatible, contradictions, opposing

START = datetime(2026, 1, 1, tzinfo=UTC)


def log(text: str, *, start: int = 0) -> list[Decision]:
    """`a=b c#d e?f` as decisions: the same, different, unsure; one after the other."""
    numbers = count(start)
    verdicts = {"=": Verdict.SAME, "#": Verdict.DIFFERENT, "?": Verdict.UNSURE}
    return [
        Decision(
            decision_id=word,
            left=ProfileId(word[0]),
            right=ProfileId(word[2]),
            verdict=verdicts[word[1]],
            actor="ann",
            at=START + timedelta(seconds=next(numbers)),
        )
        for word in text.split()
    ]


def against(standing: str, proposed: str) -> list[str]:
    return [each.decision_id for each in opposing(log(standing), log(proposed, start=100))]


def test_what_is_said_again_or_of_others_opposes_nothing() -> None:
    assert against("a=b c#d", "a=b") == against("a=b c#d", "c#d") == against("a=b c#d", "b#c") == []
    assert against("a?b", "a=b") == against("", "a#b") == []


def test_another_verdict_on_the_pair_opposes() -> None:
    assert against("a=b", "a#b") == ["a=b"]
    assert against("a#b", "a=b") == ["a#b"]
    # unsure would lift what stands without a word
    assert against("a=b", "a?b") == ["a=b"]


def test_a_never_link_is_inherited_through_must_links() -> None:
    assert against("a=b c=d a#d", "b=c") == ["a#d"]
    assert against("a=b c=d", "b=c") == []


def test_what_ties_the_sides_together_is_told() -> None:
    def chain(standing: str, proposed: str) -> list[str]:
        return [each.decision_id for each in between(log(standing), log(proposed, start=100))]

    assert chain("a=b c=d a#d e=f", "b=c") == ["a=b", "c=d"]
    assert chain("a=b b=c", "a#c") == ["a=b", "b=c"]
    # of the very pair it is the verdict that opposes, and no chain
    assert chain("a#b", "a=b") == chain("a=b c=d", "b=c") == []


def test_of_a_chain_the_fewest_links_are_withdrawn() -> None:
    assert len(against("a=b b=c c=d", "a#d")) == 1
    assert set(against("a=b b=d a=c c=d a=d", "a#d")) >= {"a=d"}
    assert len(against("a=b b=d a=c c=d a=d", "a#d")) == 3


def test_a_split_of_a_chain_withdraws_what_crosses_it() -> None:
    assert against("a=b b=c c=d", "a#c a#d b#c b#d") == ["b=c"]


def test_contradictions_are_seen_in_any_order() -> None:
    assert [each.decision_id for each in contradictions(log("a#c a=b b=c"))] == ["a#c"]
    assert contradictions(log("a#c a=b")) == []


def test_many_joins_are_taken_as_long_as_they_bridge_nothing() -> None:
    pairs = [(ProfileId(a), ProfileId(b)) for a, b in ("ab", "bc", "cd")]
    assert compatible(log("a#d"), pairs) == pairs[:2]
    assert compatible(log("a#c"), pairs) == [pairs[0], pairs[2]]
    assert compatible(log("a#b b=c"), pairs) == pairs[1:]


_PAIRS = st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda pair: pair[0] < pair[1])


@given(st.lists(st.tuples(_PAIRS, st.sampled_from("=#?")), max_size=14), _PAIRS, st.sampled_from("=#"))
def test_once_withdrawn_nothing_contradicts(
    said: list[tuple[tuple[str, str], str]], pair: tuple[str, str], verdict: str
) -> None:
    standing: list[Decision] = []
    for (left, right), sign in said:
        [new] = log(f"{left}{sign}{right}", start=len(standing))
        if new.decision_id not in {each.decision_id for each in standing} and not opposing(standing, [new]):
            standing.append(new)
    assert contradictions(standing) == []
    [new] = log(f"{pair[0]}{verdict}{pair[1]}", start=100)
    withdrawn = {id(each) for each in opposing(standing, [new])}
    kept = [each for each in standing if id(each) not in withdrawn]
    assert contradictions([*kept, new]) == []
    assert opposing(kept, [new]) == []


@given(st.lists(st.tuples(_PAIRS, st.sampled_from("=#")), max_size=10), st.lists(_PAIRS, max_size=10))
def test_what_is_compatible_contradicts_nothing(
    said: list[tuple[tuple[str, str], str]], asked: list[tuple[str, str]]
) -> None:
    standing: list[Decision] = []
    for (left, right), sign in said:
        [new] = log(f"{left}{sign}{right}", start=len(standing))
        if new.decision_id not in {each.decision_id for each in standing} and not opposing(standing, [new]):
            standing.append(new)
    wanted = [(ProfileId(a), ProfileId(b)) for a, b in asked]
    taken = compatible(standing, wanted)
    joined = [each for pair in taken for each in log(f"{pair[0]}={pair[1]}", start=100)]
    assert contradictions([*standing, *joined]) == []
    # and nothing was left out that would have fitted
    for pair in wanted:
        if pair not in taken:
            assert opposing([*standing, *joined], log(f"{pair[0]}={pair[1]}", start=200))
