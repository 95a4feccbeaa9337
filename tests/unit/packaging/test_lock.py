"""Lock files: hashes for everything, addresses for nothing, one version of a thing in all of them."""

import json
import re
import subprocess
from collections import defaultdict
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from requirements.lock import FOLDER, read_all, read_lock

LOCKS = sorted(FOLDER.glob("*.txt"))
INSTALLED_WITH_PROJECT = [path for path in LOCKS if path.stem not in {"client", "node", "peer", "uv"}]
ADDRESS_OPTION = re.compile(
    r"(?:extra-|default-)?index-url|--index[ =]|find-links|trusted-host|(?:UV|PIP)_\w*INDEX", re.IGNORECASE
)


def versions(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for _, pin in read_all(path):
        found[pin.name].add(pin.version)
    return found


def test_the_locks_are_the_known_ones() -> None:
    assert [path.stem for path in LOCKS] == [
        "client",
        "dev",
        "node",
        "peer",
        "run",
        "sentence-transformers",
        "services",
        "spark",
        "uv",
    ]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_entry_has_a_version_and_sha256_hashes(path: Path) -> None:
    for _, pin in read_all(path):
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in pin.hashes), pin.name


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_no_lock_holds_an_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert " @ " not in text
    assert not ADDRESS_OPTION.search(text)


def test_the_consoles_lock_holds_checksums_and_no_address_of_a_package(root: Path) -> None:
    lock = json.loads((root / "console" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 100
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_no_other_file_names_a_registry(root: Path) -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=False)
    if tracked.returncode != 0:
        pytest.skip("not a git checkout")
    names = [name for name in tracked.stdout.decode().split("\0") if name]
    this = str(Path(__file__).relative_to(root))
    allowed = {this, "Makefile"}  # the Makefile has uv's option to leave addresses out of the locks
    found = []
    for name in names:
        path = root / name
        if name in allowed or path.suffix in {".parquet", ".png", ".gz"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace").replace("--no-emit-index-url", "")
        if ADDRESS_OPTION.search(text):
            found.append(name)
    assert found == []


def test_the_makefile_names_no_registry(root: Path) -> None:
    text = (root / "Makefile").read_text(encoding="utf-8").replace("--no-emit-index-url", "")
    assert not ADDRESS_OPTION.search(text)
    assert "://" not in text


def test_a_distribution_has_the_same_versions_in_every_lock() -> None:
    seen: dict[str, set[str]] = {}
    for path in INSTALLED_WITH_PROJECT:
        for name, found in versions(path).items():
            assert seen.setdefault(name, found) == found, f"{name} in {path.name}"


def test_each_lock_contains_the_smaller_one() -> None:
    run, services, dev, full = (
        set(versions(FOLDER / f"{name}.txt")) for name in ("run", "services", "dev", "sentence-transformers")
    )
    assert run < services < dev < full


@pytest.mark.parametrize("path", INSTALLED_WITH_PROJECT, ids=lambda path: path.stem)
def test_the_build_back_end_is_in_each_lock(path: Path) -> None:
    assert {"hatchling", "editables"} <= set(versions(path))


def test_the_default_install_has_no_torch() -> None:
    assert not {"torch", "sentence-transformers", "neo4j", "pandas"} & set(versions(FOLDER / "run.txt"))


@pytest.mark.parametrize("name", ["dramatiq", "tenacity"])
def test_an_override_is_still_needed(name: str) -> None:
    """docs/decisions/0004: the day dramatiq-pg accepts the locked version, the override goes."""
    (locked,) = versions(FOLDER / "run.txt")[name]
    asked = [Requirement(line) for line in requires("dramatiq-pg") or ()]
    bounds = [requirement.specifier for requirement in asked if requirement.name == name]
    assert bounds
    assert not any(bound.contains(locked) for bound in bounds)


def test_markers_choose_what_this_machine_takes(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "Some_Thing==1.0 ; python_full_version >= '3.11' \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
        "other==2 ; sys_platform == 'nowhere' \\\n    --hash=sha256:cc\n"
    )
    (pin,) = read_lock(lock)
    assert (pin.name, pin.version, pin.hashes) == ("some-thing", "1.0", frozenset({"sha256:aa", "sha256:bb"}))


@pytest.mark.parametrize("entry", ["thing>=1 --hash=sha256:aa\n", "thing==1\n", "thing==1,!=2 --hash=sha256:aa\n"])
def test_a_loose_entry_is_refused(tmp_path: Path, entry: str) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(entry)
    with pytest.raises(ValueError, match="thing has no exact version with hashes"):
        read_lock(lock)
