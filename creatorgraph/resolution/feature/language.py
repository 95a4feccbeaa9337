"""Languages: the tags or names that a profile gives, comparable where they are of one form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Incidence, Indices, numbered
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


def language_table(texts: Sequence[str]) -> LanguageTable:
    """From language texts, empty where there is none: `pt-BR`, `pt`, `por`, `Portuguese, English`."""
    known = {text: languages_of(text) for text in set(texts)}
    entries, _ = numbered([known[text] for text in texts])
    form = {text: -1 if not found else _form(found[0]) for text, found in known.items()}
    given = sum(1 for text in texts if known[text])
    return LanguageTable(
        entries=entries,
        bits=-np.log2(np.maximum(entries.frequency(), 1) / max(given, 1)),
        form=np.array([form[text] for text in texts], dtype=np.int64),
    )


def languages_of(text: str) -> tuple[str, ...]:
    """The languages of a text in one form, codes without region: `en-US, de` gives en and de."""
    folded = [fold(part).split() for part in _BREAK.split(text)]
    found = [words[0] for words in folded if words]
    return tuple(dict.fromkeys(word for word in found if _form(word) == _form(found[0])))


def _form(language: str) -> int:
    return len(language) if len(language) in _CODE_LENGTHS else 0
