"""Display names: the variants that one display name shows, as word tuples."""

import re

from anyascii import anyascii

from creatorgraph.resolution.text.fold import fold

MAX_VARIANTS = 6
MAX_WORDS = 6
_BRACKETED = re.compile(r"[(\[【〔「『](.*?)[)\]】〕」』]")
_PART_BREAK = re.compile(r"\s*[|/／｜@・•~〜]\s*|\s+[-–—]\s+|[,，、]\s*")
# Folded; words that are also names (don, ma) stay out.
_TITLE_WORDS = """
mr mrs ms mx dr prof professor sir rev sr jr ii iii iv phd md dds dvm esq mba msc bsc herr frau mme mlle senor senora
"""
_TITLES = frozenset(_TITLE_WORDS.split())
# The article of Arabic names, which their bearers write apart in Latin letters, or not at all.
_ARTICLE, _LEAST_WITH_ARTICLE = "ال", 4
# Text that was decoded as Windows-1252 though it was UTF-8 shows these first bytes.
_MISREAD = re.compile("[ÃÂÄÅ]")

Name = tuple[str, ...]


def _repair(text: str) -> str:
    if not _MISREAD.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def name_variants(display_name: str | None) -> tuple[Name, ...]:
    """The names that a display name shows, most complete first: `Jane Roe (JR) | Acme` gives jane roe acme, jane roe, ...

    Titles are dropped unless nothing else is left; a name in another script is followed by its transliteration.
    At most MAX_VARIANTS names of at most MAX_WORDS words each.
    """
    if not display_name:
        return ()
    text = _repair(display_name)
    base = _BRACKETED.sub(" ", text)
    found: list[Name] = []
    for part in dict.fromkeys((base, *_PART_BREAK.split(base), *_BRACKETED.findall(text))):
        words = fold(part).split()
        name = tuple([w for w in words if w not in _TITLES] or words)[:MAX_WORDS]
        if name and name not in found:
            found.append(name)
    found = found[:MAX_VARIANTS]
    for name in tuple(found):
        latin = transliterated(name)
        if latin and latin not in found:
            found.append(latin)
    return tuple(found[:MAX_VARIANTS])


def transliterated(name: Name) -> Name | None:
    """A name of another script in Latin letters, as a table has them; None for a name that is in Latin letters."""
    if all(word.isascii() for word in name):
        return None
    bare = (word.removeprefix(_ARTICLE) if len(word) > _LEAST_WITH_ARTICLE else word for word in name)
    return tuple(w for w in (fold(anyascii(word)).replace(" ", "") for word in bare) if w) or None
