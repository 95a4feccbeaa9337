import numpy as np

from creatorgraph.embeddings.encoder import Vectors, encode_distinct


def test_each_different_text_is_encoded_once_and_comes_back_in_place() -> None:
    asked: list[list[str]] = []

    def encode(texts: list[str]) -> Vectors:
        asked.append(texts)
        return np.array([[len(text), 0] for text in texts], dtype=np.float32)

    vectors = encode_distinct(["aa", "b", "aa", "", "b"], 2, encode)
    assert asked == [["aa", "b", ""]]
    assert vectors[:, 0].tolist() == [2, 1, 2, 0, 1]


def test_no_text_gives_no_row() -> None:
    def encode(texts: list[str]) -> Vectors:
        raise AssertionError(texts)

    assert encode_distinct([], 7, encode).shape == (0, 7)
