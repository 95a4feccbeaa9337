"""Handles: what people make of their names when they sign up, and how they make do when one is taken."""

import zlib
from random import Random

from creatorgraph.synth.culture import PersonName
from creatorgraph.synth.niche import Niche

STAGE_FROM = 0.84
"""One in six people goes by a stage name."""

_DECORATIONS = (
    "{}official",
    "real{}",
    "the{}",
    "its{}",
    "{}tv",
    "{}_",
    "_{}",
    "{}hq",
    "iam{}",
    "{}.official",
    "{}xo",
    "hey{}",
)
_STAGE_FIRST = (
    "lunar", "neon", "velvet", "copper", "quiet", "wild", "paper", "golden", "salty", "cosmic", "urban",
    "misty", "lazy", "electric", "frosty", "hidden", "humble", "jolly", "mellow", "nimble", "odd", "pixel",
    "rusty", "sunny", "tiny", "vivid", "wicked", "young", "amber", "blue", "crimson", "dusty", "early", "foggy",
    "gentle", "happy",
)  # fmt: skip
_STAGE_LAST = (
    "otter", "fox", "maple", "comet", "harbor", "willow", "raven", "ember", "cactus", "pepper", "lantern",
    "tiger", "orbit", "biscuit", "meadow", "falcon", "pebble", "mango", "thunder", "violet", "walrus", "yeti",
    "zephyr", "acorn", "badger", "canyon", "dahlia", "echo", "fern", "ginger", "heron", "iris", "juniper",
    "koala", "lotus", "magpie",
)  # fmt: skip


class TakenHandles:
    """Which (platform, handle) pairs are gone: a Bloom filter of two bytes per profile, so that memory stays bounded.

    A false alarm (a few in a hundred at the planned size) only makes somebody add a digit; a handle is never given twice.
    """

    def __init__(self, profiles: int) -> None:
        self._bits = 1 << max(14, (16 * profiles - 1).bit_length())
        self._seen = bytearray(self._bits // 8)

    def claim(self, platform: str, handle: str) -> bool:
        """Take it; False where somebody has it."""
        key = f"{platform}:{handle}".encode()
        first, step = zlib.crc32(key), zlib.crc32(key, 0x9E3779B9) | 1
        free = False
        for probe in range(3):
            position = (first * 0x9E3779B1 + probe * step * 0x85EBCA6B >> 7) % self._bits
            byte, bit = position >> 3, 1 << (position & 7)
            if not self._seen[byte] & bit:
                self._seen[byte] |= bit
                free = True
        return free


_ONSETS = ("b", "br", "d", "dr", "f", "g", "j", "k", "kr", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "z")
_RIMES = ("a", "ai", "an", "e", "el", "en", "i", "in", "ix", "o", "on", "or", "u", "ul", "y")


def _stage_name(rng: Random, niche: Niche) -> str:
    """Two words of fancy, mostly with what it is about, or a coined word: few people share one, as in life."""
    roll = rng.random
    if roll() < 0.35:
        coined = (_ONSETS[int(roll() * len(_ONSETS))] + _RIMES[int(roll() * len(_RIMES))] for _ in range(3))
        return "".join(coined) + ("" if roll() < 0.6 else f" {niche.handles[int(roll() * len(niche.handles))]}")
    words = [_STAGE_FIRST[int(roll() * len(_STAGE_FIRST))], _STAGE_LAST[int(roll() * len(_STAGE_LAST))]]
    if roll() < 0.75:
        words.append(niche.handles[int(roll() * len(niche.handles))])
    return " ".join(words)


def base_handle(rng: Random, name: PersonName, niche: Niche) -> tuple[str, str | None]:
    """The handle that a person would like best, and the stage name that it stands for where it is not made of the name."""
    given, family = name.given, name.family
    roll = rng.random()
    if roll >= STAGE_FROM:
        stage = _stage_name(rng, niche)
        return stage.replace(" ", ""), stage.title()
    for bound, handle in (
        (0.2, given + family),
        (0.3, f"{given}.{family}"),
        (0.38, f"{given}_{family}"),
        (0.5, given[0] + family),
        (0.56, family + given),
        (0.6, given + family[0]),
        (0.7, f"{given}{family}{niche.handles[int(rng.random() * len(niche.handles))]}"),
        (0.77, f"{niche.handles[int(rng.random() * len(niche.handles))]}by{given}"),
    ):
        if roll < bound:
            return handle, None
    return f"{given}{family[0]}{niche.handles[int(rng.random() * len(niche.handles))]}", None


def decorated(rng: Random, handle: str) -> str:
    return rng.choice(_DECORATIONS).format(handle)


def numbered(rng: Random, handle: str) -> str:
    """A birth year, a lucky number, or a few digits."""
    roll = rng.random()
    if roll < 0.3:
        return f"{handle}{rng.randint(70, 99)}"
    if roll < 0.55:
        return f"{handle}{rng.randint(1, 99)}"
    if roll < 0.7:
        return f"{handle}{rng.randint(1970, 2009)}"
    return f"{handle}{rng.randint(100, 99999)}"


def look_alike(rng: Random, handle: str) -> str:
    """What an impostor registers: a swapped letter, a doubled one, or a decoration."""
    swaps = [
        (a, b) for a, b in (("l", "1"), ("o", "0"), ("i", "l"), ("m", "rn"), ("e", "3"), ("s", "5")) if a in handle
    ]
    if swaps and rng.random() < 0.5:
        old, new = rng.choice(swaps)
        return handle.replace(old, new, 1)
    if rng.random() < 0.5:
        return handle + handle[-1]
    return decorated(rng, handle)


def fan_handle(rng: Random, handle: str) -> str:
    return rng.choice(
        ("{}fans", "{}.fanpage", "{}_daily", "{}updates", "love{}", "{}clips", "team{}", "{}archive")
    ).format(handle)
