"""The nearest over all parts of an index."""

from collections.abc import Sequence

import numpy as np

from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index_filter import Allowed
from creatorgraph.embeddings.index_id import Rows, arrow_rows
from creatorgraph.embeddings.index_segment import Part


def best(parts: Sequence[Part], queries: Vectors, k: int, among: Allowed | None) -> tuple[Vectors, np.ndarray]:
    """Scores and ids (None where there are fewer) of the k best over all parts, both of shape (n, at most k * parts)."""
    answers = [part.search(queries, k, among) for part in parts]
    scores = np.concatenate([scores for scores, _ in answers], axis=1)
    names = np.concatenate([_names(part, rows) for part, (_, rows) in zip(parts, answers, strict=True)], axis=1)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(scores, order, axis=1), np.take_along_axis(names, order, axis=1)


def _names(part: Part, rows: Rows) -> np.ndarray:
    flat = rows.ravel()
    names = np.full(len(flat), None, dtype=object)
    names[flat >= 0] = part.segment.ids.take(arrow_rows(flat[flat >= 0])).to_pylist()
    return names.reshape(rows.shape)
