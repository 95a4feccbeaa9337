from pathlib import Path

import numpy as np
import orjson
import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.profile import Profile
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import Parsed, parse_record
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.resolution.profile_table import to_table
from creatorgraph.services.model_file import counts_file, options_with, read_model, write_model


def profile(number: int, platform: str) -> Profile:
    record = {"profile_id": f"{platform}{number}", "platform": platform, "username": f"qvx{number * 7919}"}
    parsed = parse_record(record, hasher=ContactHasher(b"k" * 32), where="1")
    assert isinstance(parsed, Parsed)
    return parsed.profile


@pytest.fixture(scope="module")
def model() -> ModelArtefact:
    found = resolve(to_table([profile(n, p) for n in range(12) for p in ("x", "github")])).artefact
    assert found is not None
    return found


def test_what_was_written_is_read(tmp_path: Path, model: ModelArtefact) -> None:
    write_model(tmp_path / "model.json", model)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.counts.npz", "model.json"]
    again = read_model(tmp_path / "model.json")
    assert again.document == model.document
    # a model tells nobody's usernames
    assert b"qvx7919" not in (tmp_path / "model.json").read_bytes()


def test_missing_and_broken_files_are_told(tmp_path: Path, model: ModelArtefact) -> None:
    path = tmp_path / "model.json"
    with pytest.raises(InvalidInputError, match="there is no such file"):
        read_model(path)
    write_model(path, model)
    whole = counts_file(path).read_bytes()
    counts_file(path).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InvalidInputError, match="the counts cannot be read"):
        read_model(path)
    np.savez_compressed(counts_file(path), other=np.zeros(3))
    with pytest.raises(InvalidInputError, match="the counts cannot be read"):
        read_model(path)
    counts_file(path).unlink()
    with pytest.raises(InvalidInputError, match=r"model\.counts\.npz beside it"):
        read_model(path)
    counts_file(path).write_bytes(whole)
    for text, says in ((b"{", "no JSON"), (b"[]", "no model of ours"), (orjson.dumps({"a": 1}), "no model of ours")):
        path.write_bytes(text)
        with pytest.raises(InvalidInputError, match=says):
            read_model(path)


def test_the_threshold_of_the_training_stands_for_a_caller_who_chose_none(model: ModelArtefact) -> None:
    assert options_with(model, ResolveOptions(match_threshold=0.9)).match_threshold == model.match_threshold
