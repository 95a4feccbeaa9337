"""A run goes over what has not changed where this machine lacks what profiles are resolved by as they arrive."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import pytest

from creatorgraph.domain.error import UnavailableError
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.model_file import read_model
from creatorgraph.services.resolve import model_path, resolve_all

Write = Callable[..., Path]


def serves(engines: Engines) -> bool:
    with engines.database.transaction() as connection:
        return Arrivals(engines).ready(connection) is not None


def without_arrivals(engines: Engines) -> Engines:
    return replace(engines, settings=engines.settings.model_copy(update={"arrivals": False}))


def lose(folder: Path) -> None:
    rmtree(folder)


def blank(folder: Path) -> None:
    """As though another version of the program had written it."""
    for file in folder.glob("*/model.json"):
        file.write_bytes(b"{}")


@pytest.mark.parametrize("spoil", [lose, blank])
def test_a_machine_without_the_model_gets_it_by_a_run(resolved: Engines, spoil: Callable[[Path], None]) -> None:
    assert serves(resolved)
    spoil(resolved.settings.data_dir / "arrival")
    assert not serves(resolved)
    matching = Matching(resolved)
    asked = matching.asked({"username": "maya"})
    with pytest.raises(UnavailableError, match="un `creatorgraph resolve` here"):
        matching.match(asked, first=1, min_probability=0.0)
    assert not resolve_all(resolved).unchanged
    assert serves(resolved)
    assert matching.match(asked, first=1, min_probability=0.0).model_version
    assert resolve_all(resolved).unchanged


def test_arrivals_that_are_switched_on_get_their_index_by_a_run(engines: Engines, world: Path) -> None:
    off = without_arrivals(engines)
    ingest_files(off, [world / "profiles.jsonl"])
    resolve_all(off)
    assert resolve_all(off).unchanged
    assert not serves(engines)
    assert not resolve_all(engines).unchanged
    assert serves(engines)
    assert resolve_all(engines).unchanged
    # to switch them off again leaves nothing to do
    assert resolve_all(off).unchanged


def test_an_index_that_a_run_without_arrivals_has_left_behind_serves_nobody(
    resolved: Engines, write_file: Write
) -> None:
    """The model is the same: only whom the index knows is not."""
    model = read_model(model_path(resolved.settings))
    ingest_files(
        resolved, [write_file("new.jsonl", {"profile_id": "zz-new", "platform": "vk", "username": "newcomer"})]
    )
    assert not resolve_all(without_arrivals(resolved), model=model).unchanged
    assert not serves(resolved)
    assert not resolve_all(resolved, model=model).unchanged
    assert serves(resolved)
