from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.text.fold import fold, squash


def test_accents_case_and_signs_are_folded() -> None:
    assert fold("  José  O'Neil-García_2 ") == "jose oneil garcia 2"
    assert squash("Jane.O’Neil") == "janeoneil"


def test_scripts_are_kept() -> None:
    assert fold("Никита Воробьёв") == "никита воробьев"
    assert fold("ＷＩＤＥ") == "wide"


def test_the_vowels_of_indic_scripts_are_kept() -> None:
    assert fold("राहुल शर्मा!") == "राहुल शर्मा"
    assert fold("கார்த்திக்") == "கார்த்திக்"


def test_vowel_points_that_are_left_out_as_often_as_not_are_folded() -> None:
    assert fold("مُحَمَّد") == fold("محمد")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert squash(squash(text)) == squash(text)
    assert " " not in squash(text)
