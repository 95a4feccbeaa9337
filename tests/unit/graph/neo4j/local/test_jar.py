"""The committed lock, and the check of jars against a lock."""

import hashlib
import re
from pathlib import Path

import pytest

from creatorgraph.domain.error import DamagedError, UnavailableError
from creatorgraph.graph.neo4j.local.install import install_jars
from creatorgraph.graph.neo4j.local.jar import LOCK, jar_folder, read_lock, require_jars

CONTENT = {"one": b"first jar", "two": b"second jar"}


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "jar.lock"
    path.write_text(
        "# two jars\n"
        + "".join(
            f"org.example:{name}:1.0 sha256={hashlib.sha256(data).hexdigest()} size={len(data)}\n"
            for name, data in CONTENT.items()
        )
    )
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = tmp_path / "jars" / "lib"
    library.mkdir(parents=True)
    for name, data in CONTENT.items():
        (library / f"{name}-1.0.jar").write_bytes(data)
    return tmp_path / "jars"


def test_the_committed_lock_names_everything_and_no_address() -> None:
    jars = read_lock()
    names = {(jar.group, jar.artifact) for jar in jars}
    assert {("org.neo4j", "neo4j"), ("org.neo4j.gds", "proc"), ("org.neo4j.gds", "opengds-extension")} <= names
    assert not re.search(r"://|www\.|repo\d?\.", LOCK.read_text())
    assert all(jar.size > 0 for jar in jars)


def test_whole_jars_are_given_out(folder: Path, lock: Path) -> None:
    assert [path.read_bytes() for path in require_jars(folder, lock)] == list(CONTENT.values())


def test_a_changed_byte_is_refused_by_name(folder: Path, lock: Path) -> None:
    (folder / "lib" / "two-1.0.jar").write_bytes(b"Second jar")
    with pytest.raises(DamagedError, match=r"org\.example:two:1\.0"):
        require_jars(folder, lock)


def test_a_missing_jar_names_the_command(folder: Path, lock: Path) -> None:
    (folder / "lib" / "two-1.0.jar").unlink()
    with pytest.raises(UnavailableError, match="creatorgraph neo4j install"):
        require_jars(folder, lock)


def test_installing_again_fetches_nothing_and_clears_what_is_not_locked(folder: Path, lock: Path) -> None:
    (folder / "lib" / "old-0.9.jar").write_bytes(b"")
    (folder / "incoming-left" / "half").mkdir(parents=True)
    assert install_jars(folder, lock=lock) == 0
    assert sorted(path.name for path in folder.rglob("*.jar")) == ["one-1.0.jar", "two-1.0.jar"]
    assert not (folder / "incoming-left").exists()


@pytest.mark.parametrize(
    "line",
    [
        "org.example:one sha256=00 size=1",
        "org.example:one:1.0 sha256=zz size=1",
        f"org.example:../one:1.0 sha256={'0' * 64} size=1",
        f"org.example:one:1.0 sha256={'0' * 64} size=many",
        f"org.example:one:1.0 sha256={'0' * 64} size=1\norg.other:one:1.0 sha256={'0' * 64} size=1",
    ],
)
def test_a_torn_lock_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "jar.lock"
    path.write_text(line)
    with pytest.raises(DamagedError, match=r"jar\.lock:\d"):
        read_lock(path)


def test_the_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CREATORGRAPH_NEO4J_JARS", str(tmp_path))
    assert jar_folder() == tmp_path
    monkeypatch.delenv("CREATORGRAPH_NEO4J_JARS")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert jar_folder() == tmp_path / "cache" / "creatorgraph" / "neo4j-jars"
