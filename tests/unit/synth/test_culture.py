"""Cultures: long lists, each name once, spelled in two scripts where it has two, and shared by as many as in life."""

from collections import Counter
from collections.abc import Iterable, Iterator
from operator import attrgetter
from random import Random

import pytest

from creatorgraph.synth.bio import PHRASES
from creatorgraph.synth.culture import CULTURES, Culture, PersonName
from creatorgraph.synth.culture.culture import latin_letters, spelled
from creatorgraph.synth.culture.english import ENGLISH
from creatorgraph.synth.culture.french import FRENCH
from creatorgraph.synth.culture.german import GERMAN
from creatorgraph.synth.culture.hindi import HINDI
from creatorgraph.synth.culture.portuguese import PORTUGUESE
from creatorgraph.synth.culture.russian import RUSSIAN
from creatorgraph.synth.niche import NICHES

DRAWN = 20_000
LOCAL = pytest.mark.parametrize("culture", CULTURES, ids=lambda culture: culture.language)


def names(culture: Culture) -> Iterator[PersonName]:
    rng = Random(1)
    return (culture.name(rng) for _ in range(DRAWN))


def shared(values: Iterable[str]) -> float:
    """The share of pairs that have the same."""
    counts = Counter(values).values()
    return sum(count * (count - 1) for count in counts) / (DRAWN * (DRAWN - 1))


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


def test_family_names_are_as_common_as_published_shares_say() -> None:
    families = Counter(name.family for name in names(ENGLISH))
    # the US census of 2010: Smith 0.8 %, the first 25 names 8.7 %
    assert 0.006 < families["smith"] / DRAWN < 0.02
    assert 0.06 < sum(count for _, count in families.most_common(25)) / DRAWN < 0.15


@pytest.mark.parametrize(
    ("culture", "published"),
    [(ENGLISH, 0.0028), (GERMAN, 0.0040), (FRENCH, 0.0087), (PORTUGUESE, 0.0065), (RUSSIAN, 0.0118), (HINDI, 0.0023)],
    ids=lambda value: getattr(value, "language", None),
)
def test_two_people_share_a_given_name_about_as_often_as_published(culture: Culture, published: float) -> None:
    assert published / 2 < shared(name.given_names[0][1] for name in names(culture)) < 2 * published


def test_two_english_people_share_their_full_name_about_as_often_as_in_the_us_census_of_1990() -> None:
    # too few pairs share both to count them; the two are drawn apart
    given, family = (shared(of(name) for name in names(ENGLISH)) for of in (attrgetter("given"), attrgetter("family")))
    assert 1e-6 < given * family < 4e-6
