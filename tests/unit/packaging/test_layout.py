"""The shape of the tree (docs/decisions/0001, CONTRIBUTING.md)."""

from pathlib import Path

import graphql
import pytest

LONGEST = 300
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
SOURCES = ("creatorgraph", "benchmarks", "requirements")


def modules(root: Path) -> list[Path]:
    return [path for folder in SOURCES for path in (root / folder).rglob("*.py")]


def test_tests_are_no_packages(root: Path) -> None:
    """One `tests/graphql/__init__.py` would hide the graphql-core library."""
    assert list((root / "tests").rglob("__init__.py")) == []


def test_graphql_is_graphql_core(root: Path) -> None:
    assert Path(graphql.__file__).parent != root / "graphql"
    assert hasattr(graphql, "GraphQLSchema")
    assert not (root / "graphql").exists()


def test_no_module_is_too_long(root: Path) -> None:
    found = {str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(root)}
    assert found
    assert {name: length for name, length in found.items() if length > LONGEST} == {}


def test_no_module_has_a_vague_name(root: Path) -> None:
    assert [path for path in modules(root) if VAGUE & {*path.relative_to(root).parts[:-1], path.stem}] == []


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_the_usual_documents_are_there(root: Path, name: str) -> None:
    assert (root / name).stat().st_size > 0


def test_decisions_are_numbered_without_gaps(root: Path) -> None:
    names = sorted(path.name for path in (root / "docs" / "decisions").glob("*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_every_decision_says_what_holds_it(root: Path) -> None:
    for path in (root / "docs" / "decisions").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        for part in ("**Context.**", "**Decision.**", "**Consequence.**", "**Held by**"):
            assert part in text, f"{path.name}: {part}"
