"""Languages: the tags or names that a profile gives, comparable where they are of one form."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import Column, distinct, entries_by, looked_up, numbered_entries
from creatorgraph.resolution.feature.incidence import Incidence, Indices
from creatorgraph.resolution.feature.reference import Counts, text_counts
from creatorgraph.resolution.text.fold import fold

_BREAK = re.compile(r"[,;/|]| and ")
_CODE_LENGTHS = (2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageTable:
    """`entries` profiles by languages, `bits` per language."""

    entries: Incidence
    bits: NDArray[np.float64]
    form: Indices
    """Letters of the profile's codes (2 or 3), 0 where it writes names, -1 where it gives no language."""
    counts: Counts
    """How many profiles give each language."""


def language_table(column: Column, known: Counts | None = None) -> LanguageTable:
    """From language texts, null or empty where there is none: `pt-BR`, `pt`, `por`, `Portuguese, English`. A language's bits
    are -log2 of the share of profiles that give it, of these or as `known` counts have it."""
    written = distinct(column)
    found = entries_by(written.texts, languages_of)
    of_text, languages = numbered_entries(found, len(written.texts))
    form = np.full(len(written.texts) + 1, -1, dtype=np.int64)  # the last is for none
    form[found.rows] = np.array([_form(language) for language in languages.to_pylist()], dtype=np.int64)[
        looked_up(found.texts, languages)
    ]
    entries, _ = of_text.take(written.number)
    counts = known or text_counts(languages, entries.frequency(), int((entries.degree > 0).sum()))
    return LanguageTable(
        entries=entries,
        bits=-np.log2(np.maximum(counts.of_texts(languages), 1) / max(counts.total, 1)),
        form=form[written.number],
        counts=counts,
    )


def languages_of(text: str) -> tuple[str, ...]:
    """The languages of a text in one form, codes without region: `en-US, de` gives en and de."""
    folded = [fold(part).split() for part in _BREAK.split(text)]
    found = [words[0] for words in folded if words]
    return tuple(dict.fromkeys(word for word in found if _form(word) == _form(found[0])))


def _form(language: str) -> int:
    return len(language) if len(language) in _CODE_LENGTHS else 0
