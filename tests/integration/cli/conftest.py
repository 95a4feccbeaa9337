"""The real commands, in this process or in one of their own, on a fresh database and data folder."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from creatorgraph.cli import app
from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder
from creatorgraph.store.database import Database
from creatorgraph.synth.world import write_world
from tests.conftest import fresh_database

KEY = "a key of the tests, the same for every run"


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text model, converted once for all tests."""
    folder = tmp_path_factory.mktemp("model")
    CTranslate2Encoder(folder)
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Cli:
    """`creatorgraph` with the environment of one test."""

    data_dir: Path
    environment: Mapping[str, str]

    def __call__(self, *arguments: object) -> Result:
        """In this process."""
        return CliRunner().invoke(app, [str(a) for a in arguments], env=dict(self.environment))

    def start(self, *arguments: object) -> "subprocess.Popen[str]":
        """In a process group of its own, so that it can be killed with all that it started."""
        return subprocess.Popen(
            [sys.executable, "-c", "from creatorgraph.cli import app; app()", *map(str, arguments)],
            env=os.environ | dict(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            cwd=self.data_dir.parent,
        )


def cli_over(database: Database, folder: Path, model_folder: Path) -> Cli:
    """Commands on a database, with a data folder of its own in `folder`."""
    data_dir = folder / f"data-{database.engine.url.database}"
    data_dir.mkdir()
    (data_dir / "model").symlink_to(model_folder)
    environment = {
        "CREATORGRAPH_DATA_DIR": str(data_dir),
        "CREATORGRAPH_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
        "CREATORGRAPH_CONTACT_KEY": KEY,
        "CREATORGRAPH_ENCODER_COMPUTE_TYPE": "float32",
        "CREATORGRAPH_THREADS": "2",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    return Cli(data_dir=data_dir, environment=environment)


@pytest.fixture
def cli_for(tmp_path: Path, model_folder: Path) -> Callable[[Database], Cli]:
    """Commands on a database, each with a data folder of its own."""
    return lambda database: cli_over(database, tmp_path, model_folder)


@pytest.fixture
def cli(cli_for: Callable[[Database], Cli], database: Database) -> Cli:
    return cli_for(database)


@pytest.fixture(scope="session")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small synthetic world. Read it only."""
    return write_world(tmp_path_factory.mktemp("world"), 120, 7).profiles


@pytest.fixture(scope="session")
def resolved_cli(
    postgres_url: str,
    template_database: str,
    profiles: Path,
    model_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Cli]:
    """The commands that took `profiles` in and resolved them. For `resolved` to copy; nobody is connected to the database."""
    made = fresh_database(postgres_url, template_database)
    database = next(made)
    found = cli_over(database, tmp_path_factory.mktemp("resolved"), model_folder)
    for arguments in (("ingest", profiles), ("resolve",)):
        result = found(*arguments)
        assert result.exit_code == 0, result.output
    database.close()
    yield found
    next(made, None)


@pytest.fixture
def resolved(postgres_url: str, resolved_cli: Cli, cli_for: Callable[[Database], Cli]) -> Iterator[Cli]:
    """Commands on a copy of the resolved world of their own."""
    url = resolved_cli.environment["CREATORGRAPH_DATABASE_URL"]
    copied = fresh_database(postgres_url, str(sa.make_url(url).database))
    found = cli_for(next(copied))
    shutil.copytree(resolved_cli.data_dir, found.data_dir, dirs_exist_ok=True, ignore=shutil.ignore_patterns("model"))
    yield found
    next(copied, None)
