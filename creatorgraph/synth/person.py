"""One person and all of their profiles."""

from dataclasses import dataclass
from math import exp
from random import Random

from creatorgraph.domain.platform import Platform
from creatorgraph.synth.account import AUDIENCE, LINK_PAGES, SHORT_NAMES, Account, draw_platforms, open_account
from creatorgraph.synth.avatar import own_avatar
from creatorgraph.synth.bio import BioFacts, bio_facts, write_bio
from creatorgraph.synth.crowd import Crowd
from creatorgraph.synth.culture import Culture, PersonName
from creatorgraph.synth.handle import TakenHandles, base_handle, decorated, numbered
from creatorgraph.synth.hub import Agency, short_link
from creatorgraph.synth.record import Record, blank_record, drop_fields, measure

_PROVIDERS = ("inbox-synth.com", "post-synth.net", "mail-synth.org")
_CHANNEL_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

SAME_HANDLE, RELATED_HANDLE = 0.74, 0.19
SAME_BIO = 0.3
STAR_FROM = 30_000
_A_BOLD, _A_SCRIPT, _A_WIDE = 0x1D400, 0x1D4D0, 0xFF21
_FANCY = tuple(
    {ord("A") + i: first + i for i in range(26)} | {ord("a") + i: first + gap + i for i in range(26)}
    for first, gap in ((_A_BOLD, 26), (_A_SCRIPT, 26), (_A_WIDE, 32))
)
"""Letters of mathematics and full width, which people paste into names to look bold."""


@dataclass(slots=True, kw_only=True)
class Person:
    """What all profiles of one person have in common."""

    name: PersonName
    stage: str | None
    culture: Culture
    facts: BioFacts
    handle: str
    audience: float
    place: tuple[str, str]
    email: str | None
    agency: Agency | None
    released: Account | None = None
    """An account name that the person gave up; links to it are left behind, and somebody else may take it."""

    def shown(self, rng: Random) -> str:
        """The display name of one profile: stage name, native or Latin letters, bare or adorned."""
        roll = rng.random
        native, latin = self.name.native, self.name.latin
        if self.stage and roll() < 0.75:
            text = self.stage
        elif native != latin and self.culture.native_script:
            kind = roll()
            if kind < 0.06:
                text = f"{native} ({latin})"
            elif kind < 0.09 and not self.culture.family_first:
                text = f"{self.name.given_names[0][0]} {self.name.family_names[0][1]}"
            else:
                text = native if roll() < self.culture.native_script else latin
        else:
            text = native
        rest = roll()
        if rest < 0.03:
            return text.upper()
        if rest < 0.06:
            return text.split()[0]
        if rest < 0.09:
            return f"{text} | {self.facts.niche.category}"
        if rest < 0.1:
            return text.translate(_FANCY[int(roll() * len(_FANCY))])
        if rest < 0.15:
            emoji = self.facts.niche.emoji
            return f"{text} {emoji[int(roll() * len(emoji))]}"
        return text


def draw_person(rng: Random, culture: Culture, agency: Agency | None) -> Person:
    name = culture.name(rng)
    place = culture.places[int(rng.random() * len(culture.places))]
    local = rng.random() < 0.6
    facts = bio_facts(rng, culture.language if local else "en", (place[0] if local else place[1]))
    handle, stage = base_handle(rng, name, facts.niche)
    return Person(
        name=name, stage=stage, culture=culture, facts=facts, handle=handle, place=place, agency=agency, email=None,
        audience=min(5e7, exp(rng.gauss(7.6, 1.9)) * (4 if agency else 1)),
    )  # fmt: skip


