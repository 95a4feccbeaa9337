"""Texts and addresses: how much of their spelling is the same, rare character n-grams counting most."""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.ngram import Documents, gram_weights
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.record.comparison import EQUAL_BITS, Comparison, EqualValues, RecordPairs, value_comparison
from creatorgraph.resolution.record.table import ValueColumn
from creatorgraph.resolution.signals.signal import Level, Levels

COSINE = (0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
_LEVELS = (
    Level(name="different", text="little in common", m=0.04, u=0.97),
    Level(name="cosine_20", text="a fifth in common", m=0.04, u=0.02),
    Level(name="cosine_30", text="three tenths in common", m=0.06, u=2.0**-8),
    Level(name="cosine_40", text="two fifths in common", m=0.08, u=2.0**-10),
    Level(name="cosine_50", text="half in common", m=0.1, u=2.0**-12),
    Level(name="cosine_65", text="two thirds in common", m=0.15, u=2.0**-14),
    Level(name="cosine_80", text="nearly the same", m=0.2, u=2.0**-15),
)
_STEP = 20_000


def text_comparison(column: ValueColumn) -> Comparison:
    base = value_comparison(
        column,
        _LEVELS,
        lambda one, two: np.zeros(len(one), dtype=np.int64),
        decisive=True,
        chain=(*range(len(_LEVELS)),),
    )
    weights = gram_weights(_documents(column), len(column.texts))
    equal = EqualValues(level=len(_LEVELS) + np.digitize(column.bits, EQUAL_BITS), pairs=column.equal_pairs)

    def compare(pairs: RecordPairs) -> Levels:
        one, two = column.number[pairs.left], column.number[pairs.right]
        levels = base.compare(pairs)
        other = np.flatnonzero((levels >= 0) & (one != two))
        for begin in range(0, len(other), _STEP):
            rows = other[begin : begin + _STEP]
            cosine = np.asarray(weights[one[rows]].multiply(weights[two[rows]]).sum(axis=1)).ravel()
            levels[rows] = np.digitize(np.round(cosine, 6), COSINE)
        return levels

    return Comparison(
        name=base.name,
        levels=base.levels,
        chains=base.chains,
        decisive=True,
        compare=compare,
        values=base.values,
        equal=equal,
    )


def _documents(column: ValueColumn) -> Documents:
    """The column's distinct texts as documents of words."""
    return word_documents(column.texts, np.arange(len(column.texts), dtype=np.int64))


def word_documents(texts: tuple[str, ...], document: Indices) -> Documents:
    """The words of `texts`, each in the document beside it."""
    number: dict[str, int] = {}
    rows: list[int] = []
    words: list[int] = []
    for text, row in zip(texts, document.tolist(), strict=True):
        for word in text.split():
            rows.append(row)
            words.append(number.setdefault(word, len(number)))
    found: tuple[NDArray[np.int64], NDArray[np.int64]] = np.array(rows, dtype=np.int64), np.array(words, dtype=np.int64)
    return list(number), *found
