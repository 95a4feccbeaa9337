"""A query that names a place finds who is there and about it, however many elsewhere are nearer."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.services import search_candidate, search_word
from creatorgraph.services.engines import Engines
from creatorgraph.services.index import sync_indexes
from creatorgraph.services.search_document import rebuild_documents
from creatorgraph.store.database import Database
from creatorgraph.store.table import profile
from tests.integration.conftest import embedded_engines, profile_id, write_world

Ask = Callable[..., Awaitable[dict[str, Any]]]
QUERY = """
query ($q: String!, $filter: CreatorFilter) { search(query: $q, first: 12, filter: $filter) {
  edges { node { creator { displayName golden { category { value } } } } } } }
"""
THERE = (0, 1, 2, 3, 4, 5)
"""The world's niches come in turn, so that some of these are about each."""


@pytest.fixture
def moved(database: Database, encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engines]:
    """The world with six creators in Ghent; a tenth of it, which must not make the place a common word."""
    for module in (search_word, search_candidate):
        monkeypatch.setattr(module, "COMMON_SHARE", 0.25)
    write_world(database)
    ids = [profile_id(number, platform) for number in THERE for platform in ("instagram", "youtube", "x")]
    with database.transaction() as connection:
        connection.execute(sa.update(profile).where(profile.c.profile_id.in_(ids)).values(location="Ghent, Belgium"))
    opened = embedded_engines(database, encoder, tmp_path)
    sync_indexes(opened)
    rebuild_documents(opened)
    yield opened
    opened.graph.close()


async def test_who_is_there_and_about_it_comes_first(ask: Ask, moved: Engines) -> None:
    async def found(query: str, **variables: object) -> list[tuple[str, str]]:
        answer = await ask(QUERY, over=moved, q=query, **variables)
        assert answer["errors"] == []
        nodes = [edge["node"]["creator"] for edge in answer["data"]["search"]["edges"]]
        return [(each["displayName"], each["golden"]["category"]["value"]) for each in nodes]

    names = {f"Maker {number:02}" for number in THERE}
    elsewhere = await found("who bakes sourdough bread")
    niche = elsewhere[0][1]
    bakers = [name for name, category in elsewhere if category == niche]
    assert not names.issuperset(bakers)

    there = await found("who bakes sourdough bread in Ghent")
    first, others = there[0], [each for each in there if each[1] == niche]
    assert first[0] in names
    assert first[1] == niche
    # who is elsewhere is still found, behind
    assert {name for name, _ in others} - names
    # the world's creators of odd numbers are in Lyon by their golden record
    assert all(int(name[-2:]) % 2 for name, _ in await found("bread in Ghent", filter={"locationContains": "lyon"}))
    assert (await found("Ghent"))[0][0] in names
    await moved.database.aclose()
