"""Web addresses of a profile: hosts and pages it may share with others, and the words in them that name an owner."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from creatorgraph.resolution.text.handle import handle_of
from creatorgraph.resolution.text.host import host_and_path, owner_of_host, owner_of_path, subdomain_of

# A host with this many different pages, shown by this many profiles, is a place where many people have pages.
_HUB_PAGES = 8
_HUB_PROFILES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One profile's: `own` are the hosts that may be its own, `shared` every host, page and account to compare."""

    own: frozenset[str]
    shared: frozenset[str]
    owner_words: tuple[str, ...]


def addresses(
    urls: Sequence[Sequence[str]], hosts: Sequence[Sequence[str]], accounts: Sequence[Sequence[str]]
) -> list[Address]:
    """The addresses of each profile, from its canonical URLs, hosts and the accounts that it lists (website, links)."""
    hubs = _hubs(urls)
    return [_address(u, h, a, hubs) for u, h, a in zip(urls, hosts, accounts, strict=True)]


def _hubs(urls: Sequence[Sequence[str]]) -> frozenset[str]:
    profiles: Counter[str] = Counter()
    pages: dict[str, set[str]] = {}
    for row in urls:
        parts = [host_and_path(url) for url in row]
        profiles.update({host for host, _ in parts})
        for host, path in parts:
            pages.setdefault(host, set()).add(path)
    return frozenset(h for h, n in profiles.items() if n >= _HUB_PROFILES and len(pages[h]) >= _HUB_PAGES)


def _address(urls: Sequence[str], hosts: Sequence[str], accounts: Sequence[str], hubs: frozenset[str]) -> Address:
    own: set[str] = set()
    shared: set[str] = set(accounts)
    words: list[str] = []
    for url in urls:
        host, path = host_and_path(url)
        if not host:
            continue
        shared.add(f"{host}{path}".lower())
        if host in hubs or not any(host == h or host.endswith(f".{h}") for h in hosts):
            # many people's pages: the path or the label before the host says whose
            words += [word for word in (owner_of_path(path), subdomain_of(host)) if word]
            continue
        own.add(host)
        words += [word for word in (owner_of_host(host), subdomain_of(host)) if word]
    for host in hosts:
        if host not in hubs:
            own.add(host)
            if word := owner_of_host(host):
                words.append(word)
    for account in accounts:
        platform, _, username = account.partition(":")
        if handle := handle_of(platform, username):
            words.append(handle)
    return Address(own=frozenset(own), shared=frozenset(shared | own), owner_words=tuple(dict.fromkeys(words)))