def accounts_of(rng: Random, person: Person, taken: TakenHandles, count: int) -> list[Account]:
    """`count` accounts on different platforms; with three or more, half of the people have a link-in-bio page among them.

    People want one handle everywhere: a base that is taken is numbered once and then kept, in their address too.
    """
    page = count > 1 and rng.random() < (0.5 if count > 2 else 0.2)
    platforms = draw_platforms(rng, count - page) + ([LINK_PAGES[int(rng.random() * len(LINK_PAGES))]] if page else [])
    first = open_account(rng, taken, platforms[0], person.handle)
    person.handle = first.username
    if rng.random() < 0.4 and taken.claim("mail", person.handle):
        person.email = f"{person.handle}@{_PROVIDERS[int(rng.random() * len(_PROVIDERS))]}"
    accounts = [first]
    for platform in platforms[1:]:
        roll = rng.random()
        if roll < SAME_HANDLE:
            accounts.append(open_account(rng, taken, platform, person.handle, new=False))
            continue
        if roll < SAME_HANDLE + RELATED_HANDLE:
            wanted = decorated(rng, person.handle) if rng.random() < 0.6 else numbered(rng, person.handle)
        else:
            wanted = base_handle(rng, person.name, person.facts.niche)[0]
        accounts.append(open_account(rng, taken, platform, wanted))
    if accounts[0].platform is Platform.YOUTUBE and rng.random() < 0.12:
        letters = (_CHANNEL_ALPHABET[int(rng.random() * 64)] for _ in range(22))
        accounts[0].username = "UC" + "".join(letters)
    return accounts


def profiles_of(
    rng: Random, person: Person, accounts: list[Account], taken: TakenHandles, crowd: Crowd
) -> list[Record]:
    """The records of all accounts, with the links between them; the profile ids are given later."""
    roll = rng.random
    page = accounts[-1] if accounts[-1].platform.link_in_bio else None
    site = _site(rng, person, taken) if not page and roll() < 0.22 else None
    email = person.agency.email if person.agency and roll() < 0.7 else person.email
    bio = write_bio(rng, person.facts, email if roll() < 0.3 else None)
    shown = person.shown(rng)
    listed = [account.address(rng) for account in accounts if account is not page and roll() < 0.93]
    if len(accounts) > 1 and roll() < 0.03:
        # renamed: the pages that linked the account still say the old name
        person.released = Account(accounts[0].platform, accounts[0].username)
        accounts[0].username = open_account(rng, taken, accounts[0].platform, decorated(rng, person.handle)).username
    records = []
    for number, account in enumerate(accounts):
        text = (
            bio if number == 0 or roll() < SAME_BIO else write_bio(rng, person.facts, email if roll() < 0.3 else None)
        )
        if len(accounts) > 1 and roll() < 0.12:
            other = accounts[number - 1]
            if other.platform in SHORT_NAMES and not other.is_channel:
                text = f"{text} {SHORT_NAMES[other.platform]}: @{other.username}"
        record = blank_record(rng, account)
        is_page = account is page
        record["display_name"] = shown if roll() < 0.8 else person.shown(rng)
        record["bio"] = text
        record["links"] = listed if is_page else []
        record["website"] = _website(rng, person, page, site) if not is_page else None
        record["email"] = email if roll() < 0.25 else None
        record["location"] = person.place[0] if roll() < 0.4 else person.place[1]
        record["language"] = person.culture.language if roll() < 0.8 else "en"
        record["category"] = person.facts.niche.category
        record["avatar_hash"] = own_avatar(person.handle, account.platform, account.username)
        if not is_page:
            measure(rng, record, person.audience * AUDIENCE[account.platform] * exp(rng.gauss(0, 0.7)))
            record["mentions"] = _mentions(rng, person, account, crowd)
        drop_fields(rng, record)
        records.append(record)
    return records


def _site(rng: Random, person: Person, taken: TakenHandles) -> str:
    ending = ("com", "net", "org", "tv", "me")[int(rng.random() * 5)]
    label = person.handle.strip("._").replace(".", "-").replace("_", "-")
    while not taken.claim("site", label):
        label = f"{label}{rng.randrange(10)}"
    return f"https://{'www.' if rng.random() < 0.4 else ''}{label}-synth.{ending}"


def _website(rng: Random, person: Person, page: Account | None, site: str | None) -> str | None:
    roll = rng.random()
    if person.agency and roll < 0.2:
        return person.agency.website if roll < 0.12 else person.agency.campaign
    if page:
        return page.address(rng) if roll < 0.65 else None
    if site:
        return site if roll < 0.7 else None
    return short_link(rng) if roll < 0.07 else None


def _mentions(rng: Random, person: Person, account: Account, crowd: Crowd) -> list[str]:
    if rng.random() < 0.7:
        return []
    stars = [crowd.pick(rng, person.facts.niche) for _ in range(1 + int(rng.random() * 3))]
    return sorted({star.account.mention for star in stars if star and star.account.mention != account.mention})
