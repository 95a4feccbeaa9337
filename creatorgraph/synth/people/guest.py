"""A person whom lists name: a name with its habits, a working life, and the entry that one list prints."""

from dataclasses import dataclass
from random import Random
from typing import TypedDict

from creatorgraph.synth.culture import Culture, PersonName
from creatorgraph.synth.culture.culture import Spelled
from creatorgraph.synth.niche import NICHES, Niche
from creatorgraph.synth.people.bio import LifeFacts, write_biography
from creatorgraph.synth.people.employer import Employer, employer
from creatorgraph.synth.people.listing import FIELDS, FIRST_YEAR, LAST_YEAR, Listing
from creatorgraph.synth.people.spelling import TYPO_SHARE, respelled, short_form, with_slip
from creatorgraph.synth.people.style import NameParts, written

SHORT_FORM_HABIT, RENAMED, TITLED, SITE = 0.15, 0.035, 0.14, 0.12
NEW_JOB = 0.13
"""Chance per year of another employer: about one change in eight years' listings."""
NEW_PLACE, NEW_ROLE, SAME_BIO = 0.25, 0.5, 0.25
_TITLES = ("Dr.", "Dr.", "Prof.", "Prof. Dr.")
_RANKS = ("", "", "", "Senior ", "Lead ", "Junior ")


class Entry(TypedDict):
    """What a list says of one person, in the shape that ingest reads. There is no username anywhere."""

    profile_id: str
    platform: str
    display_name: str
    bio: str | None
    company: str | None
    job_title: str | None
    location: str | None
    website: str | None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    since: int
    company: Employer
    role: str
    place: Spelled


@dataclass(slots=True, kw_only=True)
class Guest:
    """`jobs` by first year, oldest first; `renamed` is the year of a new family name and that name."""

    name: PersonName
    culture: Culture
    niche: Niche
    jobs: tuple[_Job, ...]
    title: str
    short: str | None
    shows_middle: bool
    renamed: tuple[int, tuple[Spelled, ...]] | None
    site: str | None
    topics: tuple[tuple[str, ...], tuple[str, ...]]
    """In the person's own language, and in English."""
    side: str
    study: Spelled
    year: int
    last_bio: str | None = None

    def job(self, year: int) -> _Job:
        return next((job for job in reversed(self.jobs) if job.since <= year), self.jobs[0])

    def entry(self, rng: Random, source: Listing) -> Entry:
        """What the list prints."""
        roll = rng.random
        own = source.language == self.culture.language
        native = own and bool(self.culture.native_script)
        job = self.job(source.year)
        parts = self._parts(rng, source, native)
        has = {field: field in source.fields and roll() < share for field, (_, share) in FIELDS.items()}
        return {
            "profile_id": "",
            "platform": "website",
            "display_name": written(parts, source.style),
            "bio": self._bio(rng, source, own, native, job) if has["bio"] else None,
            "company": job.company.written(rng) if has["company"] else None,
            "job_title": job.role if has["job_title"] else None,
            "location": job.place[int(not native)] if has["location"] else None,
            "website": self._website(rng, source, job, has["website"]),
            "language": source.language if source.says_language else None,
        }

    def _parts(self, rng: Random, source: Listing, native: bool) -> NameParts:
        foreign = bool(self.culture.native_script) and not native
        script = int(foreign)
        family = self.name.family_names
        if self.renamed and source.year >= self.renamed[0]:
            family = self.renamed[1]
        elif len(family) > 1 and rng.random() < 0.45:
            family = family[:1]
        given, *middles = (name[script] for name in self.name.given_names)
        if self.short and rng.random() < 0.5:
            given, middles = self.short, []
        if not self.shows_middle and rng.random() < 0.7:
            middles = []
        shown = " ".join(name[script] for name in family)
        if foreign:
            language = self.culture.language
            given = respelled(given, language, source.spelling)
            middles = [respelled(middle, language, source.spelling) for middle in middles]
            shown = respelled(shown, language, source.spelling)
        if rng.random() < TYPO_SHARE:
            if rng.random() < 0.6:
                shown = with_slip(rng, shown)
            else:
                given = with_slip(rng, given)
        joined = native and self.culture.family_first
        return NameParts(given=given, family=shown, middles=tuple(middles), title=self.title, joined=joined)

    def _bio(self, rng: Random, source: Listing, own: bool, native: bool, job: _Job) -> str:
        if self.last_bio and rng.random() < SAME_BIO:
            return self.last_bio
        script = int(bool(self.culture.native_script) and not native)
        before = next((old for old in reversed(self.jobs) if old.since < job.since), None)
        name = f"{self.name.given_names[0][script]} {self.name.family_names[0][script]}"
        if native and self.culture.family_first:
            name = f"{self.name.family_names[0][0]}{self.name.given_names[0][0]}"
        facts = LifeFacts(
            topics=self.topics[0] if own else self.topics[1], side=self.side, study=self.study[script], year=self.year
        )
        self.last_bio = write_biography(
            rng, source.language if own else "en", facts, name=name, role=job.role, company=job.company.name,
            before=before.company.name if before else None, place=job.place[script],
        )  # fmt: skip
        return self.last_bio

    def _website(self, rng: Random, source: Listing, job: _Job, has: bool) -> str | None:
        if source.own_pages:
            return f"{source.own_pages}{self.name.given}-{self.name.family}"
        if not has:
            return None
        return self.site or f"https://www.{job.company.host}"


