"""Shadows: fan pages, impostors and squatters, whose accounts look like or are called like another's and are not."""

from random import Random

from creatorgraph.domain.platform import Platform
from creatorgraph.synth.account import Account, draw_platforms, open_account
from creatorgraph.synth.avatar import copied_avatar
from creatorgraph.synth.bio import bio_facts, write_bio
from creatorgraph.synth.crowd import Star
from creatorgraph.synth.culture import Culture
from creatorgraph.synth.handle import TakenHandles, fan_handle, look_alike
from creatorgraph.synth.record import Record, blank_record, drop_fields, measure

_FAN_BIOS = (
    "Fan page of {}. Not affiliated.", "Daily clips of {} ✨ fan account", "We love {} 💜 fan page run by fans",
    "{} archive. Unofficial fan account", "Everything {}. All credit to the owner, fan made",
)  # fmt: skip
_IMPOSTOR_OPENERS = (
    "My private page",
    "Backup account of {}",
    "{} here",
    "New account",
    "Only real account",
    "VIP page of {}",
)
_IMPOSTOR_CALLS = (
    "message me for prizes 🎁", "DM for the giveaway", "ask me how to double your money", "old one was hacked, write me",
    "{} winners every day", "first {} followers get a gift", "trading signals since {}, DM me",
)  # fmt: skip
HOMOGLYPHS = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
"""Latin letters and the Cyrillic ones that look the same: a name that reads like the star's and is spelled otherwise."""


def fan_page(rng: Random, star: Star, taken: TakenHandles) -> Record:
    """An admirer's account: it says so in its bio or its name."""
    record = _account(rng, star, taken, fan_handle(rng, star.account.username))
    record["display_name"] = (
        f"{star.shown} {rng.choice(('Fans', 'Fan Page', 'Daily'))}" if rng.random() < 0.7 else star.shown
    )
    record["bio"] = rng.choice(_FAN_BIOS).format(_called(rng, star))
    record["mentions"] = [star.account.mention]
    drop_fields(rng, record)
    if record["bio"] is None:
        # a fan page that does not say so would be a trap without an answer
        record["display_name"] = f"{star.shown} Fan Page"
    return record


def impostor(rng: Random, star: Star, taken: TakenHandles) -> Record:
    """A cheat's account: the star's name, a handle that reads like the star's, a bio that asks for something."""
    record = _account(rng, star, taken, look_alike(rng, star.account.username))
    record["display_name"] = star.shown if rng.random() < 0.8 else star.shown.translate(HOMOGLYPHS)
    opener = rng.choice(_IMPOSTOR_OPENERS).format(_called(rng, star))
    call = rng.choice(_IMPOSTOR_CALLS).format(rng.randint(2, 2000))
    record["bio"] = f"{opener}{rng.choice((' | ', '. ', ' – ', ', '))}{call}"
    drop_fields(rng, record)
    return record


def squatter(rng: Random, account: Account, culture: Culture) -> Record:
    """A stranger who took a name that somebody gave up: old links now lead here."""
    record = blank_record(rng, account)
    record["display_name"] = culture.name(rng).native
    place = culture.places[int(rng.random() * len(culture.places))]
    record["bio"] = write_bio(rng, bio_facts(rng, culture.language, place[0]), None)
    measure(rng, record, rng.expovariate(1 / 600))
    drop_fields(rng, record)
    return record


def _account(rng: Random, star: Star, taken: TakenHandles, wanted: str) -> Record:
    platform = star.account.platform if rng.random() < 0.5 else draw_platforms(rng, 1)[0]
    if platform.link_in_bio:
        platform = Platform.INSTAGRAM
    account = open_account(rng, taken, platform, wanted)
    record = blank_record(rng, account)
    record["avatar_hash"] = copied_avatar(star.account.username, account.platform, account.username)
    measure(rng, record, rng.expovariate(1 / 900))
    return record


def _called(rng: Random, star: Star) -> str:
    return f"@{star.account.username}" if rng.random() < 0.5 else star.shown
