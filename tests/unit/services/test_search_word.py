import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.services.search_word import (
    MAX_TERMS,
    MAX_WORDS,
    named_terms,
    specific_terms,
    spelled_terms,
    vector_of,
    without_places,
    words_of,
)
from creatorgraph.store.read.search import TermCount


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café  CRÈME!", ["cafe", "creme"]),
        ("jane_doe.official", ["jane", "doe", "official"]),
        ("旅行和", ["旅", "行", "和"]),
        ("योग और दौड़", ["योग", "और", "दौड़"]),
        ("x" * 61, []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [re.sub("\u093c", "", word) for word in words_of(text)] == [re.sub("\u093c", "", word) for word in words]


def test_a_vector_keeps_classes_and_parts_texts_by_a_gap() -> None:
    assert vector_of([("A", ["Jane Doe"]), ("C", ["Jane bakes"])]) == "'jane':1A,4C 'doe':2A 'bakes':5C"


def test_a_document_is_bounded() -> None:
    assert len(vector_of([("C", ["word " * (MAX_WORDS + 9)])]).split(",")) == MAX_WORDS


def test_terms_are_phrases_and_only_the_last_may_go_on() -> None:
    assert spelled_terms("T-shirt shop T-shirt", prefix=False) == ["'t' <-> 'shirt'", "'shop'"]
    assert spelled_terms("jane do", prefix=True) == ["'jane'", "'do':*"]
    assert spelled_terms("?!", prefix=True) == []
    assert named_terms("Jane Do") == ["'jane':A", "'do':*A"]


def test_worth_is_what_a_word_tells_beyond_a_common_one() -> None:
    found = {"'rare'": count(1), "'common'": count(400), "'none'": count(0)}
    terms = specific_terms(found, 1024)
    assert [(term.query, term.worth) for term in terms] == [("'rare'", 5.0)]


def count(documents: int, located: float = 0.0) -> TermCount:
    return TermCount(documents=documents, located=located)


def test_a_word_that_most_have_as_their_place_names_one() -> None:
    found = {"'ghent'": count(9, 0.8), "'paris'": count(9, 0.2), "'oslo'": count(2, 1.0), "'potters'": count(5)}
    terms = specific_terms(found, 1024)
    assert [term.query for term in terms if term.place] == ["'ghent'"]
    assert without_places("Potters in Ghent!", terms) == "Potters in"
    assert without_places("Ghent", terms) == "Ghent", "the place alone is what is asked about"
    assert without_places("Paris", terms) == "Paris"
    assert without_places("two  potters", specific_terms({"'potters'": count(5)}, 1024)) == "two  potters", (
        "as it was encoded"
    )


@given(text=st.text(max_size=300))
def test_whatever_is_typed_becomes_words_without_syntax(text: str) -> None:
    terms = spelled_terms(text, prefix=True)
    assert len(terms) <= MAX_TERMS
    assert all(re.fullmatch(r"'[^'\\\s]+'( <-> '[^'\\\s]+')*(:\*)?", term) for term in terms)
