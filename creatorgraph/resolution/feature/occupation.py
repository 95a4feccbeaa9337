"""What people do: the category and the job title of each profile and the words of both, each with its rarity."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import Column, distinct, folded, joined, looked_up, words_of
from creatorgraph.resolution.feature.incidence import Incidence, incidence_of
from creatorgraph.resolution.feature.reference import Counts, rarity_bits, text_counts

_MIN_WORD = 3
"""Shorter words (`of`, `at`) join anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationTable:
    """`entries` profiles by occupations and words of them; `bits` and `whole` (no mere word) are per value."""

    entries: Incidence
    bits: NDArray[np.float64]
    whole: NDArray[np.bool_]
    category: NDArray[np.bool_]
    title: NDArray[np.bool_]
    """Per profile whether it has the one and the other."""
    counts: tuple[Counts, Counts]
    """How many profiles have each occupation, and each word of one."""


def occupation_table(categories: Column, titles: Column, known: tuple[Counts, Counts] | None = None) -> OccupationTable:
    """From the two columns, which are folded. A value's bits are -log2 of the share of profiles that have it, of these or as
    `known` counts have it."""
    found = [distinct(folded(column)) for column in (categories, titles)]
    wholes = distinct(joined([one.texts for one in found])).texts
    spelled = words_of(wholes).longer_than(_MIN_WORD - 1)
    words = distinct(spelled.texts)
    # whole texts first, their words behind them
    of_text = incidence_of(
        np.concatenate([np.arange(len(wholes)), spelled.rows]),
        np.concatenate([np.arange(len(wholes)), len(wholes) + words.number]),
        height=len(wholes),
        width=len(wholes) + len(words.texts),
    )
    shown = [np.append(looked_up(one.texts, wholes), -1)[one.number] for one in found]
    parts = [of_text.take(number)[0] for number in shown]
    entries = incidence_of(
        np.concatenate([part.row_of_entry for part in parts]),
        np.concatenate([part.values for part in parts]),
        height=len(categories),
        width=of_text.width,
    )
    given = int((entries.degree > 0).sum())
    seen = entries.frequency()
    counts = known or (
        text_counts(wholes, seen[: len(wholes)], given),
        text_counts(words.texts, seen[len(wholes) :], given),
    )
    frequency = np.concatenate([counts[0].of_texts(wholes), counts[1].of_texts(words.texts)])
    return OccupationTable(
        entries=entries,
        bits=rarity_bits(frequency, counts[0].total),
        whole=np.arange(entries.width) < len(wholes),
        category=shown[0] >= 0,
        title=shown[1] >= 0,
        counts=counts,
    )
