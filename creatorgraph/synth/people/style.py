"""How one list writes the names of people: order of the words, capitals, initials, accents, titles."""

import re
from bisect import bisect
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from random import Random

from creatorgraph.synth.culture.culture import latin_letters


class WordOrder(StrEnum):
    GIVEN_FAMILY = "Jane Roe"
    FAMILY_GIVEN = "Roe Jane"
    FAMILY_COMMA = "Roe, Jane"


class Shortened(StrEnum):
    """What becomes of given names."""

    WHOLE = "Jane Anne"
    INITIAL = "J. A."
    LEFT_OUT = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameParts:
    """One name in one script. `middles` are further given names, `title` and `suffix` what stands around the name."""

    given: str
    family: str
    middles: tuple[str, ...] = ()
    title: str = ""
    suffix: str = ""
    joined: bool = False
    """Whether the script writes family and given name in one word, family first (Chinese)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameStyle:
    """The house style of one list; `dots` after initials, `plain` takes accents off, `titled` keeps Dr and the like."""

    order: WordOrder = WordOrder.GIVEN_FAMILY
    capitals: bool = False
    given: Shortened = Shortened.WHOLE
    middles: Shortened = Shortened.WHOLE
    dots: bool = True
    plain: bool = False
    titled: bool = False


# Shares of lists, judged by eye on public speaker pages, author indexes and membership rolls; no count is known to us.
_ORDERS = (
    (52, WordOrder.GIVEN_FAMILY, False),
    (8, WordOrder.GIVEN_FAMILY, True),
    (10, WordOrder.FAMILY_GIVEN, False),
    (10, WordOrder.FAMILY_GIVEN, True),
    (20, WordOrder.FAMILY_COMMA, False),
)
_ORDER_BOUNDS = tuple(accumulate(weight for weight, _, _ in _ORDERS))
INITIALS_ONLY = 0.06
"""Share of lists that give initials in place of given names, as bibliographies do."""


def draw_style(rng: Random) -> NameStyle:
    """The style of a list; always the same number of draws."""
    _, order, capitals = _ORDERS[bisect(_ORDER_BOUNDS, rng.random() * _ORDER_BOUNDS[-1], 0, len(_ORDERS) - 1)]
    initials, middle, dots, plain, titled = (rng.random() for _ in range(5))
    return NameStyle(
        order=order,
        capitals=capitals,
        given=Shortened.INITIAL if initials < INITIALS_ONLY else Shortened.WHOLE,
        middles=Shortened.LEFT_OUT if middle < 0.3 else Shortened.INITIAL if middle < 0.55 else Shortened.WHOLE,
        dots=dots < 0.75,
        plain=plain < 0.22,
        titled=titled < 0.2,
    )


def written(parts: NameParts, style: NameStyle) -> str:
    """The name as a list of that style prints it."""
    if parts.joined:
        return parts.family + parts.given
    middles = [_short(middle, style.middles, style.dots) for middle in parts.middles]
    if style.given is Shortened.INITIAL:
        middles = [_short(middle, Shortened.INITIAL, style.dots) for middle in middles if middle]
    given = " ".join(word for word in (_short(parts.given, style.given, style.dots), *middles) if word)
    family = parts.family.upper() if style.capitals else parts.family
    match style.order:
        case WordOrder.GIVEN_FAMILY:
            name = f"{given} {family}"
        case WordOrder.FAMILY_GIVEN:
            name = f"{family} {given}"
        case _:
            name = f"{family}, {given}"
    if parts.suffix:
        name = f"{name} {parts.suffix}"
    if parts.title and style.titled:
        name = f"{parts.title} {name}"
    return latin_letters(name) if style.plain and _LATIN.search(name) else name


_LATIN = re.compile(r"[A-Za-z]")


def _short(name: str, form: Shortened, dots: bool) -> str:
    match form:
        case Shortened.WHOLE:
            return name
        case Shortened.LEFT_OUT:
            return ""
        case _:
            # Jean-Luc is J.-L.; an initial that stands already stays one
            mark = "." if dots else ""
            return "-".join(f"{part[0]}{mark}" for part in name.rstrip(".").split("-") if part)


_TITLE_WORDS = """
dr prof professor mr mrs ms mx sir dame rev hon lord lady senator sen rep representative congressman congresswoman
governor gov mayor minister judge captain capt col gen president herr frau dipl-ing ing
"""
_SUFFIX_WORDS = "jr sr ii iii iv phd md msc mba esq"
_PARTICLE_WORDS = """
van von der den de del della di da do dos das du la le el al bin bint ben ibn abu ter ten zu zur af av st mac y e
"""
_TITLES, _SUFFIXES = frozenset(_TITLE_WORDS.split()), frozenset(_SUFFIX_WORDS.split())
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_WORD = re.compile(r"[^\W\d_][\w'’.-]*", re.UNICODE)
_MOST_WORDS = 5


def parts_of(display_name: str) -> NameParts | None:
    """The parts of a name that somebody wrote in the order given, family; None where it does not read as such a name.

    Particles go with the family name (`Ana de la Cruz` -> `de la Cruz`); a name of one word or with signs stays whole.
    """
    words = display_name.split()
    title: list[str] = []
    suffix: list[str] = []
    while len(words) > 2 and _bare(words[0]) in _TITLES:
        title.append(words.pop(0))
    while len(words) > 2 and _bare(words[-1]) in _SUFFIXES:
        suffix.insert(0, words.pop().strip(","))
    if not 2 <= len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(word.rstrip(",")) for word in words):
        return None
    if any("," in word for word in words) and not suffix:
        return None
    words = [word.rstrip(",") for word in words]
    begin = len(words) - 1
    while begin > 1 and _bare(words[begin - 1]) in _PARTICLES:
        begin -= 1
    return NameParts(
        given=words[0], middles=tuple(words[1:begin]), family=" ".join(words[begin:]), title=" ".join(title),
        suffix=" ".join(suffix),
    )  # fmt: skip


def _bare(word: str) -> str:
    return word.strip(".,").lower()
