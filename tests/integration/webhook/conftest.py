"""A real receiver on loopback, a tenant, and a sender whose clock the test turns."""

import asyncio
import contextlib
import http.server
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from creatorgraph.config import Settings
from creatorgraph.domain.tenant import Tenant
from creatorgraph.domain.webhook import Delivery, Subscription, Webhook, WebhookEvent
from creatorgraph.services.engines import Engines
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.webhook.sender import Sender
from creatorgraph.services.webhook.subscription import NewWebhook, create_webhook, webhook_of
from creatorgraph.services.webhook.transport import Transport
from creatorgraph.store.database import Database
from creatorgraph.store.read.keyset import Part
from creatorgraph.store.read.webhook import deliveries_of_webhooks
from creatorgraph.store.table import outbox
from creatorgraph.store.write.outbox import announce
from creatorgraph.store.write.webhook_message import fan_out

HOST = "hooks.example.test"
"""A name that no resolver knows: who reaches it was told its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)


Reply = Callable[["Receiver", http.server.BaseHTTPRequestHandler], None]


def answering(status: int, text: bytes = b"", **headers: str) -> Reply:
    def reply(_: "Receiver", handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("content-length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text)

    return reply


@dataclass(slots=True, kw_only=True)
class Receiver:
    """What came in, in order. `reply` answers each request; `released` ends those that it holds."""

    port: int = 0
    scheme: str = "http"
    got: list[Received] = field(default_factory=list)
    reply: Reply = field(default_factory=lambda: answering(204))
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    released: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"


def serve(receiver: Receiver, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.got.append(Received(path=self.path, headers=headers, body=body))
            receiver.arrived.release()
            # the sender may have gone
            with contextlib.suppress(OSError):
                receiver.reply(receiver, self)

        def do_GET(self) -> None:
            receiver.got.append(Received(path=self.path, headers={}, body=b""))
            self.send_error(405)

        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass  # a handshake that the sender ended

    with Server(("127.0.0.1", 0), Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        receiver.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield receiver
        receiver.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    yield from serve(Receiver())


@pytest.fixture
def other_receiver() -> Iterator[Receiver]:
    yield from serve(Receiver())


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for HOST alone, and its key."""
    folder, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


@pytest.fixture
def tls_receiver(certificate: tuple[Path, Path]) -> Iterator[Receiver]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    yield from serve(Receiver(scheme="https"), context)


@pytest.fixture
def trusting(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate[0]))


@dataclass(frozen=True, slots=True)
class Names:
    """A resolver with the addresses that a test gives a name, one list for each time that it is asked; the last one stays."""

    answers: dict[str, list[list[str]]]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, _: int) -> list[Any]:
        self.asked.append(host)
        if host not in self.answers:
            raise OSError("there is no such name")
        listed = self.answers[host]
        return [ipaddress.ip_address(each) for each in (listed.pop(0) if len(listed) > 1 else listed[0])]


@dataclass(slots=True)
class Clock:
    # ahead of the true clock, by which tenants' acts are dated: what they queue is due
    at: datetime = field(default_factory=lambda: datetime.now(UTC) + timedelta(minutes=1))

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, webhook_loopback=True, webhook_timeout_seconds=5)


class StoreAlone:
    """The engines as far as webhooks use them."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings


@pytest.fixture
def engines(database: Database, settings: Settings) -> Engines:
    store: Any = StoreAlone(database, settings)
    return store  # type: ignore[no-any-return]


@pytest.fixture
def tenant(engines: Engines) -> Tenant:
    return create_tenant(engines, "acme")


@pytest.fixture
def sender(engines: Engines, clock: Clock) -> Sender:
    return Sender(engines, now=clock, chance=lambda: 0.5)


Subscribe = Callable[..., NewWebhook]


@pytest.fixture
def subscribe(engines: Engines, tenant: Tenant, receiver: Receiver) -> Subscribe:
    """Makes a webhook to the receiver, or to `url`."""

    def made(
        url: str | None = None,
        events: tuple[WebhookEvent, ...] = tuple(WebhookEvent),
        creators: tuple[Any, ...] | None = None,
        **more: Any,
    ) -> NewWebhook:
        chosen = Subscription(url=url or receiver.url(), description="", events=events, creators=creators)
        return asyncio.run(create_webhook(engines, tenant.tenant_id, chosen, **more))

    return made


def creator(number: int) -> Any:
    return f"01910000-0000-7000-8000-{number:012d}"


def happen(engines: Engines, topic: WebhookEvent, *numbers: int, at: datetime | None = None) -> None:
    """What a change does: it is announced, and the relay tells the webhooks."""
    with engines.database.transaction() as connection:
        announce(connection, topic.value, "creators", [creator(each) for each in numbers])
    with engines.database.for_operator() as connection:
        fan_out(connection, list(connection.scalars(sa.select(outbox.c.sequence))), at or datetime.now(UTC))


def send(sender: Sender) -> int:
    return asyncio.run(sender.send_due())


def transport(settings: Settings, **more: Any) -> Transport:
    return Transport(settings, **more)


def log(engines: Engines, webhook: Webhook) -> list[Delivery]:
    """The latest first."""
    with engines.database.for_tenant(webhook.tenant_id) as connection:
        [page] = deliveries_of_webhooks(connection, [Part(parent=webhook.webhook_id, first=100)])
        return list(page.items)


def now_of(engines: Engines, webhook: Webhook) -> Webhook:
    return webhook_of(engines, webhook.tenant_id, webhook.webhook_id)
