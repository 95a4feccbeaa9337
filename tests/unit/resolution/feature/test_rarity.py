import numpy as np
import pytest

from creatorgraph.resolution.feature.code import MAX_LENGTH
from creatorgraph.resolution.feature.rarity import Rarity, measure

NAMES = {"john": 400, "smith": 350, "wilhelmina": 3, "vandenheuvel": 2}
KEYS = ["johnsmith", "wilhelminavandenheuvel", "qvxlentz", "officialjohn", "xkqjzw" * 10, "j"]


@pytest.fixture(scope="module")
def rarity() -> Rarity:
    filler = [f"{a}{b}" for a in ("anna", "john", "maria", "peter", "official") for b in ("smith", "jones", "lee", "m")]
    keys = KEYS + filler
    return measure(keys, NAMES, 1000)


def test_common_words_are_cheap_and_inventions_dear(rarity: Rarity) -> None:
    john_smith, rare_name, invented = rarity.key_bits[:3]
    assert john_smith < rare_name
    assert john_smith < invented


def test_bits_are_spread_over_the_characters_and_nothing_behind_the_end(rarity: Rarity) -> None:
    assert np.allclose(rarity.character_bits.sum(axis=1), rarity.key_bits, atol=1e-3)
    for row, length in enumerate(rarity.matrix.lengths):
        assert (rarity.character_bits[row, :length] > 0).all()
        assert (rarity.character_bits[row, length:] == 0).all()
    assert rarity.matrix.lengths.max() == MAX_LENGTH


def test_a_word_never_costs_more_than_by_its_count(rarity: Rarity) -> None:
    by_count = [-np.log2(n / (2.2 * 1000 + 50)) for n in NAMES.values()]
    assert (rarity.word_bits <= np.array(by_count) + 1e-4).all()


def test_nothing_to_measure() -> None:
    nothing = measure([], {}, 0)
    assert nothing.key_bits.shape == (0,)
    assert nothing.word_bits.shape == (0,)
