"""Where a webhook may go: to the public internet over https, and nowhere else.

Whoever subscribes chooses an address that our own network sends to. So the address is checked when it is given; and at each
sending the name is resolved by us, every address behind it is checked, and the connection is made to an address that was
checked, so that a name that answers otherwise the next time leads nowhere else.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from creatorgraph.config import Settings
from creatorgraph.domain.error import CreatorgraphError, InvalidInputError

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]
"""Every address of a host; raises OSError where there is none."""

MOST_URL = 2000
_PATIENCE_SECONDS = 3.0
_MEND = "Give an https address of a public host, such as https://hooks.example.com/creators."
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_NOT_PUBLIC_4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""The IANA IPv4 special-purpose address registry, multicast and what is reserved."""
_PUBLIC_6 = IPv6Network("2000::/3")
"""All that IANA has given out as global unicast so far; loopback, local and multicast addresses are outside."""
_NOT_PUBLIC_6 = tuple(IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
"""Of these the IANA IPv6 special-purpose address registry: Teredo, documentation, 6to4."""
_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: an IPv4 address in the last 32 bits, reached through a translator."""


class RefusedAddressError(CreatorgraphError):
    """The host has no address that may be sent to."""

    code = "refused_address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL that may be sent to as far as its text says. `own_machine` allows loopback addresses too."""

    scheme: str
    host: str
    port: int
    path: str
    own_machine: bool

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"http": 80, "https": 443}[self.scheme] else f"{host}:{self.port}"

    def at(self, address: Address) -> str:
        """The URL with an address in the place of the name."""
        host = f"[{address}]" if isinstance(address, IPv6Address) else str(address)
        return f"{self.scheme}://{host}:{self.port}{self.path}"


def target_of(url: str, settings: Settings) -> Target:
    """
    Raises:
        InvalidInputError: it is no URL that a webhook may have.
    """
    if len(url) > MOST_URL or not url.isascii() or not url.isprintable() or any(each in url for each in ' "<>\\^`{|}'):
        raise _refused("the address has characters that no URL has, or too many")
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "")
    except ValueError:
        raise _refused("this is no URL") from None
    loopback = settings.webhook_loopback
    if parts.scheme != "https" and not (parts.scheme == "http" and loopback):
        raise _refused("webhooks go over https alone")
    if "@" in parts.netloc:
        raise _refused("the address holds a name or password")
    if "#" in url:
        raise _refused("the address has a fragment")
    port = {"http": 80, "https": 443}[parts.scheme] if port is None else port
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = Target(scheme=parts.scheme, host=host, port=port, path=path, own_machine=loopback)
    if loopback and _own_machine(host):
        return target
    if parts.scheme != "https":
        raise _refused("webhooks go over https alone, but to this machine")
    if port not in settings.webhook_ports:
        raise _refused(f"webhooks go to the ports {', '.join(map(str, settings.webhook_ports))} alone")
    _check_name(host)
    return target


def is_public(address: Address) -> bool:
    """Whether the address is one of the public internet, whichever way it is written."""
    if isinstance(address, IPv4Address):
        return not any(address in each for each in _NOT_PUBLIC_4)
    inner = address.ipv4_mapped or (IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None)
    if inner is not None:
        return is_public(inner)
    return address in _PUBLIC_6 and not any(address in each for each in _NOT_PUBLIC_6)


async def resolved(host: str, port: int) -> Sequence[Address]:
    """What the system's resolver says now."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # an address of a link comes with its zone behind a %
    return list(dict.fromkeys(ip_address(str(each[4][0]).partition("%")[0]) for each in found))


async def checked_addresses(target: Target, resolve: Resolve = resolved) -> Sequence[Address]:
    """The addresses of the host, in the resolver's order.

    Raises:
        RefusedAddressError: it has none, or one that may not be sent to; which of both is not told, so that nobody learns what
            names there are inside.
    """
    try:
        found = await resolve(target.host, target.port)
    except (OSError, UnicodeError):
        found = ()
    if not found or not all(_may(each, target) for each in found):
        raise RefusedAddressError("the host has no public address", mend=_MEND)
    return found


async def check_host(target: Target, resolve: Resolve = resolved) -> None:
    """For an address that is given now: a host that cannot be found today may be found when something is sent.

    Raises:
        InvalidInputError: the host has an address that may not be sent to.
    """
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            found = await resolve(target.host, target.port)
    except (OSError, UnicodeError, TimeoutError):
        return
    if not all(_may(each, target) for each in found):
        raise _refused("the host has an address that is not public")


def _may(address: Address, target: Target) -> bool:
    return is_public(address) or (target.own_machine and _loopback(address))


def _check_name(host: str) -> None:
    labels = host.split(".")
    try:
        ip_address(host)
    except ValueError:
        pass
    else:
        raise _refused("the host is an address, not a name")
    # a name that ends in a number is an address to many parsers: 127.1, 0x7f.1, 2130706433, 0177.0.0.1
    if _NUMBER.fullmatch(labels[-1]):
        raise _refused("the host is an address, not a name")
    if len(host) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(each) for each in labels):
        raise _refused("this is no name of a public host")


def _own_machine(host: str) -> bool:
    try:
        return _loopback(ip_address(host))
    except ValueError:
        return host == "localhost"


def _loopback(address: Address) -> bool:
    return address in (ip_network("127.0.0.0/8") if address.version == 4 else ip_network("::1/128"))


def _refused(what: str) -> InvalidInputError:
    return InvalidInputError(what, where="url", mend=_MEND)
