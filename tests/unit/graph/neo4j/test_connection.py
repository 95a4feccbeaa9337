"""What a caller sees of a Neo4j that is not there."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from creatorgraph.domain.error import UnavailableError
from creatorgraph.graph.analysis import ComponentConfig
from creatorgraph.graph.neo4j import extra
from creatorgraph.graph.neo4j.address import Neo4jAddress, fixed_address, local_address
from creatorgraph.graph.neo4j.graph import Neo4jGraph
from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j


@pytest.fixture
def nobody() -> Iterator[Neo4jGraph]:
    with socket.socket() as taken:
        # bound but not listening: connections are refused, and nobody else gets the port
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        graph = Neo4jGraph(
            fixed_address(Neo4jAddress(url=f"bolt://127.0.0.1:{port}", user="neo4j", password="secret-1"))
        )
        yield graph
        graph.close()


def test_it_says_so_after_few_tries_and_how_to_mend_it(nobody: Neo4jGraph, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(UnavailableError, match="creatorgraph neo4j start"):
        nobody.counts()
    # pauses double from a second on: the driver's own half a minute would be five tries and more
    assert 1 <= sum("will be retried" in record.message for record in caplog.records) <= 2


def test_health_reports_instead_of_raising(nobody: Neo4jGraph) -> None:
    health = nobody.health()
    assert not health.reachable
    assert "creatorgraph neo4j start" in health.detail
    assert "secret-1" not in health.detail


def test_a_local_server_that_was_never_started(tmp_path: Path) -> None:
    local = LocalNeo4j(tmp_path / "home")
    graph = Neo4jGraph(local_address(local))
    with pytest.raises(UnavailableError, match="not running"):
        graph.components(ComponentConfig())
    assert not local.status().running
    assert not local.stop()
    assert not (tmp_path / "home").exists()


def test_without_the_extra_the_command_is_named(monkeypatch: pytest.MonkeyPatch, nobody: Neo4jGraph) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    with pytest.raises(UnavailableError, match=r"pip install 'creatorgraph\[neo4j\]'"):
        nobody.counts()


def test_addresses_do_not_show_passwords() -> None:
    assert "secret-1" not in repr(Neo4jAddress(url="bolt://x", user="u", password="secret-1"))
