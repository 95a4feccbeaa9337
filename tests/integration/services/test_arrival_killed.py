"""Four writers at once, killed again and again, over a PostgreSQL that crashes: nobody is lost, doubled or in the wrong place."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from creatorgraph.bootstrap import open_engines
from creatorgraph.config import Settings
from creatorgraph.domain.error import UnavailableError
from creatorgraph.ingest.batch import parse_file
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.model_file import read_model
from creatorgraph.services.resolve import model_path, resolve_all
from creatorgraph.services.steward.replay import replay_identities
from creatorgraph.store.embedded import shut_down, stop_embedded
from creatorgraph.store.read.arrival import count_waiting
from creatorgraph.store.table import profile
from creatorgraph.store.write.profile import IncomingProfile
from tests.integration.services.arrival_state import assert_alike, clusters, empty, facts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
WRITERS, KILLS, CRASHES = 4, 6, 2


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Engines]:
    """Engines over a PostgreSQL of their own, which the test may crash."""
    with tempfile.TemporaryDirectory(prefix="creatorgraph-killed-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        settings = Settings(data_dir=Path(folder))
        opened = open_engines(settings)
        yield opened
        opened.close()
        stop_embedded(settings.data_dir)
        shut_down(settings.data_dir)


@dataclass(kw_only=True)
class Writers:
    """The processes that are at it, by number; each start has a seed of its own."""

    settings: Settings
    profiles: Path
    running: dict[int, "subprocess.Popen[str]"] = field(default_factory=dict)
    starts: int = 0

    def start(self, number: int) -> None:
        self.starts += 1
        environment = os.environ | {"CREATORGRAPH_DATA_DIR": str(self.settings.data_dir)}
        script = str(Path(__file__).with_name("arriving_writer.py"))
        arguments = [sys.executable, script, str(self.profiles), str(self.starts), str(number), str(WRITERS)]
        self.running[number] = subprocess.Popen(
            arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def kill(self, number: int) -> None:
        process = self.running.pop(number)
        process.send_signal(signal.SIGKILL)
        process.communicate()

    def unfinished(self) -> list[int]:
        return [number for number, process in self.running.items() if process.poll() is None]


def test_four_writers_with_kills_and_crashes_end_as_one_that_had_peace(own: Engines, world: Path) -> None:
    profiles = world / "profiles.jsonl"
    hasher = ContactHasher(own.settings.contact_secret())
    parsed = [each for batch in parse_file(profiles, hasher=hasher) for _, each in batch.parsed]
    incoming = [IncomingProfile(profile=each.profile, payload=each.redacted) for each in parsed]
    Arrivals(own).take_in(incoming, source="writer")
    resolve_all(own)
    model = read_model(model_path(own.settings))
    empty(own)
    resolve_all(own, force=True, model=model)
    Arrivals(own).take_in(incoming, source="writer")
    wanted, whole = facts(own), clusters(own)

    empty(own)
    resolve_all(own, force=True, model=model)
    writers = Writers(settings=own.settings, profiles=profiles)
    for number in range(WRITERS):
        writers.start(number)
    random = np.random.default_rng(2)
    kills, crashes, seen = 0, 0, 0
    while writers.unfinished():
        now = stored(own)
        if now <= seen and kills + crashes:
            time.sleep(0.05)  # nothing was stored since the last blow
            continue
        seen = now
        if kills < KILLS and (victims := writers.unfinished()):
            kills += 1
            victim = int(random.choice(victims))
            writers.kill(victim)
            writers.start(victim)
        elif crashes < CRASHES:
            crashes += crash(own)
    assert (kills, crashes) == (KILLS, CRASHES), "the writers were done before they were disturbed enough"
    for process in writers.running.values():
        _, complaint = process.communicate()
        assert process.returncode == 0, complaint

    with own.database.transaction() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(profile)) == len(incoming)
        assert count_waiting(connection) == 0
    assert_alike(facts(own), wanted)
    assert clusters(own) == whole
    replayed = replay_identities(own)
    assert replayed.profiles == len(incoming)
    assert (replayed.misplaced, replayed.misled) == ((), ())


def stored(engines: Engines) -> int:
    with suppress(UnavailableError), engines.database.transaction() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(profile)) or 0)
    return 0


def crash(engines: Engines) -> bool:
    """Kills a server process of a writer: PostgreSQL takes all the others down and recovers. Whether there was one."""
    with suppress(UnavailableError), engines.database.transaction() as connection:
        victim = connection.scalar(
            sa.text(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND state = 'active' "
                "AND pid <> pg_backend_pid() LIMIT 1"
            )
        )
        if victim is not None:
            os.kill(int(victim), signal.SIGKILL)
            return True
    return False
