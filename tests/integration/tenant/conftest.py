"""The small world behind the real API, and two tenants who share it."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.domain.tenant import Plan, Tenant
from creatorgraph.domain.webhook import Attempt, Subscription, WebhookEvent
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.services.engines import Engines
from creatorgraph.services.index import sync_indexes
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.tenant.key import create_key
from creatorgraph.services.webhook.subscription import create_webhook, send_test
from creatorgraph.store.database import Database
from creatorgraph.store.write.webhook_message import Verdict, claim, next_message, record
from tests.integration.conftest import embedded_engines, write_world

Answer = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def engines(module_database: Database, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """All engines over a world that this module may write tenants into."""
    write_world(module_database)
    opened = embedded_engines(module_database, encoder, tmp_path_factory.mktemp("tenant"))
    sync_indexes(opened)
    yield opened
    opened.graph.close()


@pytest.fixture(scope="module")
def acme(engines: Engines) -> Tenant:
    return create_tenant(engines, "acme", Plan.STANDARD)


@pytest.fixture(scope="module")
def bolt(engines: Engines) -> Tenant:
    return create_tenant(engines, "bolt", Plan.ENTERPRISE)


@pytest.fixture(scope="module")
def acme_key(engines: Engines, acme: Tenant) -> str:
    return create_key(engines, acme.name, "acme's backend").secret


@pytest.fixture(scope="module")
def bolt_key(engines: Engines, bolt: Tenant) -> str:
    return create_key(engines, bolt.name, "bolt's backend").secret


@pytest.fixture
def client(engines: Engines, tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(engines, console=tmp_path), base_url="http://localhost") as opened:
        yield opened


def bearer(text: str) -> dict[str, str]:
    return {"authorization": f"Bearer {text}"}


def viewer(client: TestClient, text: str) -> Any:
    """What the API says of the bearer of this; the status where it refuses them."""
    answer = client.post("/graphql", json={"query": "{ viewer { name role } }"}, headers=bearer(text))
    return answer.json()["data"]["viewer"] if answer.status_code == 200 else answer.status_code


def subscribed(engines: Engines, owner: Tenant, mark: str) -> dict[str, str]:
    """Makes a webhook that has been sent something, with `mark` wherever it has a text; its ids and secret."""
    chosen = Subscription(url=f"https://{mark}.example.test/", description=f"{mark}'s", events=(WebhookEvent.ERASED,))
    made = asyncio.run(create_webhook(engines, owner.tenant_id, chosen))
    webhook_id = made.webhook.webhook_id
    message_id = send_test(engines, owner.tenant_id, webhook_id)
    with engines.database.for_operator() as connection:
        now = datetime.now(UTC)
        [lent] = claim(connection, lease=webhook_id, now=now, until=now, most=1)
        due = next_message(connection, lent, now=now, until=now)
        assert due is not None
        attempt = Attempt(duration_ms=4_242_424, status=500, answer=f"{mark} is out", error=f"{mark} has failed")
        record(connection, lent, due[0], attempt, Verdict(), now)
    return {"webhook": webhook_id, "message": message_id, "webhook_secret": made.secret.secret}
