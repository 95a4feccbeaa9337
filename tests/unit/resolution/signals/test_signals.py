"""What holds for every signal: registered once, documented, symmetric, in range, neutral on missing data."""

import pkgutil
import sys
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest

from creatorgraph.resolution import signals
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population, population_of
from creatorgraph.resolution.model.pattern import levels_fit
from creatorgraph.resolution.profile_table import PROFILE_SCHEMA
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.signals.signal import MISSING, Signal

MakePopulation = Callable[..., Population]
NOT_SIGNALS = {"signal", "overlap", "page"}
ids = [signal.name for signal in SIGNALS]


def module_of(signal: Signal) -> str:
    return str(signal.compare.__module__)


def swapped(pairs: Pairs) -> Pairs:
    return Pairs(population=pairs.population, left=pairs.right, right=pairs.left)


@pytest.fixture(scope="module")
def pairs(make_population: MakePopulation, people: list[dict[str, object]]) -> Pairs:
    random = np.random.default_rng(0)
    rows = []
    for i, row in enumerate(people):
        extra: dict[str, object] = {
            "emails": [f"e{i % 50}"] if i % 3 else None,
            "phones": [f"p{i % 40}"] if i % 5 == 0 else None,
            "hosts": [f"h{i % 30}.example"] if i % 4 else None,
            "urls": [f"https://h{i % 30}.example/a"] if i % 4 else None,
            "accounts": [f"x:{people[i - 1]['username']}"] if i % 6 == 0 else None,
            "mentions": [str(people[i - 2]["username"])] if i % 7 == 0 else None,
            "bio": f"words number {i % 20} and zebra{i % 9}" if i % 2 else None,
            "company": ["Acme Ltd", "Acme", None][i % 3],
            "language": ["en", "fr", None][i % 3],
            "job_title": ["Welder", "Master welder", None][i % 3],
            "category": ["Musician", None, "Welder"][i % 3],
            "audience": [f"x:star{i % 8}", f"x:friend{i % 40}"] if i % 2 else None,
            "followers": 10 ** (i % 6) if i % 5 else None,
            "avatar_hash": f"{0x0F1E2D3C4B5A6978 ^ (i % 7) << (i % 50):016x}" if i % 3 else None,
            "email_locals": [str(row["username"])] if i % 4 == 0 else None,
            "username_local": row["username"] if i % 5 else None,
        }
        rows.append({**row, **extra})
    vectors = random.normal(size=(len(rows), 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[::2] = 0
    population = make_population(rows, vectors)
    every = np.array(list(combinations(range(90), 2)), dtype=np.int64)
    return Pairs(population=population, left=every[:, 0], right=every[:, 1])


def test_every_file_is_registered_once() -> None:
    files = {module.name for module in pkgutil.iter_modules(signals.__path__)} - NOT_SIGNALS
    assert sorted(module_of(s).rsplit(".", 1)[1] for s in SIGNALS) == sorted(files)
    assert len(set(ids)) == len(ids)


def test_levels_fit_into_a_code() -> None:
    assert levels_fit(SIGNALS)


@pytest.mark.parametrize("signal", SIGNALS, ids=ids)
def test_a_steward_can_read_it(signal: Signal) -> None:
    text = sys.modules[module_of(signal)].__doc__ or ""
    assert "?" in text.splitlines()[0]
    assert len(text.split()) >= 20
    assert all(level.text and level.name for level in signal.levels)
    assert len({level.name for level in signal.levels}) == len(signal.levels)


@pytest.mark.parametrize("signal", SIGNALS, ids=ids)
def test_what_is_believed_before_any_data_are_shares(signal: Signal) -> None:
    assert sum(level.m for level in signal.levels) == pytest.approx(1, abs=0.08)
    assert all(0 < level.m < 1 and 0 < level.u < 1 for level in signal.levels)
    assert all(0 <= i < len(signal.levels) for chain in signal.chains for i in chain)


@pytest.mark.parametrize("signal", SIGNALS, ids=ids)
def test_symmetric_and_in_range(signal: Signal, pairs: Pairs) -> None:
    levels = signal.compare(pairs)
    assert levels.shape == (len(pairs),)
    assert levels.min() >= MISSING
    assert levels.max() < len(signal.levels)
    # longest common blocks may be chosen differently from either side where several are equally long
    different = (levels != signal.compare(swapped(pairs))).mean()
    assert different == 0 if signal.name != "identity" else different < 0.01


@pytest.mark.parametrize("signal", SIGNALS, ids=ids)
def test_values_belong_to_their_sides(signal: Signal, pairs: Pairs) -> None:
    left, right = signal.values(pairs)
    assert len(left) == len(right) == len(pairs)


@pytest.mark.parametrize("signal", [s for s in SIGNALS if s.name not in ("identity", "platform")], ids=lambda s: s.name)
def test_neutral_on_missing_data(signal: Signal, make_population: MakePopulation) -> None:
    population = make_population([{"profile_id": "a"}, {"profile_id": "b"}])
    pairs = Pairs(population=population, left=np.array([0]), right=np.array([1]))
    assert signal.compare(pairs).tolist() == [MISSING]


@pytest.mark.parametrize("signal", [s for s in SIGNALS if s.name not in ("identity", "platform")], ids=lambda s: s.name)
def test_it_looks_at_the_columns_that_it_names(signal: Signal, pairs: Pairs) -> None:
    table = pairs.population.table
    assert signal.columns
    for column in signal.columns:
        place = PROFILE_SCHEMA.get_field_index(column)
        if PROFILE_SCHEMA.field(place).nullable:
            table = table.set_column(
                place, PROFILE_SCHEMA.field(place), pa.nulls(table.num_rows, PROFILE_SCHEMA.field(place).type)
            )
    population = population_of(table, None if signal.name == "bio" else pairs.population.vectors)
    without = Pairs(population=population, left=pairs.left, right=pairs.right)
    assert (signal.compare(pairs) > MISSING).any()
    assert (signal.compare(without) == MISSING).all()
