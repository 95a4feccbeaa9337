"""The partners' Python client, generated from openapi.json and used against the real API."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from client.generate import generate, generator
from creatorgraph.api.app import create_app
from creatorgraph.services.engines import Engines
from tests.integration.conftest import creator_id

PACKAGE = "creatorgraph_client"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if generator() is None:
        pytest.skip("the client's generator is not installed (make client)")
    folder = tmp_path_factory.mktemp("client")
    said = generate(folder)
    assert "Warning" not in said, said
    return folder


@pytest.fixture(scope="module")
def package(source: Path) -> Iterator[Any]:
    sys.path.insert(0, str(source))
    yield importlib.import_module(PACKAGE)
    sys.path.remove(str(source))
    for name in [each for each in sys.modules if each.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.fixture
def partner(package: Any, engines: Engines, acme_key: str, tmp_path: Path) -> Any:
    """The generated client with a partner's key, over the application in this process."""
    transport = httpx.ASGITransport(create_app(engines, console=tmp_path))
    return package.AuthenticatedClient(
        base_url="http://localhost",
        token=acme_key,
        httpx_args={"transport": transport},
        raise_on_unexpected_status=True,
    )


def operation(group: str, name: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.api.{group}.{name}")


def model(name: str) -> Any:
    return getattr(importlib.import_module(f"{PACKAGE}.models"), name)


def test_the_whole_client_is_typed(source: Path) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir", "cache", "-p", PACKAGE],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
    assert (source / PACKAGE / "py.typed").exists()


async def test_a_creator_and_a_problem_come_as_their_types(partner: Any) -> None:
    get = operation("creators", "get_creator")
    async with partner as client:
        found = await get.asyncio(creator_id(1), client=client)
        assert isinstance(found, model("CreatorModel"))
        assert str(found.id) == creator_id(1)
        assert found.profiles
        missed = await get.asyncio_detailed("0199aaaa-0000-7000-8000-000000000000", client=client)
        assert missed.status_code == 404
        assert isinstance(missed.parsed, model("Problem"))


async def test_many_are_asked_for_at_once(partner: Any) -> None:
    async with partner as client:
        body = model("BatchRequest").from_dict({"ids": [creator_id(1), creator_id(2)]})
        answer = await operation("creators", "batch_get_creators").asyncio(client=client, body=body)
    assert [str(each.creator.id) for each in answer.results] == [creator_id(1), creator_id(2)]


async def test_what_is_the_tenants_own_is_written_and_read(partner: Any) -> None:
    async with partner as client:
        made = await operation("collections", "create_collection").asyncio(
            client=client, body=model("NameBody").from_dict({"name": "Spring"})
        )
        assert isinstance(made, model("CollectionModel"))
        page = await operation("collections", "list_collections").asyncio(client=client)
        assert "Spring" in [each.name for each in page.items]
        ordered = await operation("exports", "start_export").asyncio(
            client=client, body=model("ExportRequest").from_dict({"format": "csv"})
        )
        assert isinstance(ordered, model("ExportModel"))
