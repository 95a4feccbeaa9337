"""What holds for the signals of single columns whatever the profiles say, by hypothesis."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals import audience, avatar, company, language, location, mailbox, occupation
from creatorgraph.resolution.signals.signal import MISSING, Signal

MakePopulation = Callable[..., Population]
Row = dict[str, object]

PATIENT = settings(deadline=None, max_examples=40)
FACE = 0x0F1E2D3C4B5A6978
HASH = st.one_of(
    st.builds(lambda bits: f"{FACE ^ bits:016x}", st.integers(0, 1 << 12)),
    st.sampled_from(["0" * 16, "f" * 32, "12ab34cd" * 4]),
)
NAME = st.sampled_from(["h1", "h2", "h3"])
TEXT = st.sampled_from(["Oslo, Norway", "Norway", "SF", "San Francisco", "Cook", "Head cook", "en", "en-GB", "English"])
COLUMNS: dict[str, tuple[Signal, tuple[str, ...]]] = {
    "audience": (audience.SIGNAL, ("audience",)),
    "avatar": (avatar.SIGNAL, ("avatar_hash",)),
    "company": (company.SIGNAL, ("company",)),
    "language": (language.SIGNAL, ("language",)),
    "location": (location.SIGNAL, ("location",)),
    "mailbox": (mailbox.SIGNAL, ("email_locals", "username_local", "emails")),
    "occupation": (occupation.SIGNAL, ("category", "job_title")),
}
LISTS = {"audience", "email_locals", "emails"}


def values(column: str) -> st.SearchStrategy[object]:
    if column in LISTS:
        return st.lists(NAME, max_size=3)
    return st.none() | {"avatar_hash": HASH, "username_local": NAME}.get(column, TEXT)


def populations(signal: str) -> st.SearchStrategy[list[Row]]:
    columns = {column: values(column) for column in COLUMNS[signal][1]}
    return st.lists(st.fixed_dictionaries(columns), min_size=2, max_size=8)


def every_pair(population: Population) -> Pairs:
    pairs = np.array(list(combinations(range(population.size), 2)), dtype=np.int64)
    return Pairs(population=population, left=pairs[:, 0], right=pairs[:, 1])


def numbered(rows: list[Row]) -> list[Row]:
    return [{"profile_id": f"{i}", **row} for i, row in enumerate(rows)]


@pytest.mark.parametrize("name", COLUMNS)
@PATIENT
@given(data=st.data())
def test_symmetric_and_neutral(name: str, make_population: MakePopulation, data: st.DataObject) -> None:
    signal, columns = COLUMNS[name]
    rows = data.draw(populations(name))
    pairs = every_pair(make_population(numbered(rows)))
    levels = signal.compare(pairs)
    back = signal.compare(Pairs(population=pairs.population, left=pairs.right, right=pairs.left))
    assert levels.tolist() == back.tolist()
    assert all(MISSING <= level < len(signal.levels) for level in levels.tolist())
    empty = np.array([not any(row[column] for column in columns) for row in rows])
    assert (levels[empty[pairs.left] | empty[pairs.right]] == MISSING).all()
    present = signal.present(pairs.population)
    assert (levels[~present[pairs.left] | ~present[pairs.right]] == MISSING).all()


@pytest.mark.parametrize("name", ["company", "language", "location", "occupation"])
@PATIENT
@given(data=st.data())
def test_nobody_is_more_like_another_than_like_their_double(
    name: str, make_population: MakePopulation, data: st.DataObject
) -> None:
    signal, _ = COLUMNS[name]
    rows = data.draw(populations(name))
    population = make_population(numbered([*rows, rows[0]]))
    others = np.arange(1, population.size)
    levels = signal.compare(Pairs(population=population, left=np.zeros(len(others), dtype=np.int64), right=others))
    assert levels[-1] == levels.max()


@PATIENT
@given(near=st.integers(0, 63), far=st.integers(0, 63))
def test_the_fewer_bits_differ_the_liker_the_pictures(make_population: MakePopulation, near: int, far: int) -> None:
    near, far = sorted((near, far))
    codes = [FACE, FACE ^ ((1 << near) - 1), FACE ^ ((1 << far) - 1)]
    population = make_population(numbered([{"avatar_hash": f"{code:016x}"} for code in codes]))
    shown = population.avatars.picture >= 0
    one, two = avatar.SIGNAL.compare(
        Pairs(population=population, left=np.array([0, 0]), right=np.array([1, 2]))
    ).tolist()
    assert not shown.all() or one >= two


@PATIENT
@given(shared=st.integers(0, 6), more=st.integers(0, 6))
def test_the_more_rare_mentions_the_liker(make_population: MakePopulation, shared: int, more: int) -> None:
    accounts = [f"x:{i}" for i in range(12)]
    crowd: list[Row] = [{"audience": [f"x:{i}-{side}" for side in "ab"]} for i in range(60)]
    rows: list[Row] = [
        {"audience": accounts},
        {"audience": [*accounts[:shared], "x:own"]},
        {"audience": [*accounts[: shared + more], "x:else"]},
        *crowd,
    ]
    population = make_population(numbered(rows))
    few, many = audience.SIGNAL.compare(
        Pairs(population=population, left=np.array([0, 0]), right=np.array([1, 2]))
    ).tolist()
    assert few <= many
