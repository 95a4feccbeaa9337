"""However many objects a query returns, the number of SQL statements is the same."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from creatorgraph.services.engines import Engines
from creatorgraph.store.database import Database

Data = Callable[..., Awaitable[dict[str, Any]]]

CREATORS = """
query ($first: Int!) { creators(first: $first) { edges { node {
  displayName primaryProfile { username }
  golden { name { source { username } } bio { source { username } } }
  profiles(first: 5) { edges { node { username identifiers { value } links(first: 5) { edges { node { probability } } } } } }
  links(first: 5) { edges { node { left { username } right { username } evidence { signal explanation } } } }
  cohesion { weakestLink { evidence { signal } } bridges { probability } }
  history(first: 5) { edges { node { kind } } }
} } } }
"""
SEARCH = """
query ($first: Int!) { search(query: "bread", first: $first) { edges { node {
  highlights creator { displayName profiles(first: 3) { edges { node { username creator { displayName } } } } }
  matchedProfile { identifiers { value } }
} } } }
"""
REVIEW = """
query ($first: Int!) { reviewCandidates(first: $first) { edges { node {
  impact { followers } left { username } right { username } leftCreator { displayName } rightCreator { displayName }
  explanation { summary evidence { signal } sharedIdentifiers { value } via { probability } decision { verdict } }
} } } }
"""

TRIES = 4
"""A new connection asks the server who it is, and two answers that come apart make two batches of what both ask for next: the
machine's haste adds statements, and the fewest are what the query needs."""


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that both engines execute meanwhile."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    # any connection of any engine: the async one is made at its first use
    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("query", "few", "many", "most"), [(CREATORS, 2, 50, 11), (SEARCH, 2, 15, 11), (REVIEW, 2, 3, 10)]
)
async def test_statements_do_not_grow_with_the_answer(
    data: Data, engines: Engines, query: str, few: int, many: int, most: int
) -> None:
    counts: list[int] = []
    for first in (few, many):
        tries = []
        for _ in range(TRIES):
            with counted(engines.database) as statements:
                found = await data(query, first=first)
            assert len(next(iter(found.values()))["edges"]) == first
            tries.append(len(statements))
        counts.append(min(tries))
    assert counts[0] == counts[1]
    assert 0 < counts[1] <= most
