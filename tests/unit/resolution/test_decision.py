"""Decisions of people hold in every result, whatever else is decided or comes in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorgraph.domain.decision import Decision, Verdict
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.pipeline import resolve
from tests.remembered_weight import RememberedWeights

MakeTable = Callable[[Sequence[Mapping[str, object]]], pa.Table]
Rows = list[dict[str, object]]
Pair = tuple[str, str]
Verdicts = dict[Pair, Verdict]

IDS = tuple("abcdefg")
SCORING = RememberedWeights()
values = st.sampled_from(["jane roe", "janeroe", "Roe, Jane", "j roe", "zed", "Яна Роу", "janeroe42", None])
worlds = st.lists(
    st.fixed_dictionaries(
        {
            "platform": st.sampled_from(["x", "github", "website"]),
            "username": values,
            "display_name": values,
            "emails": st.sampled_from([["e1"], ["e2"], None]),
            "hosts": st.sampled_from([["roe.example"], None]),
        }
    ),
    min_size=3,
    max_size=len(IDS),
)
decided = st.dictionaries(
    st.sampled_from(list(combinations(IDS, 2))), st.sampled_from([Verdict.SAME, Verdict.DIFFERENT]), max_size=8
)


def named(rows: Rows) -> Rows:
    return [{"profile_id": profile_id, **row} for profile_id, row in zip(IDS, rows, strict=False)]


def decisions_of(verdicts: Verdicts) -> list[Decision]:
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Decision(
            decision_id=f"d{number}", left=ProfileId(left), right=ProfileId(right), verdict=verdict, actor="test",
            at=begin + timedelta(minutes=number),
        )
        for number, ((left, right), verdict) in enumerate(verdicts.items())
    ]  # fmt: skip


@pytest.fixture(scope="module")
def model(make_table: MakeTable, people: Rows) -> ModelArtefact:
    found = resolve(make_table([{name: value for name, value in row.items() if name != "person"} for row in people]))
    assert found.artefact is not None
    return found.artefact


def clusters(table: pa.Table, verdicts: Verdicts, model: ModelArtefact | None = None) -> dict[str, int]:
    """By a model that is trained on them, unless one is given."""
    scoring = None if model is None else SCORING
    found = resolve(table, decisions=decisions_of(verdicts), model=model, scoring=scoring).clusters
    return dict(zip(*(column.to_pylist() for column in found.columns), strict=True))


def held_together(ids: Sequence[str], verdicts: Verdicts) -> list[set[str]]:
    """The groups that must-links make; what is tied to a profile that is gone stays tied, so those are in them too."""
    groups = [{profile_id} for profile_id in sorted({*ids, *(end for pair in verdicts for end in pair)})]
    for pair, verdict in verdicts.items():
        if verdict is Verdict.SAME:
            touched = [group for group in groups if group & set(pair)]
            groups = [group for group in groups if not group & set(pair)] + [set().union(*touched)]
    return groups


@settings(max_examples=15, deadline=None)
@given(worlds, decided)
def test_never_links_always_hold_and_must_links_where_none_forbids_them(
    make_table: MakeTable, rows: Rows, verdicts: Verdicts
) -> None:
    table = make_table(named(rows))
    found = clusters(table, verdicts)
    never = [pair for pair, verdict in verdicts.items() if verdict is Verdict.DIFFERENT]
    assert all(found[one] != found[other] for one, other in never if {one, other} <= set(found))
    for group in held_together(list(found), verdicts):
        if not any(set(pair) <= group for pair in never):
            assert len({found[profile_id] for profile_id in group if profile_id in found}) <= 1


@settings(max_examples=15, deadline=None)
@given(worlds, decided, st.integers(2, len(IDS)), st.data())
def test_a_never_link_holds_whatever_decisions_and_profiles_are_added(
    make_table: MakeTable, model: ModelArtefact, rows: Rows, more: Verdicts, kept: int, data: st.DataObject
) -> None:
    everyone = named(rows)
    one, other = sorted(data.draw(st.permutations([str(row["profile_id"]) for row in everyone]))[:2])
    few = [row for row in everyone if row["profile_id"] in (one, other)] + everyone[:kept]
    few = list({row["profile_id"]: row for row in few}.values())
    never: Verdicts = {(one, other): Verdict.DIFFERENT}
    for table, verdicts, used in (
        (make_table(few), never, model),
        (make_table(everyone), never, model),
        (make_table(everyone), {**more, **never}, model),
        (make_table(everyone), {**more, **never}, None),
    ):
        found = clusters(table, verdicts, used)
        assert found[one] != found[other]


def test_a_never_link_parts_two_profiles_that_everything_ties(make_table: MakeTable) -> None:
    rows: Rows = [
        {"profile_id": c, "platform": p, "username": "qvxlentz42", "display_name": "Quentin Vexlentz", "emails": ["e"]}
        for c, p in zip("abc", ("x", "github", "youtube"), strict=True)
    ]
    table = make_table(rows)
    assert len(set(clusters(table, {}).values())) == 1
    found = clusters(table, {("a", "b"): Verdict.DIFFERENT, ("b", "c"): Verdict.SAME, ("a", "c"): Verdict.SAME})
    assert found["a"] != found["b"]
    assert found["c"] in (found["a"], found["b"])
