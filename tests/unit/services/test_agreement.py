import pytest

from creatorgraph.domain.decision import Verdict
from creatorgraph.services.steward.agreement import LEAST_PAIRS, kappa

S, D, U = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def of_two(*pairs: tuple[Verdict, Verdict]) -> list[dict[str, Verdict]]:
    return [{"ann": one, "bo": other} for one, other in pairs]


def test_the_textbook_example() -> None:
    # 50 proposals: both yes 20, both no 15, 5 and 10 apart (Wikipedia, Cohen's kappa): 0.4
    said = of_two(*[(S, S)] * 20, *[(S, D)] * 5, *[(D, S)] * 10, *[(D, D)] * 15)
    assert kappa(said) == pytest.approx(0.4)


def test_agreement_is_one_and_chance_is_nought() -> None:
    assert kappa(of_two(*[(S, S)] * 6, *[(D, D)] * 6)) == pytest.approx(1)
    assert kappa(of_two(*[(S, S)] * 12)) == 1
    assert kappa(of_two(*[(S, S), (S, D), (D, S), (D, D)] * 5)) == pytest.approx(0)


def test_too_little_gives_no_figure() -> None:
    assert kappa(of_two(*[(S, S)] * (LEAST_PAIRS - 1))) is None
    assert kappa([{"ann": S}] * 100) is None
    assert kappa([]) is None


def test_three_stewards_weigh_by_what_they_have_in_common() -> None:
    said: list[dict[str, Verdict]] = [
        *of_two(*[(S, S), (D, D)] * 10),
        *({"bo": one, "cat": other} for one, other in [(S, S), (S, U), (U, S), (U, U)] * 5),
    ]
    assert kappa(said) == pytest.approx((1 * 20 + 0 * 20) / 40)
