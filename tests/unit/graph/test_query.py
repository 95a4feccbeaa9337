"""Query files: every name is found, every query is used by its engine's words."""

from pathlib import Path

import pytest

import creatorgraph.graph
from creatorgraph.graph.query import load_queries

FOLDER = Path(creatorgraph.graph.__file__).parent
FILES = sorted([*FOLDER.rglob("*.sql"), *FOLDER.rglob("*.cypher")])


def test_names_split_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.sql"
    path.write_text("-- what this is\n-- name: one\nSELECT 1\n\n-- name: two\nSELECT 2 -- name: no\n")
    assert load_queries(path) == {"one": "SELECT 1", "two": "SELECT 2 -- name: no"}


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(FOLDER)) for path in FILES])
def test_every_query_is_used(path: Path) -> None:
    code = "".join(module.read_text() for module in path.parent.rglob("*.py"))
    dynamic = {"of_profiles", "of_identifiers", "of_creators", "profiles", "identifiers", "creators"}
    dynamic |= {"member_of", "linked", "similar_to", "mentions"}
    queries = load_queries(path)
    assert queries
    unused = {name for name in queries if f'"{name}"' not in code} - dynamic
    assert not unused
