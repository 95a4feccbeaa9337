"""The platforms of the synthetic world: how common each is and how its addresses are written."""

from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from creatorgraph.domain.platform import Platform
from creatorgraph.synth.handle import TakenHandles, decorated, numbered

_PLATFORMS = (
    # platform, how often, audience against the person's average, ways to write the address
    (Platform.INSTAGRAM, 26, 1.0, ("https://www.instagram.com/{}/", "https://instagram.com/{}", "instagram.com/{}")),
    (Platform.TIKTOK, 17, 1.4, ("https://www.tiktok.com/@{}", "tiktok.com/@{}")),
    (Platform.YOUTUBE, 16, 1.1, ("https://www.youtube.com/@{}", "https://youtube.com/@{}", "youtube.com/@{}")),
    (Platform.X, 13, 0.4, ("https://x.com/{}", "https://twitter.com/{}")),
    (Platform.FACEBOOK, 8, 0.6, ("https://www.facebook.com/{}", "https://facebook.com/{}")),
    (Platform.TWITCH, 5, 0.3, ("https://www.twitch.tv/{}", "twitch.tv/{}")),
    (Platform.THREADS, 4, 0.2, ("https://www.threads.net/@{}",)),
    (Platform.PINTEREST, 3, 0.2, ("https://www.pinterest.com/{}/",)),
    (Platform.LINKEDIN, 3, 0.1, ("https://www.linkedin.com/in/{}/", "linkedin.com/in/{}")),
    (Platform.PATREON, 2, 0.02, ("https://www.patreon.com/{}",)),
    (Platform.SOUNDCLOUD, 2, 0.05, ("https://soundcloud.com/{}",)),
    (Platform.MEDIUM, 2, 0.05, ("https://medium.com/@{}",)),
    (Platform.GITHUB, 1, 0.02, ("https://github.com/{}",)),
    (Platform.BLUESKY, 1, 0.1, ("https://bsky.app/profile/{}.bsky.social",)),
    (Platform.TELEGRAM, 2, 0.2, ("https://t.me/{}",)),
)
_CUMULATIVE = tuple(accumulate(weight for _, weight, _, _ in _PLATFORMS))
_ADDRESSES = {platform: ways for platform, _, _, ways in _PLATFORMS} | {
    Platform.LINKTREE: ("https://linktr.ee/{}", "linktr.ee/{}"),
    Platform.BEACONS: ("https://beacons.ai/{}",),
    Platform.CARRD: ("https://{}.carrd.co",),
}
EVERYWHERE = "*"
UNIQUE = 0.97
"""Share of people who look for a handle that nobody has on any platform."""
AUDIENCE = {platform: audience for platform, _, audience, _ in _PLATFORMS}
LINK_PAGES = (Platform.LINKTREE, Platform.LINKTREE, Platform.BEACONS, Platform.CARRD)
SHORT_NAMES = {Platform.INSTAGRAM: "IG", Platform.YOUTUBE: "YT", Platform.TIKTOK: "TikTok", Platform.X: "X"}
"""How people name a platform in a bio."""


_UNDERSCORE = str.maketrans(".-", "__")
_HYPHEN = str.maketrans("._", "--")
_RULES = {
    # platform: what it has in place of the separators that it refuses, its longest handle, what cannot stand at an end
    Platform.X: (_UNDERSCORE, 15, ""),
    Platform.TWITCH: (_UNDERSCORE, 25, "_"),
    Platform.PINTEREST: (_UNDERSCORE, 30, "_"),
    Platform.TELEGRAM: (_UNDERSCORE, 32, "_"),
    Platform.PATREON: (_UNDERSCORE, 30, "_"),
    Platform.TIKTOK: ({}, 24, "."),
    Platform.SOUNDCLOUD: (_HYPHEN, 25, "-"),
    Platform.GITHUB: (_HYPHEN, 39, "-"),
    Platform.LINKEDIN: (_HYPHEN, 60, "-"),
    Platform.BLUESKY: (_HYPHEN, 18, "-"),
    Platform.CARRD: (_HYPHEN, 30, "-"),
}
_ANY: tuple[dict[int, int], int, str] = ({}, 30, ".-")


@dataclass(slots=True)
class Account:
    """One account while its person is made; `username` may change after others have linked it."""

    platform: Platform
    username: str

    def address(self, rng: Random) -> str:
        """Its URL in one of the usual spellings."""
        ways = _ADDRESSES[self.platform]
        name = self.username
        if self.is_channel:
            return f"https://www.youtube.com/channel/{name}"
        return ways[int(rng.random() * len(ways))].format(name)

    @property
    def mention(self) -> str:
        """`platform:username`, as identifiers name accounts: in lower case but for channel ids, whose case counts."""
        return f"{self.platform}:{self.username if self.is_channel else self.username.lower()}"

    @property
    def is_channel(self) -> bool:
        """Whether YouTube made the name up: a channel id in place of a handle."""
        return self.platform is Platform.YOUTUBE and self.username.startswith("UC") and len(self.username) == 24


def draw_platforms(rng: Random, count: int) -> list[Platform]:
    """Different platforms, common ones first drawn."""
    drawn: list[Platform] = []
    while len(drawn) < count:
        platform = _PLATFORMS[bisect(_CUMULATIVE, rng.random() * _CUMULATIVE[-1], 0, len(_PLATFORMS) - 1)][0]
        if platform not in drawn:
            drawn.append(platform)
    return drawn


def open_account(rng: Random, taken: TakenHandles, platform: Platform, wanted: str, *, new: bool = True) -> Account:
    """Sign up: the wanted handle as far as the platform allows it, or with a number or a decoration where it is taken.

    Most people look for a `new` handle that is free everywhere (the share UNIQUE); the others see only this platform.
    """
    everywhere = new and rng.random() < UNIQUE
    _, limit, _ = _RULES.get(platform, _ANY)
    handle, tries = _fit(wanted, platform), 0
    while (everywhere and not taken.claim(EVERYWHERE, handle)) or not taken.claim(platform, handle):
        tries += 1
        # in a very large world the short numbers of a common name run out
        handle = numbered(rng, wanted[: limit - 5]) if tries < 20 else f"{wanted[: limit - 9]}{rng.randrange(10**9)}"
        if rng.random() < 0.3:
            handle = decorated(rng, handle)
        handle = _fit(handle, platform)
    if new and not everywhere:
        taken.claim(EVERYWHERE, handle)
    return Account(platform, handle)


def _fit(handle: str, platform: Platform) -> str:
    """The handle as the platform's rules allow it."""
    separators, limit, edges = _RULES.get(platform, _ANY)
    return handle.translate(separators)[:limit].strip(edges)
