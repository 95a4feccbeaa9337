from collections.abc import Callable, Sequence

import numpy as np
import pytest

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.encoder import Vectors, encode_distinct
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.embeddings.sync import SyncResult, sync_index
from creatorgraph.embeddings.text import text_digest

Open = Callable[[], VectorIndex]


class LetterEncoder:
    """An encoder that counts: how often each letter comes, of 16; `asked` keeps what it was given."""

    name, dimensions = "test/model-1/float32", 16

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], *, progress: Progress = Silent()) -> Vectors:
        self.asked += texts
        return encode_distinct(texts, self.dimensions, self._encode)

    def _encode(self, texts: list[str]) -> Vectors:
        counts = np.array([[text.count(letter) for letter in "abcdefghijklmnop"] for text in texts], dtype=np.float32)
        lengths = np.linalg.norm(counts, axis=1, keepdims=True)
        np.divide(counts, lengths, out=counts, where=lengths > 0)
        return counts


class Counter:
    def __init__(self) -> None:
        self.steps = 0

    def stage(self, name: str, total: int | None = None) -> None:
        assert name

    def advance(self, steps: int = 1) -> None:
        self.steps += steps


@pytest.fixture
def encoder() -> LetterEncoder:
    return LetterEncoder()


def test_only_changed_texts_are_encoded(open_index: Open, encoder: LetterEncoder) -> None:
    texts = [("1", "bad"), ("2", "dog"), ("3", "cab")]
    assert sync_index(open_index(), encoder, texts) == SyncResult(encoded=3, unchanged=0, removed=0)
    encoder.asked.clear()
    texts[1] = ("2", "hog")
    index = open_index()
    assert sync_index(index, encoder, texts, remove=["3x", "1"]) == SyncResult(encoded=2, unchanged=1, removed=1)
    assert encoder.asked == ["bad", "hog"]
    assert open_index().digests() == {name: text_digest(text) for name, text in texts}
    assert [near.id for near in open_index().search(encoder.encode(["hog"]), 1)[0]] == ["2"]


def test_a_second_run_writes_nothing(open_index: Open, encoder: LetterEncoder) -> None:
    index, texts = open_index(), [("1", "bad"), ("2", "dog"), ("3", "")]
    sync_index(index, encoder, texts)
    other = open_index()
    assert sync_index(index, encoder, texts) == SyncResult(encoded=0, unchanged=2, removed=0)
    assert other.reload_if_changed() is False


def test_a_text_that_says_nothing_is_not_indexed(open_index: Open, encoder: LetterEncoder) -> None:
    index = open_index()
    sync_index(index, encoder, [("1", "bad"), ("2", ""), ("3", "xyz")])
    assert set(index.digests()) == {"1"}
    assert sync_index(index, encoder, [("1", ""), ("2", "")]) == SyncResult(encoded=0, unchanged=0, removed=1)
    assert open_index().count == 0


def test_ids_that_are_not_named_stay(open_index: Open, encoder: LetterEncoder) -> None:
    sync_index(open_index(), encoder, [("1", "bad")])
    sync_index(open_index(), encoder, [("2", "dog")])
    assert set(open_index().digests()) == {"1", "2"}


@pytest.mark.parametrize("batch_size", [1, 2, 100])
def test_of_an_id_that_comes_twice_the_last_text_counts(
    open_index: Open, encoder: LetterEncoder, batch_size: int
) -> None:
    index = open_index()
    sync_index(index, encoder, [("1", "bad"), ("2", "dog"), ("1", "cab")], batch_size=batch_size)
    assert index.digests() == {"1": text_digest("cab"), "2": text_digest("dog")}


def test_a_run_that_breaks_off_goes_on_where_it_was(open_index: Open, encoder: LetterEncoder) -> None:
    texts = [(str(number), "abc" + "d" * number) for number in range(100)]

    def breaking() -> object:
        yield from texts[:55]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        sync_index(open_index(), encoder, breaking(), batch_size=10, batches_per_save=2)  # type: ignore[arg-type]
    assert open_index().count == 40
    progress = Counter()
    done = sync_index(open_index(), encoder, texts, batch_size=10, progress=progress)
    assert done == SyncResult(encoded=60, unchanged=40, removed=0)
    assert progress.steps == 100
    assert open_index().count == 100
