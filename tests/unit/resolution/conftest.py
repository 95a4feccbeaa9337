"""Builders of small profile tables and a world of invented people."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from creatorgraph.resolution.feature.population import Population, population_of
from creatorgraph.resolution.profile_table import PROFILE_SCHEMA

Rows = Sequence[Mapping[str, object]]
MakeTable = Callable[[Rows], pa.Table]
MakePopulation = Callable[..., Population]

GIVEN_TEXT = """
Ada Boris Chiara Dmitri Elif Farid Greta Hiro Ines
Jonas Kavya Lena Marek Nadia Oskar Priya Quentin Rosa
"""
GIVEN = GIVEN_TEXT.split()
FAMILY_TEXT = """
Abendroth Belcourt Castellan Drozdov Eskildsen
Farrokh Grunewald Hathaway Ibarra Jankovic Kowalczyk
"""
FAMILY = FAMILY_TEXT.split()


def _table(rows: Rows) -> pa.Table:
    full = []
    for row in rows:
        filled: dict[str, object] = {**dict.fromkeys(PROFILE_SCHEMA.names), "platform": "other", **row}
        if filled["username"] and not filled["usernames"]:
            filled["usernames"] = [f"{filled['platform']}:{str(filled['username']).lower()}"]
        full.append(filled)
    return pa.Table.from_pylist(full, schema=PROFILE_SCHEMA)


@pytest.fixture(scope="session")
def make_table() -> MakeTable:
    """Rows with any of PROFILE_SCHEMA's columns (profile_id at least) as a table; usernames become canonical accounts."""
    return _table


@pytest.fixture(scope="session")
def make_population() -> MakePopulation:
    """Rows, in the order of their profile ids, as a population."""

    def make(rows: Rows, vectors: NDArray[np.float32] | None = None) -> Population:
        return population_of(_table(rows), vectors)

    return make


@pytest.fixture(scope="session")
def people() -> list[dict[str, object]]:
    """120 invented people with one to three accounts each (`person` says whose, for the test only)."""
    rng = Random(5)
    rows: list[dict[str, object]] = []
    families = [family + ending for family in FAMILY for ending in ("", "ova", "ini", "eau")]
    names = rng.sample([(given, family) for given in GIVEN for family in families], 120)
    for person, (given, family) in enumerate(names):
        handle = f"{given}{family}".lower() if person % 3 else f"{family}{rng.randrange(10, 99)}".lower()
        for platform in rng.sample(["x", "instagram", "github", "youtube"], rng.choice([1, 2, 2, 3])):
            rows.append(
                {
                    "profile_id": f"p{len(rows):04d}",
                    "platform": platform,
                    "username": handle if rng.random() < 0.8 else f"{handle}{rng.randrange(9)}",
                    "display_name": f"{given} {family}" if rng.random() < 0.8 else None,
                    "location": rng.choice(["Lisbon", "Oslo", "Pune", None]),
                    "person": person,
                }
            )
    return rows
