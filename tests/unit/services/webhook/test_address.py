"""Where webhooks may go: the text of an address, and the addresses behind a name."""

import socket
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from creatorgraph.config import Settings
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.services.webhook.address import (
    Address,
    RefusedAddressError,
    check_host,
    checked_addresses,
    is_public,
    target_of,
)

STRICT = Settings(data_dir=Path("unused"))
OPEN = Settings(data_dir=Path("unused"), webhook_loopback=True)
WRAPPED = ("::ffff:0:0/96", "64:ff9b::/96")

BAD = [
    "", "hooks", "https://", "https:///path", "ftp://hooks.example.com/", "file:///etc/passwd", "//hooks.example.com/",
    "http://hooks.example.com/", "HTTP://hooks.example.com/", "https://user@hooks.example.com/",
    "https://user:word@hooks.example.com/", "https://@hooks.example.com/", "https://hooks.example.com/#part",
    "https://hooks.example.com:22/", "https://hooks.example.com:80/", "https://hooks.example.com:0/",
    "https://hooks.example.com:65536/", "https://hooks.example.com:port/", "https://hooks.example.com:-443/",
    "https://localhost/", "https://localhost./", "https://intern/", "https://hooks.example.com./x y",
    "https://hooks..example.com/", "https://-hooks.example.com/", "https://hooks_.example.com/",
    "https://exämple.com/", "https://hooks.example.com/\nhost: inside", "https://hooks.example.com\\@127.0.0.1/",
    "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/",
    "https://0177.0.0.1/", "https://127.0.0.1./", "https://0/", "https://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/", "https://8.8.8.8/", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/", "https://[64:ff9b::7f00:1]/", "https://[fe80::1%25eth0]/", "https://[fd00:ec2::254]/",
    "https://[2606:4700::1]/", "https://[::1", "https://hooks.example.com%2f@127.0.0.1/", "https://%31%32%37.0.0.1/",
    "https://hooks.example.0x7f/", f"https://hooks.example.com/{'a' * 2000}", "https://" + "a" * 64 + ".com/",
    "https://" + ".".join(["abc"] * 80) + "/",
]  # fmt: skip


@pytest.mark.parametrize("url", BAD)
def test_an_address_that_no_webhook_may_have(url: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        target_of(url, STRICT)
    assert refused.value.where == "url"
    assert "https" in str(refused.value.mend)


@pytest.mark.parametrize(
    ("url", "header", "path"),
    [
        ("https://hooks.example.com", "hooks.example.com", "/"),
        ("https://Hooks.Example.COM:443/a/b?c=d&e=%20", "hooks.example.com", "/a/b?c=d&e=%20"),
        ("https://hooks.example.com:8443?x=1", "hooks.example.com:8443", "/?x=1"),
        ("https://xn--exmple-cua.com/", "xn--exmple-cua.com", "/"),
    ],
)
def test_an_address_that_one_may_have(url: str, header: str, path: str) -> None:
    target = target_of(url, STRICT)
    assert (target.scheme, target.host_header, target.path) == ("https", header, path)


def test_this_machine_alone_is_let_in_for_development() -> None:
    for url in ("http://127.0.0.1:9000/", "http://localhost:9000/", "https://[::1]:9000/", "http://127.8.9.1/"):
        assert target_of(url, OPEN).own_machine
    for url in ("http://hooks.example.com/", "https://169.254.169.254/", "http://10.0.0.1/", "https://2130706433/"):
        with pytest.raises(InvalidInputError):
            target_of(url, OPEN)


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.1", "10.1.2.3", "100.64.0.1", "169.254.169.254", "169.254.170.2",
        "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.7",
        "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1", "100.100.100.200",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1",
        "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
        "2002:7f00:1::", "2002:a9fe:a9fe::", "2001::1", "2001:0:53aa:64c::1", "2001:db8::1", "3fff::1", "100::1",
        "4000::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    ["8.8.8.8", "1.1.1.1", "172.32.0.1", "169.253.1.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)  # fmt: skip
def test_an_address_that_is(text: str) -> None:
    assert is_public(ip_address(text))


@given(st.ip_addresses(v=4))
def test_what_python_calls_private_is_never_public_however_it_is_wrapped(inner: Address) -> None:
    wrapped = (IPv6Address(int(ip_network(net)[0]) + int(inner)) for net in WRAPPED)
    for each in (inner, *wrapped):
        assert not (is_public(each) and (not inner.is_global or inner.is_multicast))


@given(st.ip_addresses(v=6))
def test_what_python_calls_private_is_never_public(address: Address) -> None:
    assume(not any(address in ip_network(each) for each in WRAPPED))  # the inner address counts, see above
    assert not (is_public(address) and (not address.is_global or address.is_multicast or address.is_reserved))


async def test_one_address_inside_is_enough_to_refuse_a_name() -> None:
    target = target_of("https://hooks.example.com/", STRICT)
    for inside in ("127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "64:ff9b::a00:1"):

        async def both(_host: str, _port: int, inside: str = inside) -> list[Address]:
            return [ip_address("8.8.8.8"), ip_address(inside)]

        with pytest.raises(InvalidInputError, match="not public"):
            await check_host(target, both)
        with pytest.raises(RefusedAddressError):
            await checked_addresses(target, both)


async def test_a_name_that_nobody_knows_is_told_as_one_that_leads_inside() -> None:
    async def nowhere(_host: str, _port: int) -> list[Address]:
        raise socket.gaierror

    async def inside(_host: str, _port: int) -> list[Address]:
        return [ip_address("10.0.0.1")]

    target = target_of("https://hooks.example.com/", STRICT)
    await check_host(target, nowhere)  # it may be there when something is sent
    said = []
    for resolve in (nowhere, inside):
        with pytest.raises(RefusedAddressError) as refused:
            await checked_addresses(target, resolve)
        said.append(str(refused.value))
    assert said[0] == said[1]


async def test_the_systems_resolver_is_believed_about_loopback() -> None:
    strict = Settings(data_dir=Path("unused"), webhook_loopback=False)
    target = target_of("http://localhost:1/", OPEN)
    assert all(each.is_loopback for each in await checked_addresses(target))
    with pytest.raises(InvalidInputError):
        target_of("https://localhost/", strict)
