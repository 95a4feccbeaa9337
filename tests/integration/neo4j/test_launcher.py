"""The local Neo4j as a process: started once, killed, started again. No Java of the machine takes part."""

import multiprocessing
import os
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.batch import GraphBatch
from creatorgraph.graph.element import Node, NodeId, NodeKind
from creatorgraph.graph.neo4j.address import Neo4jAddress, fixed_address, local_address
from creatorgraph.graph.neo4j.graph import Neo4jGraph
from creatorgraph.graph.neo4j.local.command import ServerMemory
from creatorgraph.graph.neo4j.local.install import install_jars
from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j

pytestmark = [pytest.mark.neo4j, pytest.mark.timeout(600)]
MEMORY = ServerMemory(heap=768, page_cache=64)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("JAVA_HOME", raising=False)
        patch.setenv("PATH", "/nonexistent")
        folder = tmp_path_factory.mktemp("launcher") / "a home"
        yield folder
        LocalNeo4j(folder).stop()


@pytest.fixture(scope="module")
def local(home: Path) -> LocalNeo4j:
    return LocalNeo4j(home, memory=MEMORY)


@pytest.fixture(scope="module")
def graph(local: LocalNeo4j) -> Iterator[Neo4jGraph]:
    graph = Neo4jGraph(local_address(local))
    yield graph
    graph.close()


def _start(home: Path, answers: "multiprocessing.Queue[tuple[int, str]]") -> None:
    server = LocalNeo4j(home, memory=MEMORY).start(timeout=240)
    answers.put((server.pid, server.url))


def test_jars_are_installed_and_none_is_fetched_again() -> None:
    assert install_jars() == 0


def test_two_starts_at_once_give_one_server_that_outlives_both(home: Path, local: LocalNeo4j) -> None:
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[tuple[int, str]] = context.Queue()
    starters = [context.Process(target=_start, args=(home, answers)) for _ in range(2)]
    for starter in starters:
        starter.start()
    first, second = (answers.get(timeout=300) for _ in starters)
    for starter in starters:
        starter.join()
    assert first == second
    status = local.status()
    assert (status.running, status.ready, status.pid) == (True, True, first[0])


def test_it_is_private(home: Path, local: LocalNeo4j) -> None:
    server = local.server()
    assert server is not None
    assert server.url.startswith("bolt://127.0.0.1:")
    assert stat.S_IMODE((home / "password").stat().st_mode) == 0o600
    assert server.password not in repr(server)
    for password in ("neo4j", "wrong-password"):
        stranger = Neo4jGraph(fixed_address(Neo4jAddress(url=server.url, user="neo4j", password=password)))
        with pytest.raises(UnavailableError, match="refuses"):
            stranger.counts()
        stranger.close()


def test_data_outlives_a_killed_server_and_its_absence_is_told(local: LocalNeo4j, graph: Neo4jGraph) -> None:
    graph.prepare()
    graph.prepare()
    profile = Node(id=NodeId.profile(ProfileId("p1")), label="ana", platform=Platform.X)
    graph.refresh(GraphBatch(profile_ids=(ProfileId("p1"),), profiles=(profile,)))
    server = local.server()
    assert server is not None
    remote = Neo4jGraph(fixed_address(Neo4jAddress(url=server.url, user=server.user, password=server.password)))
    assert remote.counts().nodes[NodeKind.PROFILE] == 1

    os.kill(server.pid, signal.SIGKILL)
    while local.status().running:
        time.sleep(0.05)
    for broken in (graph, remote):
        assert not broken.health().reachable
        with pytest.raises(UnavailableError, match="creatorgraph neo4j start"):
            broken.neighbourhood(ProfileId("p1"))

    again = local.start(timeout=240)
    assert (again.url, again.pid != server.pid) == (server.url, True)
    # clients need no restart
    for mended in (graph, remote):
        assert [node.label for node in mended.neighbourhood(ProfileId("p1")).nodes] == ["ana"]
    remote.close()


def test_stop_ends_it_cleanly(local: LocalNeo4j) -> None:
    pid = local.start().pid
    assert local.stop()
    assert not Path(f"/proc/{pid}").exists()
    assert "Stopped." in local.log.read_text()
    assert not local.stop()


def test_it_does_not_start_on_jars_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="creatorgraph neo4j install"):
        LocalNeo4j(tmp_path / "home", jars=tmp_path / "no jars").start()
