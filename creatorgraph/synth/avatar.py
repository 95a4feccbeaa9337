"""Profile pictures of the synthetic world, as the 64-bit perceptual hashes that a feed would give.

Nothing is drawn here: a picture is a number made of its owner's name, so that pictures change nothing else in a world of a
given seed.
"""

from hashlib import blake2b

GIVEN = 0.5
"""Share of profiles whose feed has the picture's hash."""
DEFAULT, BLANK = 0.1, 0.01
"""Shares of shown pictures that are the platform's default, and that show nothing."""
OWN_SAME = 0.65
"""Share of the other pictures of a person that are the one picture used everywhere; the rest are others of the person."""
COPIED = 0.7
"""Share of fans and impostors that show the picture of their star."""
EXACT = 0.6
"""Share of copies whose hash is the same to the bit; the others were made smaller or compressed again."""

_MOST_FLIPPED = 6
_BLANK_HASH = 1 << 63


def own_avatar(owner: str, platform: str, username: str) -> str | None:
    """The hash that one of the owner's profiles shows, None where the feed has none."""
    return _shown(owner, OWN_SAME, platform, username)


def copied_avatar(star: str, platform: str, username: str) -> str | None:
    """The hash on the profile of a fan or impostor of `star`, whose name is that of its main account."""
    return _shown(star, COPIED, platform, username)


def _shown(owner: str, same: float, platform: str, username: str) -> str | None:
    given, kind, which, exact, bits = _rolls(f"{platform}:{username}")
    if given >= GIVEN:
        return None
    if kind < BLANK:
        code = _BLANK_HASH
    elif kind < BLANK + DEFAULT:
        code = _picture(f"default of {platform}")
    elif which < same:
        code = _picture(owner)
        if exact >= EXACT:
            code ^= _noise(int(bits * (1 << 16)), username)
    else:
        code = _picture(f"another of {platform}:{username}")
    return f"{code:016x}"


def _rolls(text: str) -> tuple[float, ...]:
    """Five even numbers from 0 to below 1 that follow from the text."""
    digest = blake2b(text.encode(), digest_size=20, person=b"roll").digest()
    return tuple(int.from_bytes(digest[i : i + 4], "big") / (1 << 32) for i in range(0, 20, 4))


def _picture(name: str) -> int:
    """64 even bits, like the hash of a photograph."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8, person=b"picture").digest(), "big")


def _noise(roll: int, username: str) -> int:
    """One to _MOST_FLIPPED bits, fewer more often, as a second compression flips them."""
    places = blake2b(f"{roll}:{username}".encode(), digest_size=_MOST_FLIPPED, person=b"noise").digest()
    flipped = 0
    for place in places[: 1 + min(roll % 11, roll % _MOST_FLIPPED)]:
        flipped |= 1 << (place % 64)
    return flipped