def draw_guest(rng: Random, culture: Culture, seed: int, employers: int) -> Guest:
    """A new person; `employers` is how many there are in the world, the first ones large."""
    roll = rng.random
    name = culture.name(rng)
    niche = NICHES[int(roll() * len(NICHES))]
    local = niche.local.get(culture.language) or niche.topics
    start = FIRST_YEAR - int(roll() * 8)
    jobs = [_job(rng, culture, niche, seed, employers, start, None)]
    for year in range(start + 1, LAST_YEAR + 1):
        if roll() < NEW_JOB:
            jobs.append(_job(rng, culture, niche, seed, employers, year, jobs[-1]))
    short = short_form(rng, name.given_names[0][0]) or short_form(rng, name.given_names[0][1])
    return Guest(
        name=name, culture=culture, niche=niche, jobs=tuple(jobs),
        title=_TITLES[int(roll() * len(_TITLES))] if roll() < TITLED else "",
        short=short if roll() < SHORT_FORM_HABIT else None,
        shows_middle=roll() < 0.4,
        renamed=_renamed(rng, culture, name) if roll() < RENAMED else None,
        site=f"https://{name.given}{name.family}{int(roll() * 1e6)}-synth.com" if roll() < SITE else None,
        topics=(tuple(rng.sample(local, min(3, len(local)))), tuple(rng.sample(niche.topics, 3))),
        side=(hobby := NICHES[int(roll() * len(NICHES))].topics)[int(roll() * len(hobby))],
        study=culture.places[int(roll() * len(culture.places))], year=start - int(roll() * 4),
    )  # fmt: skip


def _job(
    rng: Random, culture: Culture, niche: Niche, seed: int, employers: int, since: int, before: _Job | None
) -> _Job:
    roll = rng.random
    # the cube makes a few large employers and many small ones
    company = employer(seed, int(roll() ** 3 * employers))
    moves = before is None or roll() < NEW_PLACE
    anew = before is None or roll() < NEW_ROLE
    role = f"{_RANKS[int(roll() * len(_RANKS))]}{niche.roles[int(roll() * len(niche.roles))]}".strip()
    place = culture.places[int(roll() * len(culture.places))]
    return _Job(
        since=since, company=company, role=role[0].upper() + role[1:] if anew or before is None else before.role,
        place=place if moves or before is None else before.place,
    )  # fmt: skip


def _renamed(rng: Random, culture: Culture, name: PersonName) -> tuple[int, tuple[Spelled, ...]]:
    """A new family name from some year on: in two of three cases beside the old one, which stays a thread to follow."""
    new = culture.family_name(rng)[0]
    year = FIRST_YEAR + int(rng.random() * (LAST_YEAR - FIRST_YEAR))
    if rng.random() < 0.67:
        old = name.family_names[0]
        return year, ((f"{old[0]}-{new[0]}", f"{old[1]}-{new[1]}"),)
    return year, (new,)
