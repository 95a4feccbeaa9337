import numpy as np

from creatorgraph.resolution.feature.lexicon import HEAD, lexicon_of


def test_each_word_by_itself() -> None:
    lexicon = lexicon_of(("bob", "李明", "x"), np.zeros(3, dtype=bool))
    assert lexicon.lengths.tolist() == [3, 2, 1]
    assert lexicon.heads.shape == (3, HEAD)
    assert lexicon.heads[1].tolist() == [ord("李"), ord("明"), 0, 0]
    assert lexicon.letters[0] == (1 << ord("b") % 64) | (1 << ord("o") % 64)
    assert lexicon.formed.tolist() == [True, False, False]


def test_no_words() -> None:
    lexicon = lexicon_of((), np.zeros(0, dtype=bool))
    assert lexicon.texts == ()
    assert len(lexicon.letters) == 0
