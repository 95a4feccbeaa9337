"""Saved models: whole, the same when read again, refused where they do not fit, and open to Splink."""

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.model.artefact import ModelArtefact, artefact_of
from creatorgraph.resolution.model.calibration import isotonic
from creatorgraph.resolution.model.reference_table import digest_of, packed, unpacked
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.resolution.signals import SIGNALS

MakeTable = Callable[[Sequence[Mapping[str, object]]], pa.Table]
People = list[dict[str, object]]


@pytest.fixture(scope="module")
def model(make_table: MakeTable, people: People) -> ModelArtefact:
    found = resolve(make_table(people[:120])).artefact
    assert found is not None
    return replace(found, calibration=isotonic(np.array([-1.0, 1.0]), np.array([0.2, 0.7])))


def saved(model: ModelArtefact) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(model.document))
    return document


def read(document: dict[str, Any], model: ModelArtefact) -> ModelArtefact:
    return artefact_of(document, unpacked(packed(model.reference)), SIGNALS, where="model.json")


def test_a_model_that_was_saved_is_the_same(model: ModelArtefact, make_table: MakeTable, people: People) -> None:
    again = read(saved(model), model)
    assert again.document == model.document
    assert digest_of(packed(again.reference)) == digest_of(packed(model.reference))
    later = make_table(people[60:])
    assert resolve(later, model=again).links.equals(resolve(later, model=model).links)


def test_a_trained_model_serves_others(model: ModelArtefact, make_table: MakeTable, people: People) -> None:
    """Profiles that it has never seen are put together as well as by a model of their own."""
    later = make_table(people[120:])
    person = {str(row["profile_id"]): row["person"] for row in people}

    def f1(found: pa.Table) -> float:
        ids, clusters = (column.to_pylist() for column in found.columns)
        pairs = [(i, j) for i in range(len(ids)) for j in range(i)]
        same = {pair for pair in pairs if person[ids[pair[0]]] == person[ids[pair[1]]]}
        joined = {pair for pair in pairs if clusters[pair[0]] == clusters[pair[1]]}
        return 2 * len(same & joined) / (len(same) + len(joined))

    assert f1(resolve(later, model=model).clusters) > f1(resolve(later).clusters) - 0.03


def test_calibration_is_a_row_of_the_waterfall(model: ModelArtefact, make_table: MakeTable, people: People) -> None:
    links = resolve(make_table(people), model=model).links.to_pylist()
    rows = [row for link in links for row in link["evidence"] if row["signal"] == "calibration"]
    assert rows
    for link in links:
        assert sum(row["match_weight"] for row in link["evidence"]) == pytest.approx(link["match_weight"], abs=0.04)


def test_its_settings_open_in_splink(model: ModelArtefact) -> None:
    settings = saved(model)["settings"]
    records = pa.table(
        {
            "unique_id": pa.array([1, 2], pa.int64()),
            "pair_levels": pa.array([[(2, 1)], []], pa.map_(pa.int64(), pa.int64())),
            "partners": pa.array([[7], [7]], pa.list_(pa.int64())),
        }
    )
    engine = DuckDBAPI(connection=duckdb.connect())
    scored = Linker(engine.register(records), settings).inference.predict(warning_mode="never")
    assert len(scored.as_record_list()) == 1


def test_the_version_names_the_content(model: ModelArtefact) -> None:
    other = replace(model, match_threshold=0.5)
    assert other.document["model_version"] != model.document["model_version"]


def _rename_signal(document: dict[str, Any]) -> None:
    document["signals"]["shoe_size"] = document["signals"].pop("phone")


def _drop_level(document: dict[str, Any]) -> None:
    document["signals"]["phone"].remove("few")


def _older(document: dict[str, Any]) -> None:
    del document["schema_version"]


def _other_counts(document: dict[str, Any]) -> None:
    document["reference"] = "0" * 64


def _no_share(document: dict[str, Any]) -> None:
    document["settings"]["comparisons"][0]["comparison_levels"][1]["m_probability"] = 0


def _no_limits(document: dict[str, Any]) -> None:
    del document["context_limits"]


def _certain(document: dict[str, Any]) -> None:
    document["settings"]["probability_two_random_records_match"] = 1.0


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_rename_signal, "it has no signal phone; it has a signal shoe_size"),
        (_drop_level, r"signal phone has other levels \(lacks few\)"),
        (_older, "the model is of schema 1, not 3"),
        (_other_counts, "the counts are not those that the model was trained with"),
        (_no_share, "an m or u is missing, or is no probability"),
        (_no_limits, "the model cannot be read: 'context_limits'"),
        (_certain, "the prior or the threshold is no probability"),
    ],
)
def test_what_does_not_fit_is_refused(model: ModelArtefact, spoil: Callable[[dict[str, Any]], None], says: str) -> None:
    document = copy.deepcopy(saved(model))
    spoil(document)
    with pytest.raises(InvalidInputError, match=says) as caught:
        read(document, model)
    assert caught.value.where == "model.json"
    assert caught.value.mend
