"""A world of people without accounts: the same person on several lists, each list with its own way to write names.

Every list (about sixty entries) has a language, a year, a subject, some of the fields, and a style of writing names (word
order, capitals, initials, accents, middle names, titles, a spelling of foreign scripts); see listing.py and style.py. People
change employer, role and place between the years, half of the wordings of a bio are new, some people have a short form,
a title or a new family name; one entry in eighty has a slip in the name. One list in nine has names alone.

How much of the truth can be known, counted on seed 7. A name is one that one person of the world bears (given and family
name in Latin letters); evidence is a company, role, place or website in common, in a field or named in the bio, or four
long words in common between the bios:

    entries   people with a namesake   true pairs: unique name   evidence   neither
      5,000         1.3 %                      98.5 %              51.2 %     0.2 %
     50,000        10.8 %                      88.9 %              58.2 %     4.7 %

So a careful reader decides nearly all pairs of a small world. In a large one about one true pair in twenty is left to
guessing, as it is in life, where the same name without a word of context may be anybody.
"""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.synth.culture import CULTURES
from creatorgraph.synth.niche import NICHES
from creatorgraph.synth.order import mixed
from creatorgraph.synth.people.employer import PEOPLE_PER_EMPLOYER
from creatorgraph.synth.people.guest import Entry, Guest, draw_guest
from creatorgraph.synth.people.listing import ENTRIES_PER_LIST, listing

SIZES = tuple(accumulate((0.62, 0.18, 0.09, 0.05, 0.03, 0.02, 0.01)))
"""Share of people with 1, 2, ... 7 entries."""
OWN_SUBJECT = 0.85
_LOOKS = 6


@dataclass(frozen=True, slots=True)
class PeopleEntry:
    """An entry and, apart from it, the truth: whose it is. `source` is the list that it stands on."""

    record: Entry
    entity_id: str
    source: str


@dataclass(frozen=True, slots=True)
class PeopleWorld:
    """A world of `size` entries; the same size and seed give the same entries in the same order.

    Memory: the shuffle buffer alone; lists and employers are made anew from their numbers.
    """

    size: int
    seed: int

    def __post_init__(self) -> None:
        if self.size < 0:
            raise InvalidInputError(f"{self.size} entries", where="size", mend="Give 0 or more.")

    @property
    def lists(self) -> int:
        return max(2 * len(NICHES), self.size // ENTRIES_PER_LIST)

    def records(self) -> Iterator[PeopleEntry]:
        """Exactly `size` entries."""
        rng = Random(f"{self.seed} order")  # noqa: S311 - a simulation
        for number, made in enumerate(mixed(self._ordered(), rng)):
            made.record["profile_id"] = f"n{number:08d}"
            yield made

    def _ordered(self) -> Iterator[PeopleEntry]:
        rng = Random(f"{self.seed} people")  # noqa: S311 - a simulation
        employers = max(20, self.size // PEOPLE_PER_EMPLOYER)
        made, entity = 0, 0
        while made < self.size:
            culture = CULTURES[bisect(_CULTURE_BOUNDS, rng.random() * _CULTURE_BOUNDS[-1], 0, len(CULTURES) - 1)]
            guest = draw_guest(rng, culture, self.seed, employers)
            entity += 1
            count = 1 + bisect(SIZES, rng.random(), 0, len(SIZES) - 1)
            for number in self._lists_of(rng, guest, count)[: self.size - made]:
                made += 1
                yield PeopleEntry(guest.entry(rng, listing(self.seed, number)), f"e{entity:08d}", f"list{number}")

    def _lists_of(self, rng: Random, guest: Guest, count: int) -> list[int]:
        """Different lists, mostly of the person's subject, in the person's language or English."""
        subject = NICHES.index(guest.niche)
        chosen: list[int] = []
        while len(chosen) < count:
            for _ in range(_LOOKS):
                number = int(rng.random() * self.lists)
                if rng.random() < OWN_SUBJECT:
                    number = min(number - number % len(NICHES) + subject, self.lists - 1)
                if listing(self.seed, number).language in ("en", guest.culture.language):
                    break
            if number not in chosen:
                chosen.append(number)
        return chosen


_CULTURE_BOUNDS = tuple(accumulate(culture.share for culture in CULTURES))
