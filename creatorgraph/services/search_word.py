"""Words of documents and of queries: made alike, so that they meet, whatever the script or PostgreSQL's locale."""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import log2

from creatorgraph.resolution.text.fold import fold
from creatorgraph.store.read.search import Term, TermCount

MAX_WORD = 60
"""Characters of a word; what is longer is no word of anybody's query."""
MAX_WORDS = 2_000
"""Words of one document: a creator with a hundred long bios is found by the first of them."""
MAX_TERMS = 16
"""Words of a query that are looked for."""
COMMON_SHARE = 1 / 32
"""A word that more than this share of the creators has tells hardly anybody apart (`in`, `and`, `the`, in any language):
where a search goes by meaning too, it is worth nothing, and rarer ones are worth the bits beyond it."""
PLACE_SHARE, LEAST_PLACED = 0.5, 3
"""A word names a place where at least half of those who have it, and so many, have it in their places; no list of places in any
language."""
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


def spelled_terms(query: str, *, prefix: bool) -> list[str]:
    """The words of a query as tsqueries, in their order, each once; `prefix`: the last one may go on.

    What one word of the query folds into (`t-shirt`, or a row of Chinese characters) is a phrase.
    """
    spelled = [found for part in dict.fromkeys(query.split()) if (found := _phrase(part))][:MAX_TERMS]
    if spelled and prefix:
        spelled[-1] += ":*"
    return list(dict.fromkeys(spelled))


def _phrase(part: str) -> str:
    """What stands between two spaces of a query as a tsquery; empty where no word does."""
    return " <-> ".join(f"'{word}'" for word in words_of(part))


def named_terms(typed: str) -> list[str]:
    """The words of what was typed as tsqueries over names and usernames alone (class A); the last one may go on."""
    words = words_of(typed)[:MAX_TERMS]
    return [f"'{word}':{'*' if number == len(words) - 1 else ''}A" for number, word in enumerate(words)]


def specific_terms(found: Mapping[str, TermCount], total: int) -> list[Term]:
    """Those of the terms that tell creators apart, out of `total` creators.

    Worth is in bits beyond those of COMMON_SHARE: -log2(share) - 5. A term that nobody has is none of them: it says nothing
    about anybody.
    """
    return [
        Term(
            query=query,
            worth=bits,
            documents=count.documents,
            place=count.located >= PLACE_SHARE and count.documents >= LEAST_PLACED,
        )
        for query, count in found.items()
        if count.documents and (bits := log2(COMMON_SHARE * total / count.documents)) > 0
    ]


def without_places(query: str, terms: Sequence[Term]) -> str:
    """The query but for the words that name places; the query itself where it has no others."""
    places = {term.query for term in terms if term.place}
    if not places:
        return query
    left = [part for part in query.split() if _phrase(part) not in places]
    return " ".join(left) if any(map(_phrase, left)) else query
