"""Display names: the variants that one display name shows, as word tuples."""

import re
from collections.abc import Set

from anyascii import anyascii

from creatorgraph.resolution.text.fold import fold

MAX_VARIANTS = 6
MAX_WORDS = 6
_BRACKETED = re.compile(r"[(\[【〔「『](.*?)[)\]】〕」』]")
_ASIDE_BREAK = re.compile(r"\s*[|/／｜@•~〜]\s*|\s+[-–—]\s+")
"""Behind these people write what they do; a comma also parts the words of one name."""
_PART_BREAK = re.compile(rf"{_ASIDE_BREAK.pattern}|\s*・\s*|[,，、]\s*")
ASIDE_SIGNS = r"[|/／｜@•~〜(\[【〔「『]|\s[-–—]\s"
"""A display name without a match of it has no asides."""
# Folded forms of address, offices and degrees; words that are also given names (don, ma, major, dame, imam, rabbi) stay out.
_TITLE_WORDS = """
mr mrs ms mx miss sir esq hon honorable honourable
herr frau monsieur madame mme mlle senor senora srta senhor senhora signor signora dhr mevrouw shri shrimati smt
dr dra dott dottore dottoressa doctor doktor prof profa professor professora docent drs engr arq avv
phd md dds dvm mba msc bsc
sr jr ii iii iv
rev reverend monsignor msgr archbishop
senator senadora senador rep representative congressman congresswoman congressperson congressmember
assemblyman assemblywoman assemblymember councilman councilwoman councilmember councillor councilor cllr
mp mep msp mla mdb diputado diputada deputado deputada vereador vereadora onorevole
gov governor president presidente minister ministro ministra ambassador commissioner secretary
atty attorney advocate
capt captain col colonel lt lieutenant sgt sergeant cpl corporal cmdr commander adm admiral officer
chef coach
"""
_TITLES = frozenset(_TITLE_WORDS.split())
_TITLES_BEFORE = frozenset(("sen", "mayor", "judge", "sheriff", "alderman", "pastor"))
"""Titles only where they come first: family names elsewhere."""
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


def _untitled(words: list[str]) -> Name:
    kept = [word for word in words if word not in _TITLES] or words
    return tuple(kept[1:] if len(kept) > 1 and kept[0] in _TITLES_BEFORE else kept)


def asides(display_name: str) -> tuple[str, tuple[str, ...]]:
    """What stands first in a display name, and what is set apart behind it or in brackets, folded.

    `Jane Roe | Fitness (she/her)` gives `jane roe` and `fitness`, `she her`.
    """
    head, behind, bracketed = _parted(_repair(display_name))
    said = (fold(part) for part in (*behind, *bracketed))
    return fold(head), tuple(dict.fromkeys(part for part in said if part))


def _parted(text: str) -> tuple[str, list[str], list[str]]:
    head, *behind = _ASIDE_BREAK.split(_BRACKETED.sub(" ", text))
    return head, behind, _BRACKETED.findall(text)


def _without(common: Set[str], text: str) -> str:
    head, behind, bracketed = _parted(text)
    kept = [head, *(part for part in behind if fold(part) not in common)]
    return " | ".join(kept) + "".join(f" ({part})" for part in bracketed if fold(part) not in common)


def name_variants(display_name: str | None, common: Set[str] = frozenset()) -> tuple[Name, ...]:
    """The names that a display name shows, most complete first: `Jane Roe (JR) | Acme` gives jane roe acme, jane roe, ...

    Titles are dropped unless nothing else is left; a name in another script is followed by its transliteration.
    Asides that are `common` to many are left out. At most MAX_VARIANTS names of at most MAX_WORDS words each.
    """
    if not display_name:
        return ()
    text = _repair(display_name)
    if common:
        text = _without(common, text)
    base = _BRACKETED.sub(" ", text)
    parts = dict.fromkeys((base, *_PART_BREAK.split(base)), False) | dict.fromkeys(_BRACKETED.findall(text), True)
    found: list[Name] = []
    for part, in_brackets in parts.items():
        words = fold(part).split()
        if found and not in_brackets and _TITLES.issuperset(words):
            continue  # a degree behind a name is no name of its own; in brackets `JR` are initials
        name = _untitled(words)[:MAX_WORDS]
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
