import pyarrow as pa
import pytest

from creatorgraph.resolution.feature.handle import handle_table
from creatorgraph.resolution.feature.name_table import name_table

NAMES = pa.array(["Ann Lee", "Bob Roe", "Cid Fox", "Dee Ray", None, "Eve Kim"], pa.string())
USERNAMES = pa.array(["annlee", "bob_roe", "cidfox7", "deecooks", "nobody", None], pa.string())
PLATFORMS = pa.array(["x"] * 6, pa.string())


def test_a_form_that_many_have_is_common() -> None:
    table = handle_table(PLATFORMS, USERNAMES, name_table(NAMES))
    assert table.bits[0] == table.bits[2] < table.bits[1] == table.bits[3]
    assert (table.marked >= 0).tolist() == [True, True, True, True, False, False]
    assert table.counts.total == 4


def test_known_counts_say_how_common_forms_are() -> None:
    known = handle_table(PLATFORMS, USERNAMES, name_table(NAMES)).counts
    alone = handle_table(PLATFORMS[:1], USERNAMES[:1], name_table(NAMES[:1]), known)
    both = handle_table(PLATFORMS, USERNAMES, name_table(NAMES), known)
    assert alone.bits[0] == pytest.approx(both.bits[0])


def test_without_profiles() -> None:
    none = pa.array([], pa.string())
    assert len(handle_table(none, none, name_table(none)).bits) == 0
