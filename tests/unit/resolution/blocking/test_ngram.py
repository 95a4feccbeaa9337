import numpy as np

from creatorgraph.resolution.blocking.ngram import NEAREST, Documents, nearest_spelling


def documents(count: int) -> Documents:
    random = np.random.default_rng(2)
    texts = ["".join(random.choice(list("abcdefgh"), 7)) for _ in range(count)]
    return texts, np.arange(count), np.arange(count)


def test_threads_change_nothing() -> None:
    one, many = (nearest_spelling("ngram", documents(5_000), 5_000, 200, threads).codes for threads in (1, 4))
    assert len(one) > 5_000
    assert np.array_equal(one, many)


def test_like_spellings_meet_and_unlike_ones_do_not() -> None:
    texts = ["wobblyzebra", "wobblyzebro", "quxfliv", "qwertz"]
    found = nearest_spelling("ngram", (texts, np.arange(4), np.arange(4)), 4, 200)
    assert found.codes.tolist() == [1]


def test_nobody_has_more_than_the_nearest() -> None:
    texts = [f"wobblyzebra{letter}" for letter in "abcdefghijklmnopqrst"]
    found = nearest_spelling("ngram", (texts, np.arange(20), np.arange(20)), 20, 200)
    assert len(found.codes) <= 20 * NEAREST
