"""A resolution of files that is killed, wherever it was, and started again ends as one that was not."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import orjson
import pyarrow.parquet as pq
import pytest

from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder
from creatorgraph.services import resolve_file
from creatorgraph.services.parse_pool import SMALL_BYTES
from creatorgraph.synth.world import write_world
from tests.integration.cli.conftest import Cli

PROFILES = 500
# a column that nothing reads: a file that is long enough for processes of its own and quick to resolve
PADDING = "-" * (SMALL_BYTES // PROFILES)


def never(*_: object, **__: object) -> NoReturn:
    pytest.fail("this was done before the kill")


def wait_for(condition: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    while not condition():
        try:
            process.wait(timeout=0.02)  # between two looks
        except subprocess.TimeoutExpired:
            continue
        assert condition(), process.communicate()[1]


@pytest.mark.slow
def test_killed_resolution_goes_on_and_ends_the_same(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = write_world(tmp_path / "world", PROFILES, 5).profiles
    long = tmp_path / "long.jsonl"
    lines = [orjson.loads(line) | {"note": PADDING} for line in world.read_bytes().splitlines()]
    long.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines) + b'{"torn": \n')
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    work = killed / ".work"

    for reached in ("stage-profiles.arrow", "stage-profiles.done", "stage-vectors.done"):
        process = cli.start("resolve", long, "--out", killed)
        wait_for((work / reached).exists, process)
        # the parent alone: its workers must notice by themselves, and end what they inherited, its output
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert (work / reached).exists()
        assert not (killed / "clusters.csv").exists()

    with monkeypatch.context() as patch:
        # what was finished is not done again
        patch.setattr(resolve_file, "spool_profiles", never)
        patch.setattr(CTranslate2Encoder, "encode", never)
        again = cli("resolve", long, "--out", killed)
    unbroken = cli("resolve", long, "--out", whole)

    assert again.exit_code == unbroken.exit_code == 0, again.output
    names = sorted(path.name for path in whole.iterdir())
    assert sorted(path.name for path in killed.iterdir()) == names
    assert names == ["clusters.csv", "links.parquet", "model.counts.npz", "model.json", "rejects.jsonl"]
    for name in ("clusters.csv", "model.counts.npz", "model.json", "rejects.jsonl"):
        assert (killed / name).read_bytes() == (whole / name).read_bytes()
    assert pq.read_table(killed / "links.parquet").equals(pq.read_table(whole / "links.parquet"))
    first, second = orjson.loads(again.stdout), orjson.loads(unbroken.stdout)
    assert first["profiles"] == second["profiles"] == PROFILES
