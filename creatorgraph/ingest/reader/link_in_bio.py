"""Exports of link-in-bio pages: a page with its lists of links becomes a record of the page's platform."""

from collections.abc import Iterable, Mapping

from creatorgraph.domain.platform import LINK_IN_BIO, Platform
from creatorgraph.ingest.platform_table import platform_of
from creatorgraph.ingest.platform_url import PlatformAccount, parse_url
from creatorgraph.ingest.word import words

_LINK_KEYS = words("links link socials social socialmedia sociallinks accounts")
"""Keys, in lower case, of a page's lists of links; exports spell them freely."""
PAGE_KEYS = frozenset({"page_url"} | {f"{platform}_username" for platform in LINK_IN_BIO})
"""Keys that only a page has; `<platform>_username` also tells where the page is."""
_MAX_TAGS = 5


def page_record(data: Mapping[str, object]) -> Mapping[str, object] | None:
    """The record of a link-in-bio page in the shape of `parse_record`, None where `data` is no such page.

    A page has a key of PAGE_KEYS, or a link-in-bio `platform` and links that are objects. All its own keys stay, so that the
    payload is whole. Only its lists of links count as accounts, not the links in its other parts (events, testimonials).
    """
    platform = _platform(data)
    if platform is None:
        return None
    page_url = data.get("page_url")
    username = data.get("username") or next((data[key] for key in PAGE_KEYS if key in data and key != "page_url"), None)
    tags = data.get("tags")
    return {
        **data,
        "platform": platform.value,
        "username": username,
        "url": page_url if isinstance(page_url, str) else data.get("url"),
        "display_name": data.get("display_name") or data.get("name"),
        "category": data.get("category") or (", ".join(_texts(tags)[:_MAX_TAGS]) if isinstance(tags, list) else None),
        "email": data.get("email") or data.get("publicEmail"),
        "links": list(
            dict.fromkeys(url for key, value in data.items() if key.lower() in _LINK_KEYS for url in _urls(value))
        ),
    }


def _platform(data: Mapping[str, object]) -> Platform | None:
    stated = data.get("platform")
    platform = platform_of(stated) if isinstance(stated, str) else None
    page_url = data.get("page_url")
    if platform is None and isinstance(page_url, str):
        parsed = parse_url(page_url)
        platform = parsed.platform if isinstance(parsed, PlatformAccount) else Platform.WEBSITE
    if platform is None:
        platform = next((platform_of(key.removesuffix("_username")) for key in PAGE_KEYS if key in data), None)
    if platform is None or "page_url" in data or not PAGE_KEYS.isdisjoint(data):
        return platform
    objects = any(isinstance(item, Mapping) for item in _list(data.get("links")))
    return platform if platform.link_in_bio and objects else None


def _list(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else ()


def _texts(value: Iterable[object]) -> list[str]:
    return [item.strip() for item in value if isinstance(item, str) and item.strip()]


def _urls(value: object) -> Iterable[str]:
    for item in _list(value):
        url = item.get("url") if isinstance(item, Mapping) else item
        if isinstance(url, str) and url.strip():
            yield url
