"""One list of people: its subject, language and year, which fields it has, and how it writes names."""

from dataclasses import dataclass
from random import Random

from creatorgraph.synth.culture import CULTURES
from creatorgraph.synth.niche import NICHES, Niche
from creatorgraph.synth.people.style import NameStyle, draw_style

ENTRIES_PER_LIST = 60
FIRST_YEAR, LAST_YEAR = 2012, 2026
# Share of lists with the field at all, and of a list's entries that fill it; lists with names alone come out at one in nine.
FIELDS = {
    "bio": (0.62, 0.9),
    "company": (0.55, 0.85),
    "job_title": (0.5, 0.8),
    "location": (0.35, 0.75),
    "website": (0.25, 0.4),
}
_ENGLISH_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """`fields` are those of FIELDS that the list has; `own_pages` is the address under which it keeps a page per person."""

    number: int
    niche: Niche
    language: str
    year: int
    style: NameStyle
    fields: frozenset[str]
    says_language: bool
    own_pages: str | None
    spelling: int
    """Which of the spellings in use it takes where names are brought into Latin letters."""


def listing(seed: int, number: int) -> Listing:
    """List `number` of the world `seed`; made anew on each call, so that no table of lists is kept."""
    rng = Random(f"{seed} list {number}")  # noqa: S311 - a simulation
    language = "en" if rng.random() < _ENGLISH_SHARE else rng.choices(CULTURES, [c.share for c in CULTURES])[0].language
    return Listing(
        number=number,
        niche=NICHES[number % len(NICHES)],
        language=language,
        year=rng.randint(FIRST_YEAR, LAST_YEAR),
        style=draw_style(rng),
        fields=frozenset(field for field, (share, _) in FIELDS.items() if rng.random() < share),
        says_language=rng.random() < 0.3,
        own_pages=f"https://list{number}-synth.org/people/" if rng.random() < 0.1 else None,
        spelling=rng.randrange(3),
    )
