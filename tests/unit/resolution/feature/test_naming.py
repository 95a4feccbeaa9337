from itertools import product

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.feature.name_table import NameTable, name_table
from creatorgraph.resolution.feature.naming import accord_bits, naming_of
from creatorgraph.resolution.feature.rarity import WORDS_OF_A_NAME
from creatorgraph.resolution.feature.reference import Naming

WORDS = 70
"""Given and family names of each language: 4,900 names of either."""


def names_of_two_languages() -> list[str]:
    found = []
    for prefix in ("ka", "mo"):
        given_names = [f"{prefix}{chr(97 + i // 10)}{chr(97 + i % 10)}" for i in range(WORDS)]
        family_names = [f"{prefix}{prefix}{chr(97 + i // 10)}{chr(97 + i % 10)}" for i in range(WORDS)]
        found += [f"{one} {two}" for one, two in product(given_names, family_names)]
    return found


@pytest.fixture(scope="module")
def two_languages() -> NameTable:
    return name_table(pa.array([*names_of_two_languages(), "kaaa momoaa", "solitary"], pa.string()))


@pytest.fixture(scope="module")
def naming(two_languages: NameTable) -> Naming:
    return naming_of(two_languages)


def accord(table: NameTable) -> dict[str, float]:
    return dict(zip(table.texts.to_pylist(), accord_bits(table, naming_of(table)).tolist(), strict=True))


def test_words_of_one_language_go_together(two_languages: NameTable) -> None:
    bits = accord(two_languages)
    # with two languages of one size, who has a given name of the one has its family names twice as often
    inside = [bits[name] for name in names_of_two_languages()]
    assert np.mean(inside) == pytest.approx(1.0, abs=0.1)
    assert bits["kaaa momoaa"] < 0.3
    assert bits["solitary"] == pytest.approx(0, abs=0.05)


def test_few_names_are_of_one_class() -> None:
    table = name_table(pa.array(["Jane Roe", "Ali Haddad", "Priya Sharma"], pa.string()))
    naming = naming_of(table)
    assert naming.shares.tolist() == [1.0]
    assert accord_bits(table, naming).tolist() == [0, 0, 0]


def test_without_names() -> None:
    table = name_table(pa.array([None, ""], pa.string()))
    assert len(accord_bits(table, naming_of(table))) == 0


def test_the_order_of_the_names_does_not_matter(two_languages: NameTable) -> None:
    texts = two_languages.texts.to_pylist()
    forwards, backwards = accord(two_languages), accord(name_table(pa.array(texts[::-1], pa.string())))
    # sums in another order round otherwise
    assert [backwards[name] for name in texts] == pytest.approx([forwards[name] for name in texts], abs=0.05)


@given(st.lists(st.sampled_from(["kaaa kakaab", "moab momoac", "kaac", "Zoë Unknown", "kaab momoab x"]), max_size=8))
def test_names_that_a_model_does_not_know_weigh_nothing_less(naming: Naming, texts: list[str]) -> None:
    table = name_table(pa.array(texts, pa.string()))
    bits = dict(zip(table.texts.to_pylist(), accord_bits(table, naming).tolist(), strict=True))
    assert all(0 <= value < 2 for value in bits.values())
    assert bits.get("zoe unknown", 0) == pytest.approx(0, abs=1e-6)


def test_further_words_of_a_name_have_places_of_their_own() -> None:
    table = name_table(pa.array(["Jane Roe", "Ana Maria Cruz", "Ali"], pa.string()))
    bits = accord(table)
    assert bits["ana maria cruz"] == pytest.approx(np.log2(WORDS_OF_A_NAME))
    assert bits["jane roe"] == bits["ali"] == 0
