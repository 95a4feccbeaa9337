"""What a culture is made of, and how a name is drawn from it."""

import re
import unicodedata
from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from random import Random

Spelled = tuple[str, str]
"""A name in its own script and in Latin letters as its bearers write it (which is not what transliterators give)."""

_NO_HANDLE_SIGN = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """`native` and `latin` are the full name as shown; `given` and `family` the lower-case ASCII that handles are made of.

    `given_names` and `family_names` are what the full name is made of: the name that the person goes by comes first.
    """

    native: str
    latin: str
    given: str
    family: str
    given_names: tuple[Spelled, ...]
    family_names: tuple[Spelled, ...]


@dataclass(frozen=True, slots=True)
class _Zipf:
    items: tuple[Spelled, ...]
    cumulative: tuple[float, ...]

    def draw(self, rng: Random) -> Spelled:
        # the upper bound guards against a product that rounds up to the sum of all weights
        return self.items[bisect(self.cumulative, rng.random() * self.cumulative[-1], 0, len(self.items) - 1)]


def _zipf(items: tuple[Spelled, ...], steepness: float) -> _Zipf:
    weights = (1 / rank**steepness for rank in range(1, len(items) + 1))
    return _Zipf(items, tuple(accumulate(weights)))


def latin_letters(text: str) -> str:
    """Text of a Latin script without accents: `Müller` -> `Muller`, `Weiß` -> `Weiss`."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.replace("ß", "ss")) if char.isascii())


def spelled(text: str) -> tuple[Spelled, ...]:
    """Words parted by spaces, each `native` or `native=Latin`; `_` stands for a space inside a name."""
    found = []
    for word in text.split():
        native, _, latin = word.replace("_", " ").partition("=")
        found.append((native, latin or latin_letters(native)))
    return tuple(found)


class Culture:
    """Lists of names of one language, most common first.

    `stems` x `endings`, half of them with one of `links` between, make the many rare family names that every real list has
    beyond its common ones; `rare` is their share. Name k of a list is drawn with weight 1 / k^`steepness`, a given name
    with 1 / k^`given_steepness`. `patronymic` takes the family name from the given names. `compound_given` joins two given
    parts. `middle` is the share of people with a second given name.

    How often two people share a name follows from these. Family names are set to published shares of the most common ones:
    Smith is 0.8 % and the first 25 names are 8.7 % of the US (Census 2010), García is 3.3 % and the next six about 2 % each in
    Spain (INE), Zhang is 7 % in China (Ministry of Public Security, 2018). Given names to how often two of one country share
    theirs, as far as that is known: .0028 in the US (both sexes, Census 1990), .004 in Germany, .009 in France, .002 in India,
    more than .012 in Russia, where that list has a name once for each spelling (from the levels of frequency in Jörg Michael's
    dictionary of first names, 2008); .007 in Brazil (IBGE, 2010: Maria 6.1 %, José 3.0 %). In the US that makes 2.0 in 10^6
    pairs that share their full name; English people here do so in 1.9.
    """

    def __init__(
        self,
        *,
        language: str,
        share: float,
        given: str,
        family: str,
        places: str,
        stems: str = "",
        endings: str = "",
        links: str = "",
        rare: float = 0.4,
        steepness: float = 0.6,
        given_steepness: float = 0.5,
        middle: float = 0.06,
        double_family: float = 0.0,
        patronymic: float = 0.0,
        compound_given: float = 0.0,
        family_first: bool = False,
        native_script: float = 0.0,
    ) -> None:
        self.language, self.share, self.native_script = language, share, native_script
        self.given_names, self.family_names, self.places = spelled(given), spelled(family), spelled(places)
        self._given, self._family = _zipf(self.given_names, given_steepness), _zipf(self.family_names, steepness)
        self._stems, self._endings, self._links = spelled(stems), spelled(endings), spelled(links)
        self._rare = rare if self._stems else 0.0
        self._middle, self._double_family, self._patronymic = middle, double_family, patronymic
        self._compound_given, self.family_first = compound_given, family_first

    def name(self, rng: Random) -> PersonName:
        given, family = self._given_name(rng), self.family_name(rng)
        native_given, latin_given = given
        second: tuple[Spelled, ...] = ()
        if rng.random() < self._middle:
            second = (self._given.draw(rng),)
            native_given, latin_given = f"{native_given} {second[0][0]}", f"{latin_given} {second[0][1]}"
        native_family, latin_family = family[0] if len(family) == 1 else _joined(family)
        native = f"{native_family}{native_given}" if self.family_first else f"{native_given} {native_family}"
        return PersonName(
            native=native,
            latin=f"{latin_given} {latin_family}",
            given=_handle_part(given[1]),
            family=_handle_part(latin_family),
            given_names=(given, *second),
            family_names=family,
        )

    def _given_name(self, rng: Random) -> Spelled:
        first = self._given.draw(rng)
        if self._compound_given and rng.random() < self._compound_given:
            second = self._given.draw(rng)
            return first[0] + second[0], first[1] + second[1].lower()
        return first

    def family_name(self, rng: Random) -> tuple[Spelled, ...]:
        """One family name, or two where people have both parents'."""
        roll = rng.random()
        if roll < self._patronymic:
            return (self._given.draw(rng),)
        if rng.random() < self._rare:
            stem = self._stems[int(rng.random() * len(self._stems))]
            ending = self._endings[int(rng.random() * len(self._endings))]
            if self._links and rng.random() < 0.5:
                link = self._links[int(rng.random() * len(self._links))]
                return ((stem[0] + link[0] + ending[0], stem[1] + link[1] + ending[1]),)
            return ((stem[0] + ending[0], stem[1] + ending[1]),)
        family = self._family.draw(rng)
        if rng.random() < self._double_family:
            return family, self._family.draw(rng)
        return (family,)


def _joined(names: tuple[Spelled, ...]) -> Spelled:
    return " ".join(native for native, _ in names), " ".join(latin for _, latin in names)


def _handle_part(latin: str) -> str:
    return _NO_HANDLE_SIGN.sub("", latin.lower())
