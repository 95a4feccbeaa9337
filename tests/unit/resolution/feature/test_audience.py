import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorgraph.resolution.feature.audience import MAX_PROFILES, AudienceTable, audience_table


def table_of(mentions: list[list[str]]) -> AudienceTable:
    return audience_table(pa.array(mentions, pa.list_(pa.string())))


def test_bits_are_those_of_the_share_that_mentions_an_account() -> None:
    table = table_of([["x:a", "x:b"], ["x:A", "x:c"], ["x:b", "x:a"], ["x:d"], []])
    assert sorted(table.bits.tolist()) == pytest.approx([np.log2(4 / 3), 1.0])
    assert table.given.tolist() == [True, True, True, True, False]
    assert table.entries.degree.tolist() == [2, 1, 2, 0, 0]


def test_an_account_that_very_many_mention_is_left_out() -> None:
    crowd = [["x:star", f"x:f{i // 2}"] for i in range(MAX_PROFILES + 1)]
    table = table_of(crowd)
    assert table.entries.frequency().max() == 2
    assert table.given.all()


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=4), max_size=30))
def test_the_rarer_the_dearer(mentions: list[list[str]]) -> None:
    table = table_of(mentions)
    order = table.entries.frequency().argsort(kind="stable")
    assert (np.diff(table.bits[order]) <= 1e-9).all()
    assert (table.bits >= 0).all()
