"""Accounts of known platforms: the canonical spelling of their names and URLs."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from creatorgraph.domain.platform import Platform
from creatorgraph.ingest.host import ascii_host, is_private
from creatorgraph.ingest.platform_table import RULES, rule_of_host

FEDIVERSE_NAME = re.compile(
    r"@?([A-Za-z0-9_](?:[\w.\-]{0,62}[A-Za-z0-9_])?)@([A-Za-z0-9][A-Za-z0-9.\-]*\.[A-Za-z][A-Za-z0-9\-]*)", re.ASCII
)
"""`name@host`, with or without an @ before it."""
_TRAILING = ".,;:!?…)]}>\"'“”’»"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformAccount:
    """An account of a known platform: its canonical `username` or the platform's own `account_id`, and its canonical URL."""

    platform: Platform
    username: str | None
    account_id: str | None
    url: str

    @property
    def key(self) -> str:
        """`platform:username`, or `platform:id` where the URL only has the id."""
        return f"{self.platform}:{self.username if self.username is not None else self.account_id}"


def canonical_username(platform: Platform, text: str) -> str | None:
    """The platform's canonical spelling of a username, None where the platform cannot have such a name.

    Takes `name`, `@name`, and for Mastodon `name@host`. Case is folded where the platform folds it.
    """
    name = unicodedata.normalize("NFC", text.strip()).removeprefix("@").strip().rstrip(_TRAILING)
    if platform is Platform.MASTODON:
        match = FEDIVERSE_NAME.fullmatch(name)
        account = fediverse_account(match[1], match[2]) if match else None
        return account.username if account is not None and account.platform is Platform.MASTODON else None
    rule = RULES.get(platform)
    if rule is None:
        # websites and places without rules: any words without white space
        return name.lower() if name and len(name) <= 255 and not re.search(r"\s", name) else None
    if rule.fold:
        name = unicodedata.normalize("NFC", name.lower())
    for character in rule.drop:
        name = name.replace(character, "")
    if platform is Platform.BLUESKY and name and "." not in name:
        name = f"{name}.bsky.social"
    if not rule.name_pattern.fullmatch(name) or name in (".", "..") or name in rule.kept_names:
        return None
    return name


def account_url(platform: Platform, username: str) -> str | None:
    """The canonical URL of the account `username` (canonical) on `platform`; None for websites and unnamed places."""
    if platform is Platform.MASTODON:
        name, _, host = username.partition("@")
        return f"https://{host}/@{name}"
    rule = RULES.get(platform)
    if rule is None:
        return None
    if "/" in username:
        space, _, name = username.partition("/")
        return f"https://www.{rule.host}/{space}/{quote(name, safe='')}"
    return rule.home.format(host=rule.host, user=quote(username, safe=""))


def platform_account(
    platform: Platform, *, username: str | None = None, account_id: str | None = None
) -> PlatformAccount:
    if username is not None:
        return PlatformAccount(
            platform=platform, username=username, account_id=None, url=account_url(platform, username) or ""
        )
    template = RULES[platform].id_home or RULES[platform].home
    url = template.format(host=RULES[platform].host, id=account_id, user=account_id)
    return PlatformAccount(platform=platform, username=None, account_id=account_id, url=url)


def fediverse_account(name: str, host: str) -> PlatformAccount | None:
    """The account `name` on `host`, a fediverse instance or the host of a platform of the table; None for private hosts."""
    lowered = ascii_host(host)
    if lowered is None or is_private(lowered) or "." not in lowered:
        return None
    found = rule_of_host(lowered)
    if found is not None:
        # @name@twitter.com is how people write accounts of other platforms
        username = canonical_username(found[0].platform, name)
        return platform_account(found[0].platform, username=username) if username else None
    return platform_account(Platform.MASTODON, username=f"{name}@{lowered}".lower())
