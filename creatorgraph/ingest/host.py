"""Host names: which are sites of their own, which are shared by many people, which are private."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import idna

from creatorgraph.ingest.word import words

if TYPE_CHECKING:
    from tldextract import TLDExtract

_LABEL = re.compile(r"(?!-)[a-z0-9_\-]{1,63}(?<!-)")
_PRIVATE_SUFFIXES = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa", ".invalid", ".onion")

SHORTENERS = words(
    "adf.ly amzn.to b.link bit.do bit.ly bitly.com buff.ly cutt.ly db.tt dlvr.it dub.sh fb.watch geni.us goo.gl hubs.ly "
    "ift.tt is.gd j.mp lnkd.in maps.app.goo.gl ow.ly pin.it pst.cr qr.ae rb.gy rebrand.ly redd.it s.id shor.by short.io "
    "shorturl.at smarturl.it snip.ly spoti.fi surl.li t.co t.ly tiny.cc tinyurl.com tny.im trib.al v.gd vm.tiktok.com "
    "vt.tiktok.com wp.me youtu.be.link zpr.io shope.ee g.page app.goo.gl on.fb.me git.io bl.ink"
)
"""Hosts whose paths stand for pages elsewhere; what they name cannot be known without a request."""

CONTENT_HOSTS = words(
    "youtu.be discord.gg discord.me chat.whatsapp.com i.redd.it v.redd.it i.imgur.com imgur.com raw.githubusercontent.com "
    "gist.githubusercontent.com avatars.githubusercontent.com pbs.twimg.com i.ytimg.com img.youtube.com i.pinimg.com"
)
"""Hosts of platforms where every page is a piece of content or an invitation."""

SHARED_SITES = words(
    "amazon.com anchor.fm apple.com archive.org arxiv.org bitbucket.org blogger.com bilibili.com cal.com calendly.com "
    "canva.com codewars.com coursera.org credly.com docker.com dropbox.com eventbrite.com fiverr.com freecodecamp.org "
    "freelancer.com geeksforgeeks.org gofundme.com google.com hackerrank.com hotmail.com huggingface.co icloud.com "
    "jimdo.com leetcode.com live.com livejournal.com meetup.com microsoft.com mozilla.org mystrikingly.com "
    "notion.so npr.org nytimes.com opencollective.com outlook.com proton.me "
    "replit.com researchgate.net scribd.com squarespace.com squareup.com storenvy.com "
    "streamlabs.com teespring.com throne.com tripadvisor.com typeform.com typepad.com udemy.com upwork.com "
    "weebly.com wikipedia.org wishlist.com wix.com wordpress.com wordpress.org yahoo.com yelp.com about.me linkfly.to "
    "gmail.com hashnode.dev mirror.xyz devpost.com codeforces.com"
)
"""Registrable domains where many people have a page each: the domain ties nobody together."""

SITE_PER_LABEL = words(
    "hashnode.dev jimdo.com livejournal.com mystrikingly.com squarespace.com typepad.com weebly.com wordpress.com"
)
"""Shared domains, absent from the public suffix list, where each label below is somebody's own site."""


@cache
def _extract() -> "TLDExtract":
    """The bundled list only: nothing is downloaded and nothing is cached on disk. Late, as the API seldom needs it."""
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=1 << 15)
def ascii_host(host: str) -> str | None:
    """`host` in lower case and punycode, without a final dot; None where it is no host name."""
    name = host.rstrip(".").lower()
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii").lower()
        except (idna.IDNAError, UnicodeError):
            return None
    if not name or len(name) > 253 or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        return None
    return name


@lru_cache(maxsize=1 << 15)
def is_private(host: str) -> bool:
    """Whether `host` is an address, or a name that only means something inside one network."""
    name = host.strip("[]")
    bare = name.rpartition(".")[2]
    if name == "localhost" or name.endswith(_PRIVATE_SUFFIXES):
        return True
    # 2130706433, 0x7f000001 and 127.1 are addresses to a browser
    return ":" in name or bare.isdigit() or bare.startswith("0x")


@lru_cache(maxsize=1 << 15)
def has_public_suffix(host: str) -> bool:
    """Whether `host` lies below a suffix of the public suffix list."""
    parts = _extract()(host)
    return bool(parts.suffix and parts.domain)


@lru_cache(maxsize=1 << 15)
def site_of(host: str) -> str:
    """The host that one owner controls: the registrable domain, or the full name below a shared suffix (name.github.io)."""
    parts = _extract()(host)
    registrable: str = parts.top_domain_under_public_suffix
    if not registrable:
        return ".".join(host.split(".")[-2:])
    if registrable in SITE_PER_LABEL and parts.subdomain not in ("", "www"):
        return f"{parts.subdomain.rpartition('.')[2]}.{registrable}"
    return registrable


def is_shared(host: str) -> bool:
    """Whether the site of `host` has pages of many people, so that it ties nobody together."""
    return site_of(host) in SHARED_SITES
