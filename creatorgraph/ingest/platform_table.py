"""The table of platforms, and what is looked up in it: by platform, by host, by the name people write for it."""

import re
from functools import lru_cache

from creatorgraph.domain.platform import Platform
from creatorgraph.ingest.bio_platform import BIO
from creatorgraph.ingest.media_platform import MEDIA
from creatorgraph.ingest.platform_rule import FRONT_LABELS, SERVICE_LABELS, PlatformRule
from creatorgraph.ingest.social_platform import SOCIAL
from creatorgraph.ingest.work_platform import WORK

TABLE: tuple[PlatformRule, ...] = SOCIAL + MEDIA + WORK + BIO
RULES: dict[Platform, PlatformRule] = {rule.platform: rule for rule in reversed(TABLE)}
"""By platform; where one has several rows, the first says how its names and URLs are written."""
HOSTS: dict[str, PlatformRule] = {host: rule for rule in TABLE for host in rule.hosts}

OWNED_SUFFIXES: dict[str, Platform] = {
    "github.io": Platform.GITHUB,
    "gitlab.io": Platform.GITLAB,
    "codeberg.page": Platform.CODEBERG,
}
"""Site hosts whose first label is, by the platform's rule, the name of the account that owns the site."""

ALIASES: dict[str, Platform] = {
    "twitter": Platform.X,
    "tw": Platform.X,
    "ig": Platform.INSTAGRAM,
    "insta": Platform.INSTAGRAM,
    "yt": Platform.YOUTUBE,
    "fb": Platform.FACEBOOK,
    "meta": Platform.FACEBOOK,
    "tt": Platform.TIKTOK,
    "gh": Platform.GITHUB,
    "snap": Platform.SNAPCHAT,
    "sc": Platform.SOUNDCLOUD,
    "tg": Platform.TELEGRAM,
    "wa": Platform.WHATSAPP,
    "so": Platform.STACKOVERFLOW,
    "hn": Platform.HACKERNEWS,
    "bsky": Platform.BLUESKY,
    "fediverse": Platform.MASTODON,
    "vkontakte": Platform.VK,
    "applepodcast": Platform.APPLE_PODCASTS,
    "itunes": Platform.APPLE_MUSIC,
    "bmc": Platform.BUYMEACOFFEE,
    "linkfree": Platform.BIODROP,
    "web": Platform.WEBSITE,
    "site": Platform.WEBSITE,
    "homepage": Platform.WEBSITE,
    "blog": Platform.WEBSITE,
    "url": Platform.WEBSITE,
}
_PUNCTUATION = re.compile(r"[\W_]+")
_NAMES: dict[str, Platform] = {_PUNCTUATION.sub("", platform.value): platform for platform in Platform} | ALIASES
BIO_WORDS: dict[str, Platform] = {
    name: platform
    for name, platform in _NAMES.items()
    if platform in RULES
    and name not in {"so", "tw", "sc", "meta", "solo", "x", "medium", "patreonpage", "steam", "quora"}
} | {"twitter": Platform.X}
"""Words that name a platform before a handle in running text; those that are common words are left out."""


@lru_cache(maxsize=4096)
def platform_of(name: str) -> Platform:
    """The platform that a source means by `name` ("Twitter", "ig", "ko-fi", "https://dev.to"); OTHER where unknown."""
    folded = name.strip().lower()
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", folded).rstrip("/")
    if host in HOSTS:
        return HOSTS[host].platform
    plain = _PUNCTUATION.sub("", folded)
    # "x (twitter)", "Twitter / X"
    if plain in {"xtwitter", "twitterx", "xformerlytwitter", "formerlytwitter"}:
        return Platform.X
    return _NAMES.get(plain, Platform.OTHER)


def rule_of_host(host: str) -> tuple[PlatformRule, str | None] | None:
    """The rule for `host` (lower case) and the label that names an account; the label is "" where it is the platform's own."""
    label = ""
    rest = host
    while rest:
        rule = HOSTS.get(rest)
        if rule is not None:
            if not label or label in FRONT_LABELS:
                return rule, None
            if label in SERVICE_LABELS:
                return rule, ""
            if rule.subdomain:
                return rule, label
            # country and language hosts: uk.linkedin.com, pt-br.facebook.com
            return rule, None if re.fullmatch(r"[a-z]{2}(?:-[a-z]{2})?", label) else ""
        label, _, rest = rest.partition(".")
    return None
