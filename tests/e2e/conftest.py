"""The real server over the embedded PostgreSQL and a real Chromium; skipped, by name, where one of them is missing."""

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from typer.testing import CliRunner

from creatorgraph.api.console_route import console_folder
from creatorgraph.cli import app
from creatorgraph.synth.world import write_world
from tests.conftest import fresh_database
from tests.e2e.server import Server
from tests.e2e.tenant import write_usage
from tests.e2e.watch import Watch

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / "tests" / "artefacts"
PROFILES = 1000
PATIENCE_MS = 120_000
"""A slow machine is no failure; a page that never comes is."""


def chromium() -> str | None:
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test here is of the suite `browser`, so that the run's last lines name it where it is left out."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    missing = _missing()
    for item in here:
        item.add_marker(pytest.mark.browser)
        if missing is not None:
            item.add_marker(pytest.mark.skip(reason=missing))


def _missing() -> str | None:
    if chromium() is None:
        return "no Chromium is on PATH (Debian: apt-get install chromium)"
    if not (console_folder() / "index.html").is_file():
        return "the console is not built (make console)"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A resolved world with four people and two tenants, made by the commands that users run."""

    environment: dict[str, str]
    database: str
    tokens: dict[str, str]
    people: dict[str, str]


@pytest.fixture(scope="session")
def resolved(postgres_url: str, template_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resolved]:
    made = fresh_database(postgres_url, template_database)
    folder = tmp_path_factory.mktemp("console")
    url = next(made).engine.url
    environment = {
        "CREATORGRAPH_DATA_DIR": str(folder),
        "CREATORGRAPH_DATABASE_URL": url.render_as_string(hide_password=False),
        "CREATORGRAPH_CONTACT_KEY": "a key of the tests, the same for every run",
        "CREATORGRAPH_WEBHOOK_LOOPBACK": "true",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    world = write_world(folder / "world", PROFILES, 5)
    _run(environment, "ingest", world.profiles)
    _run(environment, "resolve")
    roles = {"ann": "steward", "bo": "steward", "eve": "analyst", "ada": "admin"}
    _tenants(environment)
    write_usage(environment["CREATORGRAPH_DATABASE_URL"])
    with world.truth.open(newline="") as file:
        people = {row["profile_id"]: row["entity_id"] for row in csv.DictReader(file)}
    yield Resolved(
        environment=environment,
        database=str(url.database),
        tokens={name: _token(environment, name, role) for name, role in roles.items()},
        people=people,
    )
    next(made, None)


def _run(environment: dict[str, str], *arguments: object) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment)
    assert result.exit_code == 0, result.output
    return result.stdout


def _tenants(environment: dict[str, str]) -> None:
    """Two tenants, five keys: one of them revoked, one that runs out soon, one that nobody has used."""
    _run(environment, "tenant", "create", "acme")
    _run(environment, "tenant", "create", "bolt", "--plan", "enterprise")
    _run(environment, "key", "create", "acme", "shop backend")
    _run(environment, "key", "create", "acme", "fan site", "--role", "frontend", "--days", "10")
    _run(environment, "key", "create", "bolt", "लेखा विभाग", "--days", "365")
    _run(environment, "key", "create", "bolt", "never used")
    old = _run(environment, "key", "create", "acme", "shop backend 2025")
    _run(environment, "key", "revoke", old.split()[-1])


def _token(environment: dict[str, str], name: str, role: str) -> str:
    """Printed once, as the last word."""
    return _run(environment, "steward", "add", name, "--role", role).split()[-1]


@pytest.fixture(scope="module")
def server(resolved: Resolved, postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Over a copy of the resolved world, one for each module: what one decides no other meets."""
    copied = fresh_database(postgres_url, resolved.database)
    source, folder = Path(resolved.environment["CREATORGRAPH_DATA_DIR"]), tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("cache", "model", "world"))
    (folder / "model").symlink_to(source / "model")
    process = subprocess.Popen(
        [sys.executable, "-c", "from creatorgraph.cli import app; app()", "serve", "--port", "0", "--relay"],
        env={
            **os.environ,
            **resolved.environment,
            "CREATORGRAPH_DATA_DIR": str(folder),
            "CREATORGRAPH_DATABASE_URL": next(copied).engine.url.render_as_string(hide_password=False),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=folder,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Serving http://127.0.0.1:"), line
        yield Server(
            url=line.split()[1].removesuffix(".").removesuffix("/graphql"),
            tokens=resolved.tokens,
            people=resolved.people,
        )
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
        next(copied, None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed after each module: while it is open an event loop runs in this thread, beside which no other can be started."""
    with sync_playwright() as driver:
        # root needs --no-sandbox, which Playwright gives unless told otherwise; nothing but our own page is opened
        started = driver.chromium.launch(executable_path=chromium(), args=["--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, server: Server, artefacts: Path, request: pytest.FixtureRequest) -> Callable[..., Any]:
    """A context manager: a page of its own context, watched, by default signed in as ann.

    Where the test fails inside of it, a trace (`playwright show-trace FILE`) and a picture of the page stay.
    """

    @contextmanager
    def make(
        *,
        who: str | None = "ann",
        scheme: Literal["light", "dark"] = "light",
        width: int = 1280,
    ) -> Iterator[tuple[Page, Watch]]:
        context = browser.new_context(
            base_url=server.url,
            color_scheme=scheme,
            viewport={"width": width, "height": 860},
            reduced_motion="reduce",
            locale="en",
        )
        context.set_default_timeout(PATIENCE_MS)
        if who is not None:
            context.request.post("/session", data={"token": server.tokens[who]}, headers={"x-creatorgraph": "1"})
        context.tracing.start(snapshots=True)
        page = context.new_page()
        watch = Watch(page, server.url)
        try:
            yield page, watch
        except BaseException:
            name = re.sub(r"[^\w-]+", "-", f"{request.node.name}-{who or 'nobody'}").strip("-")
            context.tracing.stop(path=artefacts / f"trace-{name}.zip")
            page.screenshot(path=artefacts / f"failed-{name}.png", full_page=True)
            raise
        finally:
            context.close()

    return make


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Pictures and figures of the last run, and traces of what failed in it; ignored by git."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    for old in (*ARTEFACTS.glob("trace-*.zip"), *ARTEFACTS.glob("failed-*.png")):
        old.unlink()
    return ARTEFACTS
