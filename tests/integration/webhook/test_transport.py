"""The connection goes to the address that was checked, to nobody else, and only to who proves the name."""

import ssl
from pathlib import Path

import pytest

from creatorgraph.config import Settings
from creatorgraph.domain.webhook import Attempt
from creatorgraph.services.webhook.address import Resolve
from tests.integration.webhook.conftest import HOST, Names, Receiver, transport

HEADERS = {"content-type": "application/json"}


async def sent(url: str, settings: Settings, resolve: Resolve, tls: ssl.SSLContext | None = None) -> Attempt:
    return await transport(settings, resolve=resolve, tls=tls).send(url, HEADERS, "{}")


async def test_the_address_that_was_checked_is_asked_by_name_and_the_name_once(
    tls_receiver: Receiver, settings: Settings, trusting: ssl.SSLContext
) -> None:
    names = Names({HOST: [["127.0.0.1"], ["169.254.169.254"]]})
    ports = settings.model_copy(update={"webhook_ports": (tls_receiver.port,)})
    attempt = await sent(tls_receiver.url("/in?a=b", HOST), ports, names, trusting)
    # no resolver of the system knows the name: what was reached is what was checked
    assert (attempt.status, attempt.error) == (204, None)
    assert names.asked == [HOST]
    [got] = tls_receiver.got
    assert (got.path, got.headers["host"]) == ("/in?a=b", f"{HOST}:{tls_receiver.port}")


async def test_a_name_that_answers_otherwise_later_leads_nowhere(
    tls_receiver: Receiver, settings: Settings, trusting: ssl.SSLContext
) -> None:
    # public when it was checked at the making, this machine when it is sent to: without the setting of development
    strict = settings.model_copy(update={"webhook_loopback": False, "webhook_ports": (tls_receiver.port,)})
    attempt = await sent(tls_receiver.url("/", HOST), strict, Names({HOST: [["127.0.0.1"]]}), trusting)
    assert (attempt.status, attempt.error) == (None, "the host has no public address")
    assert tls_receiver.got == []


@pytest.mark.parametrize("address", ["169.254.169.254", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fe80::1"])
async def test_a_name_that_leads_inside_is_not_connected_to(settings: Settings, address: str) -> None:
    names = Names({HOST: [["127.0.0.1", address]]})
    attempt = await sent(f"https://{HOST}/", settings, names)
    assert (attempt.status, attempt.error) == (None, "the host has no public address")


async def test_a_certificate_of_another_name_is_not_trusted(
    tls_receiver: Receiver, settings: Settings, trusting: ssl.SSLContext
) -> None:
    other = "other.example.test"
    ports = settings.model_copy(update={"webhook_ports": (tls_receiver.port,)})
    attempt = await sent(tls_receiver.url("/", other), ports, Names({other: [["127.0.0.1"]]}), trusting)
    assert attempt.status is None
    assert "certificate is not trusted" in str(attempt.error)
    assert tls_receiver.got == []


async def test_nor_is_one_that_nobody_vouches_for(tls_receiver: Receiver, settings: Settings) -> None:
    ports = settings.model_copy(update={"webhook_ports": (tls_receiver.port,)})
    attempt = await sent(tls_receiver.url("/", HOST), ports, Names({HOST: [["127.0.0.1"]]}))
    assert "certificate is not trusted" in str(attempt.error)
    assert tls_receiver.got == []


async def test_the_next_address_is_tried_where_one_does_not_answer(receiver: Receiver, settings: Settings) -> None:
    names = Names({"localhost": [["127.0.0.9", "127.0.0.1"]]})
    attempt = await sent(receiver.url("/", "localhost"), settings, names)
    assert attempt.status == 204


async def test_nobody_listens(settings: Settings) -> None:
    attempt = await sent("http://127.0.0.1:9/", settings, Names({"127.0.0.1": [["127.0.0.1"]]}))
    assert attempt.error == "the connection was refused"


async def test_a_proxy_of_the_environment_is_not_asked(
    receiver: Receiver, other_receiver: Receiver, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, other_receiver.url(""))
    attempt = await sent(receiver.url(), settings, Names({"127.0.0.1": [["127.0.0.1"]]}))
    assert attempt.status == 204
    assert other_receiver.got == []


async def test_an_address_that_was_allowed_once_is_asked_again(tmp_path: Path, receiver: Receiver) -> None:
    strict = Settings(data_dir=tmp_path)
    attempt = await sent(receiver.url(), strict, Names({"127.0.0.1": [["127.0.0.1"]]}))
    assert attempt.error == "webhooks go over https alone"
    assert receiver.got == []
