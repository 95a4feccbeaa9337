"""The Java that Spark needs, found or missed; the Javas are scripts that answer as real ones do."""

from pathlib import Path

import pytest

from creatorgraph.domain.error import UnavailableError
from creatorgraph.resolution.model.engine.java import MODULE, require_java


def install(folder: Path, version: str, *, modules: bool = True) -> Path:
    """A JAVA_HOME whose java prints the version as OpenJDK does: on stderr."""
    java = folder / "bin" / "java"
    java.parent.mkdir(parents=True)
    refuse = "" if modules else f'[ "$1" = --add-modules ] && {{ echo "Module {MODULE} not found" >&2; exit 1; }}\n'
    java.write_text(f"#!/bin/sh\n{refuse}echo 'openjdk version \"{version}\" 2025-01-01' >&2\n")
    java.chmod(0o755)
    return folder


@pytest.mark.parametrize(("version", "major"), [("17.0.15", 17), ("21", 21), ("21.0.2", 21)])
def test_java_home_comes_before_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, major: int
) -> None:
    monkeypatch.setenv("PATH", str(install(tmp_path / "old", "1.8.0_392") / "bin"))
    monkeypatch.setenv("JAVA_HOME", str(install(tmp_path / "new", version)))
    assert require_java() == major


def test_without_java_home_the_path_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(install(tmp_path / "java", "17.0.1") / "bin"))
    assert require_java() == 17


def test_no_java_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnavailableError, match="there is none") as raised:
        require_java()
    assert "openjdk-17" in str(raised.value.mend)


@pytest.mark.parametrize(
    ("version", "modules", "reason"),
    [("11.0.2", True, "Java 11"), ("1.8.0_392", True, "Java 1"), ("25", True, "Java 25"), ("17.0.1", False, MODULE)],
)
def test_a_java_that_will_not_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, modules: bool, reason: str
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(install(tmp_path, version, modules=modules)))
    with pytest.raises(UnavailableError, match=reason) as raised:
        require_java()
    assert raised.value.where == str(tmp_path / "bin" / "java")


def test_a_java_that_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = install(tmp_path, "17") / "bin" / "java"
    java.write_bytes(b"\x7fELF but not really")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UnavailableError, match="does not run"):
        require_java()
