import numpy as np
import pyarrow as pa
import pytest

from creatorgraph.resolution.comparison.name import NameComparison, compare_names
from creatorgraph.resolution.feature.name_table import name_table


def compare(one: str | None, two: str | None) -> NameComparison:
    table = name_table(pa.array([one, two], pa.string()))
    bits = np.full(len(table.words), 8.0, dtype=np.float32)
    return compare_names(table, bits, np.zeros(len(table.names), dtype=np.float32), np.array([0]), np.array([1]))


def test_order_does_not_matter() -> None:
    found = compare("Jane Roe", "ROE Jane")
    assert found.exact[0]
    assert found.compatible[0]
    assert found.bits[0] == pytest.approx(16)


@pytest.mark.parametrize(("one", "two"), [("Bob Roe", "Robert Roe"), ("Jane Kowalczyk", "Jane Kowalzcyk")])
def test_short_forms_and_typos_are_compatible(one: str, two: str) -> None:
    found = compare(one, two)
    assert found.compatible[0]
    assert not found.clash[0]


def test_different_full_names_clash() -> None:
    found = compare("Jane Roe", "Ali Haddad")
    assert found.clash[0]
    assert found.apart[0]


def test_one_word_in_common_clashes_but_is_not_apart() -> None:
    found = compare("Jane Roe", "Jane Abernathy-Worthington")
    assert not found.apart[0]


def test_missing_and_single_names_do_not_clash() -> None:
    assert not compare("Jane Roe", None).clash[0]
    assert not compare("Jane Roe", "Ali").clash[0]
