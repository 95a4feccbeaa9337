"""Cultures: long lists, each name once, spelled in two scripts where it has two."""

import pytest

from creatorgraph.synth.bio import PHRASES
from creatorgraph.synth.culture import CULTURES, Culture
from creatorgraph.synth.culture.culture import latin_letters, spelled
from creatorgraph.synth.niche import NICHES

LOCAL = pytest.mark.parametrize("culture", CULTURES, ids=lambda culture: culture.language)


@LOCAL
def test_lists_are_long_and_name_nobody_twice(culture: Culture) -> None:
    for names in (culture.given_names, culture.family_names):
        assert len(names) >= 40
        assert len({native for native, _ in names}) == len(names)
    assert len(culture.places) >= 12


@LOCAL
def test_every_name_has_a_latin_spelling(culture: Culture) -> None:
    for _, latin in (*culture.given_names, *culture.family_names, *culture.places):
        assert latin
        assert latin.isascii()


@LOCAL
def test_every_language_has_phrases_and_every_niche_its_words(culture: Culture) -> None:
    assert culture.language in PHRASES
    for niche in NICHES:
        assert culture.language == "en" or len(niche.local[culture.language]) == 5
        assert len(niche.topics) == 12


def test_spelling() -> None:
    assert latin_letters("Müller Weiß Élodie") == "Muller Weiss Elodie"
    assert spelled("Нью_Йорк=New_York Köln") == (("Нью Йорк", "New York"), ("Köln", "Koln"))
