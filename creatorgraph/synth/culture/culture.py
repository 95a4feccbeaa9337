"""What a culture is made of, and how a name is drawn from it."""

import unicodedata
from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from random import Random

Spelled = tuple[str, str]
"""A name in its own script and in Latin letters as its bearers write it (which is not what transliterators give)."""

ZIPF_EXPONENT = 0.8
"""Name k of a list is drawn with weight 1 / k^0.8, between the near flat given names and the steep family names of today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """`native` and `latin` are the full name as shown; `given` and `family` the lower-case ASCII that handles are made of."""

    native: str
    latin: str
    given: str
    family: str


@dataclass(frozen=True, slots=True)
class _Zipf:
    items: tuple[Spelled, ...]
    cumulative: tuple[float, ...]

    def draw(self, rng: Random) -> Spelled:
        # the upper bound guards against a product that rounds up to the sum of all weights
        return self.items[bisect(self.cumulative, rng.random() * self.cumulative[-1], 0, len(self.items) - 1)]


def _zipf(items: tuple[Spelled, ...]) -> _Zipf:
    weights = (1 / rank**ZIPF_EXPONENT for rank in range(1, len(items) + 1))
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

    `stems` x `endings` make the many rare family names that every real list has beyond its common ones; `rare` is their
    share. `patronymic` takes the family name from the given names. `compound_given` joins two given parts. `middle` is the
    share of people with a second given name.
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
        rare: float = 0.4,
        middle: float = 0.06,
        double_family: float = 0.0,
        patronymic: float = 0.0,
        compound_given: float = 0.0,
        family_first: bool = False,
        native_script: float = 0.0,
    ) -> None:
        self.language, self.share, self.native_script = language, share, native_script
        self.given_names, self.family_names, self.places = spelled(given), spelled(family), spelled(places)
        self._given, self._family = _zipf(self.given_names), _zipf(self.family_names)
        self._stems, self._endings = spelled(stems), spelled(endings)
        self._rare = rare if self._stems else 0.0
        self._middle, self._double_family, self._patronymic = middle, double_family, patronymic
        self._compound_given, self._family_first = compound_given, family_first

    def name(self, rng: Random) -> PersonName:
        given, family = self._given_name(rng), self._family_name(rng)
        native_given, latin_given = given
        if rng.random() < self._middle:
            second = self._given.draw(rng)
            native_given, latin_given = f"{native_given} {second[0]}", f"{latin_given} {second[1]}"
        native = f"{family[0]}{native_given}" if self._family_first else f"{native_given} {family[0]}"
        return PersonName(
            native=native,
            latin=f"{latin_given} {family[1]}",
            given=_handle_part(given[1]),
            family=_handle_part(family[1]),
        )

    def _given_name(self, rng: Random) -> Spelled:
        first = self._given.draw(rng)
        if self._compound_given and rng.random() < self._compound_given:
            second = self._given.draw(rng)
            return first[0] + second[0], first[1] + second[1].lower()
        return first

    def _family_name(self, rng: Random) -> Spelled:
        roll = rng.random()
        if roll < self._patronymic:
            return self._given.draw(rng)
        if rng.random() < self._rare:
            stem, ending = rng.choice(self._stems), rng.choice(self._endings)
            return stem[0] + ending[0], stem[1] + ending[1]
        family = self._family.draw(rng)
        if rng.random() < self._double_family:
            other = self._family.draw(rng)
            return f"{family[0]} {other[0]}", f"{family[1]} {other[1]}"
        return family


def _handle_part(latin: str) -> str:
    return "".join(char for char in latin.lower() if char.isalnum() and char.isascii())
