"""Hosts and paths: the part of an address that names its owner."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from tldextract import TLDExtract

from creatorgraph.resolution.text.fold import squash

# The bundled list, private suffixes included: for `ann.github.io` the suffix is `github.io` and the owner `ann`.
_EXTRACT = TLDExtract(suffix_list_urls=(), include_psl_private_domains=True, cache_dir=None)
# Path words that say what a page is, not whose it is.
_PAGE_WORD_LIST = """
in profile profiles user users u c channel member members people person author team about home index blog blogs posts
post en de fr es it pt company org pub groups page pages p watch status articles speaker speakers
"""
_PAGE_WORDS = frozenset(_PAGE_WORD_LIST.split())
_FILE_ENDING = re.compile(r"\.(html?|php|aspx?)$")
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=65536)
def _split_host(host: str) -> tuple[str, str]:
    parts = _EXTRACT(host)
    return parts.domain, parts.subdomain


def host_and_path(url: str) -> tuple[str, str]:
    """The host without `www.` and port, and the path without the slash at its end; ("", "") where there is none."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", ""
    return host, parts.path.rstrip("/")


def owner_of_host(host: str) -> str | None:
    """`ann` of `ann.github.io`, `www.ann.co.uk` and `ann.com`; None for addresses and bare suffixes."""
    domain, _ = _split_host(host)
    return squash(domain) or None


def subdomain_of(host: str) -> str | None:
    """The label before the registrable domain: `ann` of `ann.example.com`; None where there is none."""
    _, subdomain = _split_host(host)
    label = subdomain.split(".")[-1] if subdomain else ""
    return squash(label) or None if label != "www" else None


def owner_of_path(path: str) -> str | None:
    """The first path part that can name an owner: `ann` of `/profile/@ann`; None for numbers and page words."""
    for part in path.lower().split("/"):
        word = squash(_FILE_ENDING.sub("", part))
        if word and word not in _PAGE_WORDS:
            return None if _DIGITS.fullmatch(word) else word
    return None
