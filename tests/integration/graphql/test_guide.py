"""Every GraphQL block of the guides is valid, and runs without an error."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from graphql import OperationDefinitionNode, OperationType, build_schema, parse, validate

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.steward import Role, Steward, StewardId
from creatorgraph.graphql.schema import sdl
from creatorgraph.resolution.identity import new_creator_id

Ask = Callable[..., Awaitable[dict[str, Any]]]

ROOT = Path(__file__).parents[3]
PLACES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCKS = [
    pytest.param(block, id=f"{place.stem}-{number}")
    for place in PLACES
    for number, block in enumerate(re.findall(r"^```graphql\n(.*?)^```", place.read_text(), re.DOTALL | re.MULTILINE))
]


def test_the_guide_has_blocks() -> None:
    assert len(BLOCKS) >= 12


@pytest.mark.parametrize("block", BLOCKS)
async def test_every_block_runs(creators: tuple[CreatorId, ...], ask: Ask, block: str) -> None:
    analyst = Steward(
        steward_id=StewardId(new_creator_id()), name="ben", role=Role.ANALYST, created_at=datetime.now(UTC)
    )
    steward_asks = partial(ask, caller=analyst)
    known: dict[str, object] = {
        "id": creators[0], "ids": [], "creators": creators[:2], "left": "p001i", "right": "p001x",
        "from": creators[1], "to": creators[2], "after": None,
    }  # fmt: skip
    operations = [each for each in parse(block).definitions if isinstance(each, OperationDefinitionNode)]
    names = [variable.variable.name.value for each in operations for variable in each.variable_definitions or ()]
    if any(each.operation is not OperationType.QUERY for each in operations):
        # the world is for reading: what changes or follows it is only checked against the schema
        assert validate(build_schema(sdl()), parse(block)) == []
        return
    found = await steward_asks(block, **{name: known.get(name) for name in names})
    assert found["errors"] == []
    assert found["data"]
