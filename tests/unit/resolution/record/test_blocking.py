"""Which records meet, and what is left out and said."""

from creatorgraph.domain.progress import Silent
from creatorgraph.resolution.record.blocking import RecordCandidates, record_candidates
from tests.person_record import COLUMNS, people
from tests.unit.resolution.record.conftest import Kinds, MakeTable, Rows


def candidates(make_table: MakeTable, rows: Rows, kinds: Kinds, cap: int = 200) -> RecordCandidates:
    return record_candidates(make_table(rows, kinds), cap=cap, progress=Silent())


def met(found: RecordCandidates, one: int, two: int) -> bool:
    return (one, two) in set(zip(found.pairs.left.tolist(), found.pairs.right.tolist(), strict=True))


def test_one_key_is_enough(make_table: MakeTable) -> None:
    rows = [{"id": "a", "no": "A1B2C3"}, {"id": "b", "no": "a1b2-c3"}, {"id": "c", "no": "Z9"}]

    found = candidates(make_table, rows, {"no": "code"})

    assert met(found, 0, 1)
    assert not met(found, 0, 2)
    assert not met(found, 1, 2)


def test_exchanged_names_meet(make_table: MakeTable) -> None:
    rows = [{"id": "a", "given": "Green", "family": "Mitchell"}, {"id": "b", "given": "Mitchell", "family": "Green"}]

    assert met(candidates(make_table, rows, {"given": "given_name", "family": "surname"}), 0, 1)


def test_dates_that_share_two_parts_or_exchange_them_meet(make_table: MakeTable) -> None:
    born = ("1971-06-12", "1971-12-06", "1971-06-30", "1988-06-12", "1950-01-01")
    found = candidates(make_table, [{"id": f"{i}", "born": day} for i, day in enumerate(born)], {"born": "date"})

    assert [met(found, 0, other) for other in range(1, 5)] == [True, True, True, False]


def test_spelling_finds_what_no_key_does(make_table: MakeTable) -> None:
    titles = ["a survey of blocking", "ships of the line", "surveys on blocking", "the line of ships", "gardens"]
    found = candidates(make_table, [{"id": f"{i}", "title": t} for i, t in enumerate(titles)], {"title": "text"})

    assert met(found, 0, 2)
    assert met(found, 1, 3)


def test_a_common_value_finds_pairs_with_a_second_one_only(make_table: MakeTable) -> None:
    rows = [{"id": f"{i:03}", "given": "Ann", "town": f"t{i // 2}"} for i in range(60)]

    found = candidates(make_table, rows, {"given": "given_name", "town": "category"}, cap=20)

    assert met(found, 0, 1)
    assert not met(found, 0, 2)
    [warning] = found.warnings
    assert "'name'" in warning
    assert "60" in warning


def test_nearly_all_true_pairs_meet_among_few(make_table: MakeTable) -> None:
    made = people(300, seed=11)
    table = make_table(made.rows, COLUMNS)
    found = record_candidates(table, cap=200, progress=Silent())
    ids = table.ids.to_pylist()
    pairs = {(ids[a], ids[b]) for a, b in zip(found.pairs.left.tolist(), found.pairs.right.tolist(), strict=True)}

    assert len(pairs & made.true_pairs) / len(made.true_pairs) > 0.99
    assert len(pairs) < 0.1 * table.pairs


def test_reports_name_every_rule(make_table: MakeTable) -> None:
    found = candidates(make_table, people(40, seed=3).rows, COLUMNS)

    assert [report.rule for report in found.reports] == [
        "born", "email", "phone", "insurance_no", "name", "born in part", "two values", "spelling",
    ]  # fmt: skip
