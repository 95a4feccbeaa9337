"""How two profiles relate, field by field, in plain words: what slices are made of."""

import unicodedata
from enum import StrEnum

from rapidfuzz.distance import JaroWinkler

from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.profile import Profile
from creatorgraph.resolution.text.fold import fold
from creatorgraph.resolution.text.handle import handle_of
from creatorgraph.resolution.text.name import Name, name_variants
from creatorgraph.resolution.text.nickname import are_forms

MISSING = "missing"
ALIKE_BIO = 0.5
"""Bios are alike from this share of common words on (Jaccard: common words by all words)."""
_MIN_PREFIX, _MIN_MISSPELT, _MISSPELT = 3, 4, 0.9
# ideographs and kana are one way of writing
_SCRIPTS = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "BOPOMOFO": "CJK", "HANGUL": "HANGUL"}


class NameRelation(StrEnum):
    SAME = "same"
    PARTIAL = "partial"
    """Each word of the one stands for a word of the other: the same, an initial, a beginning, a nickname, a misspelling."""
    CROSS_SCRIPT = "cross_script"
    DIFFERENT = "different"
    MISSING = MISSING


def name_relation(one: str | None, other: str | None) -> NameRelation:
    """Of two display names; MISSING where either has no word."""
    left, right = name_variants(one), name_variants(other)
    if not left or not right:
        return NameRelation.MISSING
    if not _scripts(one) & _scripts(other):
        return NameRelation.CROSS_SCRIPT
    if _same(left, right) or _same(right, left):
        return NameRelation.SAME
    if any(_covers(a, b) for a in _whole(left) for b in _whole(right)):
        return NameRelation.PARTIAL
    return NameRelation.DIFFERENT


def bio_relation(one: str | None, other: str | None) -> str:
    """`same`, `alike` (ALIKE_BIO), `different` or `missing`."""
    left, right = fold(one or ""), fold(other or "")
    if not left or not right:
        return MISSING
    if left == right:
        return "same"
    a, b = set(left.split()), set(right.split())
    return "alike" if len(a & b) >= ALIKE_BIO * len(a | b) else "different"


def host_relation(one: Profile, other: Profile) -> str:
    """`same` where the two show a website of one registrable domain; a platform's or shared host is none."""
    left, right = one.identifier_values(IdentifierKind.HOST), other.identifier_values(IdentifierKind.HOST)
    return _equal(set(left), set(right))


def username_relation(one: Profile, other: Profile) -> str:
    """`same` where the handles are spelled alike but for case and signs; numbers that platforms give are no handles."""
    left, right = handle_of(one.platform, one.username), handle_of(other.platform, other.username)
    return _equal({left} - {None}, {right} - {None})


def language_relation(one: Profile, other: Profile) -> str:
    """The language that both write, `mixed` or `missing`."""
    if not one.language or not other.language:
        return MISSING
    left, right = one.language.casefold(), other.language.casefold()
    return left if left == right else "mixed"


def platform_relation(one: Profile, other: Profile) -> str:
    return "one platform" if one.platform is other.platform else "across platforms"


def platform_pair(one: Profile, other: Profile) -> str:
    return " + ".join(sorted((one.platform.value, other.platform.value)))


def _equal(left: set[str | None] | set[str], right: set[str | None] | set[str]) -> str:
    if not left or not right:
        return MISSING
    return "same" if left & right else "different"


def _scripts(name: str | None) -> set[str]:
    """The scripts of the letters, by the first words of their Unicode names."""
    first = (unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in name or "" if c.isalpha())
    return {_SCRIPTS.get(script, script) for script in first if script} or {"NONE"}


def _same(left: tuple[Name, ...], right: tuple[Name, ...]) -> bool:
    """Whether one of the whole left names is the right one."""
    return any(sorted(name) == sorted(right[0]) for name in _whole(left))


def _whole(variants: tuple[Name, ...]) -> list[Name]:
    """The first, as it stands and in Latin letters, and others of two words or more: a lone word may be an employer's."""
    first = variants[0]
    latin = not all(word.isascii() for word in first)
    return [v for i, v in enumerate(variants) if i == 0 or len(v) > 1 or (latin and v == variants[-1])]


def _covers(one: Name, other: Name) -> bool:
    """Whether each word of the shorter name stands for a word of its own in the longer one, not all by initials."""
    short, long = sorted((one, other), key=len)
    free = list(long)
    whole = 0
    for word in sorted(short, key=len, reverse=True):
        partner = next((w for w in free if w == word), None) or next((w for w in free if _stands_for(word, w)), None)
        if partner is None:
            return False
        free.remove(partner)
        whole += min(len(word), len(partner)) > 1
    return whole > 0


def _stands_for(a: str, b: str) -> bool:
    shorter, longer = sorted((a, b), key=len)
    if are_forms(a, b):
        return True
    if (len(shorter) == 1 or len(shorter) >= _MIN_PREFIX) and longer.startswith(shorter):
        return True
    return len(shorter) >= _MIN_MISSPELT and JaroWinkler.similarity(a, b) >= _MISSPELT
