import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.text.name import ASIDE_SIGNS, MAX_VARIANTS, MAX_WORDS, asides, name_variants


def test_titles_and_decorations_are_dropped() -> None:
    assert name_variants("Dr. Jane Roe 🌻") == (("jane", "roe"),)


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Rep. Jane Roe", "jane roe"),
        ("Congresswoman Jane Roe", "jane roe"),
        ("Senator Jane Roe, MD", "jane roe"),
        ("Sen. Jane Roe", "jane roe"),
        ("Mayor Jane Roe", "jane roe"),
        ("Cllr Jane Roe MBA", "jane roe"),
        ("Capt. Jane Roe", "jane roe"),
    ],
)
def test_offices_are_dropped(shown: str, name: str) -> None:
    assert tuple(name.split()) in name_variants(shown)


@pytest.mark.parametrize(
    "shown", ["Amartya Sen", "Ali Sheriff", "Mary Ann Judge", "Imam Santoso", "Ma Xin", "Don Draper"]
)
def test_words_that_are_also_names_stay(shown: str) -> None:
    assert name_variants(shown)[0] == tuple(shown.lower().split())


def test_a_title_behind_a_name_is_no_name_of_its_own() -> None:
    assert name_variants("Jane Roe, Jr.") == (("jane", "roe"),)


def test_what_is_set_apart_is_found() -> None:
    assert asides("Jane Roe | Fitness - Oslo (she/her)") == ("jane roe", ("fitness", "oslo", "she her"))
    # a comma, a hyphen and a middle dot are part of names
    assert asides("Roe, Jane-Ann") == ("roe jane ann", ())
    assert asides("ジョン・スミス")[1] == ()


def test_common_asides_are_left_out() -> None:
    assert name_variants("Jane Roe | Fitness (she/her)", {"fitness", "she her"}) == (("jane", "roe"),)
    assert name_variants("Jane Roe (JR) | Fitness | Acme", {"fitness"}) == name_variants("Jane Roe (JR) | Acme")
    assert name_variants("Fitness | Jane Roe", {"fitness"}) == name_variants("Fitness | Jane Roe")


def test_a_title_alone_stays() -> None:
    assert name_variants("Prof. Dr.") == (("prof", "dr"),)
    assert name_variants("Dr") == (("dr",),)
    assert name_variants("Sen") == (("sen",),)


def test_parts_and_brackets_are_names_of_their_own() -> None:
    variants = name_variants("Jane Roe (JR) | Acme")
    assert ("jane", "roe") in variants
    assert ("jr",) in variants
    assert ("acme",) in variants


def test_another_script_is_transliterated() -> None:
    assert ("ivan", "volkov") in name_variants("Иван Волков")


def test_misread_utf8_is_repaired() -> None:
    assert ("jose", "garcia") in name_variants("JosÃ© GarcÃ­a".replace("Ã­", "Ã\xad"))


def test_nothing_gives_nothing() -> None:
    assert name_variants(None) == ()
    assert name_variants("🌻🌻") == ()


@given(st.text(max_size=60))
def test_bounds_hold_for_any_text(text: str) -> None:
    variants = name_variants(text)
    assert len(variants) <= MAX_VARIANTS
    assert all(0 < len(name) <= MAX_WORDS and all(name) for name in variants)
    assert len(set(variants)) == len(variants)


@given(st.text(alphabet=st.sampled_from("ab |/-–(（)[@• ,"), max_size=20))
def test_what_has_no_sign_has_no_asides(text: str) -> None:
    assert re.search(ASIDE_SIGNS, text) or asides(text)[1] == ()
