"""Every GraphQL block of the guides is valid, and runs without an error."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from creatorgraph.domain.creator import CreatorId

Data = Callable[..., Awaitable[dict[str, Any]]]

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
async def test_every_block_runs(creators: tuple[CreatorId, ...], data: Data, block: str) -> None:
    known: dict[str, object] = {
        "id": creators[0], "ids": [], "left": "p001i", "right": "p001x", "from": creators[1], "to": creators[2], "after": None
    }  # fmt: skip
    operations = [each for each in parse(block).definitions if isinstance(each, OperationDefinitionNode)]
    names = [variable.variable.name.value for each in operations for variable in each.variable_definitions or ()]
    assert await data(block, **{name: known[name] for name in names})
