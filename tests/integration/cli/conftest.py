"""The real commands, in this process or in one of their own, on a fresh database and data folder."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from creatorgraph.cli import app
from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder
from creatorgraph.store.database import Database
from creatorgraph.synth.world import write_world

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


@pytest.fixture
def cli_for(tmp_path: Path, model_folder: Path) -> Callable[[Database], Cli]:
    """Commands on a database, each with a data folder of its own."""

    def make(database: Database) -> Cli:
        data_dir = tmp_path / f"data-{database.engine.url.database}"
        data_dir.mkdir()
        (data_dir / "model").symlink_to(model_folder)
        environment = {
            "CREATORGRAPH_DATA_DIR": str(data_dir),
            "CREATORGRAPH_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
            "CREATORGRAPH_CONTACT_KEY": KEY,
            "CREATORGRAPH_ENCODER_COMPUTE_TYPE": "float32",
            "CREATORGRAPH_THREADS": "2",
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        }
        return Cli(data_dir=data_dir, environment=environment)

    return make


@pytest.fixture
def cli(cli_for: Callable[[Database], Cli], database: Database) -> Cli:
    return cli_for(database)


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    """A small synthetic world."""
    return write_world(tmp_path / "world", 120, 7).profiles
