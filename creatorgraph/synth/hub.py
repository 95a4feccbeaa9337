"""What many strangers share: agencies with one email and one website for all their creators, and link shorteners."""

from dataclasses import dataclass
from random import Random

from creatorgraph.domain.platform import Platform
from creatorgraph.synth.account import open_account
from creatorgraph.synth.handle import TakenHandles
from creatorgraph.synth.record import Record, blank_record, measure

PROFILES_PER_AGENCY = 600
_FIRST = (
    "North", "Bright", "Blue", "Open", "Loud", "First", "Second", "Silver", "True", "Wide", "Upper", "Next",
    "Clear", "Main", "Grand",
)  # fmt: skip
_SECOND = (
    "Harbour", "Signal", "Field", "Studio", "Room", "Circle", "Bridge", "Channel", "Yard", "Collective",
    "House", "Frame", "Desk", "Wave",
)  # fmt: skip
_SHORTENERS = ("bit.ly", "tinyurl.com", "t.ly", "rb.gy")
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    name: str
    handle: str
    email: str
    website: str
    campaign: str
    """A short link that many of its creators carry at a time."""


def agency(seed: int, number: int) -> Agency:
    """Agency `number` of the world `seed`; made anew on each call, so that no list of them is kept."""
    rng = Random(f"{seed} agency {number}")  # noqa: S311 - a simulation
    name = f"{rng.choice(_FIRST)} {rng.choice(_SECOND)} {rng.choice(('Talent', 'Management', 'Creators', 'Media'))}"
    handle = f"{name.replace(' ', '').lower()}{number}"
    # never a registered company's domain: the word `synth` is part of every made-up host
    host = f"{handle}-synth.com"
    return Agency(
        name=name,
        handle=handle,
        email=f"{rng.choice(('hello', 'bookings', 'talent', 'contact'))}@{host}",
        website=f"https://www.{host}",
        campaign=f"https://bit.ly/synth-{handle}",
    )


def short_link(rng: Random) -> str:
    """A link of one's own on a shortener that everybody uses."""
    slug = "".join(_ALPHABET[int(rng.random() * len(_ALPHABET))] for _ in range(7))
    return f"https://{_SHORTENERS[int(rng.random() * len(_SHORTENERS))]}/synth-{slug}"


def agency_profiles(rng: Random, owner: Agency, taken: TakenHandles) -> list[Record]:
    """The agency's own accounts: the rightful bearers of the email and website that all of its creators show."""
    records = []
    for platform in (Platform.INSTAGRAM, Platform.LINKEDIN)[: 1 + (rng.random() < 0.5)]:
        record = blank_record(rng, open_account(rng, taken, platform, owner.handle))
        record["display_name"], record["email"], record["website"] = owner.name, owner.email, owner.website
        record["bio"] = f"{owner.name}: talent management for creators. {owner.email}"
        record["category"] = "Talent agency"
        measure(rng, record, rng.expovariate(1 / 4000))
        records.append(record)
    return records
