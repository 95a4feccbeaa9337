import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorgraph.resolution.feature.avatar import PERSONAL, avatar_table

FACE = "0f1e2d3c4b5a6978"
HASHES = st.lists(st.one_of(st.just(""), st.from_regex(r"[0-9a-f]{16}", fullmatch=True)), min_size=2, max_size=20)


def distance(*hashes: str) -> int:
    return int(avatar_table(pa.array(hashes, pa.string())).distance(np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(
    ("one", "other", "bits"),
    [
        (FACE, FACE, 0),
        (FACE, FACE.upper(), 0),
        (FACE, "0f1e2d3c4b5a6979", 1),
        (FACE, "f0e1d2c3b4a59687", 64),
        (FACE, "", -1),
        (FACE * 2, FACE * 2, 0),
        (FACE * 2, FACE[::-1] * 2, -1),
        (FACE, FACE * 2, -1),
    ],
)
def test_distance(one: str, other: str, bits: int) -> None:
    assert distance(one, other) == bits


@pytest.mark.parametrize("blank", ["0" * 16, "8" + "0" * 15, "f" * 16, "0" * 15 + "1", "no hash"])
def test_a_blank_picture_counts_as_none(blank: str) -> None:
    assert avatar_table(pa.array([blank, blank])).picture.tolist() == [-1, -1]


def test_a_picture_that_many_show_counts_as_none() -> None:
    assert (avatar_table(pa.array([FACE] * PERSONAL)).picture == 0).all()
    assert (avatar_table(pa.array([FACE] * (PERSONAL + 1))).picture == -1).all()


def test_no_profiles_and_no_pictures() -> None:
    assert avatar_table(pa.array([], pa.string())).picture.tolist() == []
    assert distance("", "") == -1


@settings(deadline=None)
@given(HASHES, st.data())
def test_a_symmetric_distance_that_is_zero_for_equal_ones(hashes: list[str], data: st.DataObject) -> None:
    table = avatar_table(pa.array(hashes, pa.string()))
    rows = np.arange(len(hashes))
    other = np.array([data.draw(st.integers(0, len(hashes) - 1)) for _ in hashes])
    found = table.distance(rows, other)
    assert found.tolist() == table.distance(other, rows).tolist()
    assert (found <= 64).all()
    assert ((found == 0) == ((table.picture[rows] == table.picture[other]) & (table.picture[rows] >= 0))).all()
