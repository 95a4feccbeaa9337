"""Words of documents and of queries: made alike, so that they meet, whatever the script or PostgreSQL's locale."""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import log

from creatorgraph.resolution.text.fold import fold
from creatorgraph.store.read.search import Term

MAX_WORD = 60
"""Characters of a word; what is longer is no word of anybody's query."""
MAX_WORDS = 2_000
"""Words of one document: a creator with a hundred long bios is found by the first of them."""
MAX_TERMS = 16
"""Words of a query that are looked for, the rarest first."""
COMMON_SHARE = 0.1
"""A word that more than this share of the creators has tells hardly anybody apart (`in`, `and`, `the`, in any language), and
to read where it stands is what costs. It is looked for only where a query has no rarer one."""
_UNKNOWN_SHARE = 1e-4
"""Of a word that is none of the thousand most common; what those have at least, where that is less."""
# written without spaces, so that every character is a word and a word a phrase
_UNSPACED = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


def words_of(text: str) -> list[str]:
    """The folded words of a text in their order; characters of Chinese and Japanese are words of their own."""
    return [word for word in _UNSPACED.sub(r" \1 ", fold(text)).split() if len(word) <= MAX_WORD]


def vector_of(classes: Sequence[tuple[str, Iterable[str]]]) -> str:
    """A tsvector of (class A to D, texts), in PostgreSQL's own spelling. Texts follow each other with a gap, so that no
    phrase reaches from one into the next."""
    places: dict[str, list[str]] = {}
    place = 0
    for name, texts in classes:
        for text in texts:
            for word in words_of(text):
                place += 1
                if place > MAX_WORDS:
                    break
                places.setdefault(word, []).append(f"{place}{name}")
            place += 1
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


def terms_of(query: str, shares: Mapping[str, float], *, every: bool, prefix: bool) -> list[Term]:
    """The words of a query as terms, in their order, each once. Worth is -log2 of the share of creators that has the word.

    `every` keeps common words too, because all must be found; otherwise they go unless nothing else is left. `prefix`: the
    last word may go on.
    """
    spelled = list(dict.fromkeys(query.split()))
    found: list[tuple[float, str]] = []
    for number, text in enumerate(spelled):
        words = words_of(text)
        if words:
            share = min(_share(word, shares) for word in words)
            found.append((share, _spelled(words, prefix=prefix and number == len(spelled) - 1)))
    rare = found if every else [each for each in found if each[0] <= COMMON_SHARE] or sorted(found)[:1]
    kept = sorted(rare)[:MAX_TERMS]
    return [Term(query=text, worth=max(0.1, -log(share, 2))) for share, text in rare if (share, text) in kept]


def _share(word: str, shares: Mapping[str, float]) -> float:
    if not shares:
        return _UNKNOWN_SHARE
    known = shares.get(word)
    return min(1.0, known) if known is not None else min(_UNKNOWN_SHARE, min(shares.values()))


def _spelled(words: Sequence[str], *, prefix: bool) -> str:
    """A phrase of folded words, which hold no quote and no backslash, as a tsquery."""
    return " <-> ".join(f"'{word}'" for word in words) + (":*" if prefix else "")
