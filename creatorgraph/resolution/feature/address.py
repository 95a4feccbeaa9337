"""Web addresses of a profile: hosts and pages it may share with others, and the words in them that name an owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from creatorgraph.resolution.feature.column import Entries, batches, distinct, entries_of, joined, numbered_entries
from creatorgraph.resolution.feature.incidence import Incidence, Indices, counted
from creatorgraph.resolution.feature.reference import Counts, text_counts
from creatorgraph.resolution.text.handle import handle_of
from creatorgraph.resolution.text.host import host_and_path, owner_of_host, owner_of_path, subdomain_of

# A host with this many different pages, shown by this many profiles, is a place where many people have pages.
_HUB_PAGES = 8
_HUB_PROFILES = 10
_KEPT = 65_536
"""Addresses whose parts are remembered: those of many profiles come again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressTable:
    """Profiles by addresses: `own` are the hosts that may be their own, `shared` every host, page and account to compare."""

    own: Incidence
    shared: Incidence
    owner_words: Entries
    """Who the addresses say that they belong to."""
    hubs: Counts
    """The hosts of many people's pages, and how many profiles show each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One profile's."""

    own: frozenset[str]
    shared: frozenset[str]
    owner_words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressEntries:
    """The addresses of each profile as texts, before they are numbered; see AddressTable."""

    own: Entries
    shared: Entries
    owner_words: Entries
    hubs: Counts


def address_table(table: pa.Table, known: Counts | None = None) -> AddressTable:
    """From the columns urls, hosts and listed_accounts (those in website and links) of PROFILE_SCHEMA.

    `known` hubs stand in place of those that many of these profiles show.
    """
    found = address_entries(table, known)
    return AddressTable(
        own=numbered_entries(found.own, table.num_rows)[0],
        shared=numbered_entries(found.shared, table.num_rows)[0],
        owner_words=found.owner_words,
        hubs=found.hubs,
    )


def address_entries(table: pa.Table, known: Counts | None = None) -> AddressEntries:
    """The same as texts."""
    urls = table.column("urls")
    shown = _hosts(entries_of(urls))
    counts = known or shown.hubs(table.num_rows)
    hubs = shown.among(counts)
    own, shared, words = _Texts(), _Texts(), _Texts()
    begin = 0
    for rows in batches(urls, table.column("hosts"), table.column("listed_accounts")):
        for row, (pages, hosts, accounts) in enumerate(zip(*rows, strict=True), start=begin):
            if pages or hosts or accounts:
                found = address_of(pages or (), hosts or (), accounts or (), hubs)
                own.add(row, found.own)
                shared.add(row, found.shared)
                words.add(row, found.owner_words)
        begin += len(rows[0])
        for texts in (own, shared, words):
            texts.pack()
    return AddressEntries(own=own.entries(), shared=shared.entries(), owner_words=words.entries(), hubs=counts)


class _Texts:
    """Grows by rows and is packed from time to time, so that few texts are Python objects at once."""

    def __init__(self) -> None:
        self._rows: list[int] = []
        self._texts: list[str] = []
        self._packed: list[tuple[Indices, pa.StringArray]] = []

    def add(self, row: int, texts: frozenset[str] | Sequence[str]) -> None:
        self._rows += [row] * len(texts)
        self._texts += texts

    def pack(self) -> None:
        self._packed.append((np.array(self._rows, dtype=np.int64), pa.array(self._texts, pa.string())))
        self._rows, self._texts = [], []

    def entries(self) -> Entries:
        rows = [rows for rows, _ in self._packed] or [np.zeros(0, dtype=np.int64)]
        return Entries(rows=np.concatenate(rows), texts=joined([texts for _, texts in self._packed]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hosts:
    """The hosts of URLs, and per host how many `profiles` show it and on how many different `pages`."""

    texts: pa.StringArray
    profiles: Indices
    pages: Indices

    def hubs(self, total: int) -> Counts:
        """Those where many people have pages, of `total` profiles."""
        hub = (self.profiles >= _HUB_PROFILES) & (self.pages >= _HUB_PAGES)
        return text_counts(self.texts.filter(pa.array(hub)), self.profiles[hub], total)

    def among(self, counts: Counts) -> frozenset[str]:
        """Those that were counted as hubs."""
        return frozenset(self.texts.filter(pa.array(counts.of_texts(self.texts) > 0)).to_pylist())


def _hosts(urls: Entries) -> _Hosts:
    known = distinct(urls.texts)
    host_number: dict[str, int] = {}
    page_number: dict[str, int] = {}
    host, page = [], []
    for (batch,) in batches(known.texts):
        for url in batch:
            name, path = host_and_path(str(url))
            host.append(host_number.setdefault(name, len(host_number)))
            page.append(page_number.setdefault(path, len(page_number)))
    host_of, page_of = np.array(host, dtype=np.int64), np.array(page, dtype=np.int64)
    width = max(len(host_number), 1)
    entry = known.number >= 0
    shown, _ = counted(urls.rows[entry] * width + host_of[known.number[entry]])
    pages, _ = counted(page_of * width + host_of)
    size = len(host_number)
    return _Hosts(
        texts=pa.array(host_number, pa.string()),
        profiles=np.bincount(shown % width, minlength=size)[:size].astype(np.int64),
        pages=np.bincount(pages % width, minlength=size)[:size].astype(np.int64),
    )


@lru_cache(maxsize=_KEPT)
def _parts(url: str) -> tuple[str, str]:
    return host_and_path(url)


@lru_cache(maxsize=_KEPT)
def _owner_of_host(host: str) -> str | None:
    return owner_of_host(host)


@lru_cache(maxsize=_KEPT)
def _subdomain_of(host: str) -> str | None:
    return subdomain_of(host)


def address_of(urls: Sequence[str], hosts: Sequence[str], accounts: Sequence[str], hubs: frozenset[str]) -> Address:
    """The addresses of one profile, from its canonical URLs, hosts and the accounts that it lists (website, links)."""
    own: set[str] = set()
    shared: set[str] = set(accounts)
    words: list[str] = []
    for url in urls:
        host, path = _parts(url)
        if not host:
            continue
        shared.add(f"{host}{path}".lower())
        if host in hubs or not any(host == h or host.endswith(f".{h}") for h in hosts):
            # many people's pages: the path or the label before the host says whose
            words += [word for word in (owner_of_path(path), _subdomain_of(host)) if word]
            continue
        own.add(host)
        words += [word for word in (_owner_of_host(host), _subdomain_of(host)) if word]
    for host in hosts:
        if host not in hubs:
            own.add(host)
            if word := _owner_of_host(host):
                words.append(word)
    for account in accounts:
        platform, _, username = account.partition(":")
        if handle := handle_of(platform, username):
            words.append(handle)
    return Address(own=frozenset(own), shared=frozenset(shared | own), owner_words=tuple(dict.fromkeys(words)))
