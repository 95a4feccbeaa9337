"""A resolution that is killed in the middle of each stage of the resolver goes on from the stages that it kept."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from creatorgraph.store.database import Database
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.table import link
from creatorgraph.synth.world import write_world
from tests.conftest import fresh_database
from tests.integration.cli.conftest import Cli

PROGRAM = Path(__file__).with_name("killed_run.py")
PROFILES = 400
CANDIDATES, PATTERNS = "stage-candidates.npz", "stage-patterns.npz"
# the stage, the steps into it, and what has been kept by then; every stage once, on one path or the other
OF_FILES = (
    ("reading profiles", 0, ()),
    ("finding candidate pairs", 5, ()),
    ("comparing pairs", 1, (CANDIDATES,)),
    ("training the model", 0, (CANDIDATES, PATTERNS)),
)
OF_STORED = (
    ("comparing pairs", 1, (CANDIDATES,)),
    ("scoring pairs", 0, (CANDIDATES, PATTERNS)),
    ("clustering", 0, (CANDIDATES, PATTERNS)),
    ("writing evidence", 1, (CANDIDATES, PATTERNS)),
    ("Writing creators", 0, (CANDIDATES, PATTERNS)),
)


@pytest.fixture
def other_database(postgres_url: str, template_database: str) -> Iterator[Database]:
    yield from fresh_database(postgres_url, template_database)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_world(tmp_path_factory.mktemp("world"), PROFILES, 5).profiles


def by_words(cli: Cli) -> Cli:
    """Bios are compared by their words alone: what is tested here needs no vectors."""
    return replace(cli, environment={**cli.environment, "CREATORGRAPH_ENCODE_LIMIT": "1"})


def kill_in_turn(cli: Cli, stages: tuple[tuple[str, int, tuple[str, ...]], ...], work: Path, *arguments: str) -> None:
    """One run after the other on the same folder, each killed at its stage; what was kept once is not made again."""
    written: dict[str, int] = {}
    for stage, steps, kept in stages:
        command = [sys.executable, str(PROGRAM), stage, str(steps), *arguments]
        done = subprocess.run(
            command, env=os.environ | dict(cli.environment), capture_output=True, text=True, check=False
        )
        assert done.returncode == -signal.SIGKILL, (stage, done.stderr)
        lying = {path.name: path.stat().st_mtime_ns for path in work.glob("*.npz")}
        assert sorted(lying) == list(kept), stage
        assert lying.items() >= written.items(), stage
        written = lying


@pytest.mark.slow
def test_files(cli: Cli, world: Path, tmp_path: Path) -> None:
    chosen, killed, whole = by_words(cli), tmp_path / "killed", tmp_path / "whole"
    kill_in_turn(chosen, OF_FILES, killed / ".work", "files", str(world), str(killed))
    assert not (killed / "clusters.csv").exists()

    again = chosen("resolve", world, "--out", killed)
    unbroken = chosen("resolve", world, "--out", whole)

    assert again.exit_code == unbroken.exit_code == 0, again.output
    names = sorted(path.name for path in whole.iterdir())
    assert sorted(path.name for path in killed.iterdir()) == names
    for name in ("clusters.csv", "model.counts.npz", "model.json"):
        assert (killed / name).read_bytes() == (whole / name).read_bytes()
    assert pq.read_table(killed / "links.parquet").equals(pq.read_table(whole / "links.parquet"))


@pytest.mark.slow
def test_what_is_stored(
    cli_for: Callable[[Database], Cli], database: Database, other_database: Database, world: Path
) -> None:
    killed, whole = (by_words(cli_for(each)) for each in (database, other_database))
    for each in (killed, whole):
        assert each("ingest", world).exit_code == 0
    work = killed.data_dir / "work"
    kill_in_turn(killed, OF_STORED, work, "stored", "", "")
    assert links_of(database) == []

    again, unbroken = killed("resolve"), whole("resolve")

    assert again.exit_code == unbroken.exit_code == 0, again.output
    assert not work.exists()
    assert links_of(database) == links_of(other_database) != []
    assert groups_of(database) == groups_of(other_database)


def links_of(database: Database) -> list[tuple[object, ...]]:
    columns = (link.c.left_id, link.c.right_id, link.c.match_weight, link.c.accepted, link.c.evidence)
    with database.transaction() as connection:
        return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(link.c.left_id, link.c.right_id))]


def groups_of(database: Database) -> set[frozenset[str]]:
    """The members of each creator, whose ids are new in every database."""
    with database.transaction() as connection:
        membership = read_memberships(connection)
    groups: dict[str, set[str]] = {}
    for profile_id, creator_id in membership.items():
        groups.setdefault(creator_id, set()).add(profile_id)
    return {frozenset(group) for group in groups.values()}
