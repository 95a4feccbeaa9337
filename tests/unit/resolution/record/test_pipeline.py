"""The whole way from records to clusters, on invented people."""

import json
from random import Random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.model.splink_model import LEVELS_COLUMN, PARTNERS_COLUMN
from creatorgraph.resolution.result import Resolution, links_of
from tests.person_record import COLUMNS, People, people
from tests.unit.resolution.record.conftest import Resolve, Rows


def linked(found: Resolution) -> set[tuple[str, str]]:
    """Every two ids of one cluster."""
    members: dict[int, list[str]] = {}
    for row in found.clusters.sort_by("profile_id").to_pylist():
        members.setdefault(row["cluster"], []).append(row["profile_id"])
    return {(a, b) for ids in members.values() for i, a in enumerate(ids) for b in ids[i + 1 :]}


def precision_and_recall(found: Resolution, made: People) -> tuple[float, float]:
    pairs, true = linked(found), made.true_pairs
    return len(pairs & true) / len(pairs), len(pairs & true) / len(true)


@pytest.fixture(scope="module")
def made() -> People:
    return people(250, seed=7)


@pytest.fixture(scope="module")
def found(resolve: Resolve, made: People) -> Resolution:
    return resolve(made.rows, COLUMNS)


def test_invented_people_are_told_apart(found: Resolution, made: People) -> None:
    precision, recall = precision_and_recall(found, made)

    assert precision > 0.98
    assert recall > 0.98
    assert found.model["expected_matches"] == pytest.approx(len(made.true_pairs), rel=0.03)


@pytest.mark.parametrize("persons", [4, 30])
def test_small_files_too(resolve: Resolve, persons: int) -> None:
    few = people(persons, seed=2)

    assert linked(resolve(few.rows, COLUMNS)) == few.true_pairs


def test_names_and_dates_alone(resolve: Resolve, made: People) -> None:
    some = {name: COLUMNS[name] for name in ("given", "family", "born")}

    precision, recall = precision_and_recall(resolve(made.rows, some), made)

    assert precision > 0.9
    assert recall > 0.75


def test_a_name_in_one_column(resolve: Resolve, made: People) -> None:
    rows = [{**row, "name": f"{row['family']}, {row['given']}"} for row in made.rows]

    precision, recall = precision_and_recall(
        resolve(rows, {"name": "full_name", "born": "date", "street": "address", "town": "category"}), made
    )

    assert precision > 0.95
    assert recall > 0.85


def test_order_changes_nothing(resolve: Resolve, found: Resolution, made: People) -> None:
    rows = list(made.rows)
    Random(4).shuffle(rows)

    again = resolve(rows, COLUMNS)

    assert again.clusters.equals(found.clusters)
    assert again.links.equals(found.links)
    assert again.model == found.model


@settings(deadline=None, max_examples=4)
@given(order=st.randoms(use_true_random=False), persons=st.integers(1, 12))
def test_order_changes_nothing_in_small_files(resolve: Resolve, order: Random, persons: int) -> None:
    rows = people(persons, seed=persons).rows
    shuffled = order.sample(rows, len(rows))

    assert resolve(shuffled, COLUMNS).clusters.equals(resolve(rows, COLUMNS).clusters)


def test_evidence_adds_up_and_keeps_secrets(found: Resolution) -> None:
    links = list(links_of(found.links))

    assert links
    for link in links[:200]:
        assert sum(e.match_weight for e in link.evidence) == pytest.approx(link.match_weight)
        assert link.left < link.right
    shown = {e.signal for link in links for e in link.evidence if e.left_value is not None}
    assert shown == {"given", "family", "born", "address", "town"}


def test_the_saved_model_opens_in_splink(found: Resolution) -> None:
    settings_of_splink = json.loads(json.dumps(found.model["settings"]))
    code = 0
    empty = pa.table(
        {
            "unique_id": [1, 2],
            LEVELS_COLUMN: pa.array([[(2, code)], []], pa.map_(pa.int64(), pa.int64())),
            PARTNERS_COLUMN: [[1], [1]],
        }
    )
    linker = Linker(DuckDBAPI().register(empty), settings_of_splink)

    [scored] = linker.inference.predict(warning_mode="never").as_record_list()

    prior = found.model["settings"]["probability_two_random_records_match"]
    assert scored["match_probability"] == pytest.approx(prior)


@pytest.mark.parametrize("rows", [[], [{"id": "a"}], [{"id": f"{i}"} for i in range(40)]], ids=["none", "one", "mute"])
def test_records_that_say_nothing_stay_alone(resolve: Resolve, rows: Rows) -> None:
    found = resolve(rows, COLUMNS)

    assert found.summary.clusters == len(rows)
    assert found.links.num_rows == 0


def test_one_value_that_everybody_has_joins_nobody(resolve: Resolve) -> None:
    found = resolve([{"id": f"{i}", "email": "office@firm.example"} for i in range(400)], COLUMNS)

    assert found.summary.clusters == 400
    assert any("'email'" in warning for warning in found.summary.warnings)


def test_an_id_twice_is_refused(resolve: Resolve) -> None:
    with pytest.raises(InvalidInputError, match="occurs twice"):
        resolve([{"id": "a"}, {"id": "a"}], COLUMNS)


def test_dates_that_cannot_be_read_are_counted(resolve: Resolve) -> None:
    found = resolve([{"id": "a", "born": "spring"}, {"id": "b", "born": "1970-01-01"}], COLUMNS)

    assert found.summary.warnings == ("1 value of column 'born' could not be read and was ignored.",)
