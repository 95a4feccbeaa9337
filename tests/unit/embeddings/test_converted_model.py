import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from creatorgraph.domain.error import DamagedError, InvalidInputError, UnavailableError
from creatorgraph.embeddings.bert_conversion import convert_bert
from creatorgraph.embeddings.converted_model import converted_model
from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder
from creatorgraph.embeddings.packaged_model import PackagedModel, packaged_model


@pytest.fixture(scope="module")
def source() -> PackagedModel:
    return packaged_model()


@pytest.fixture(scope="module")
def converted(source: PackagedModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return converted_model(source, tmp_path_factory.mktemp("models")).folder


@pytest.fixture
def model_dir(converted: Path, tmp_path: Path) -> Path:
    """A folder with a conversion of its own, for tests that change it."""
    shutil.copytree(converted, tmp_path / converted.name)
    return tmp_path


def test_the_packaged_weights_are_those_of_their_record(source: PackagedModel) -> None:
    source.verify()
    assert len(source.digest) == 64
    with pytest.raises(DamagedError, match="checksum"):
        replace(source, digest="0" * 64).verify()


def test_a_second_start_converts_nothing(source: PackagedModel, model_dir: Path) -> None:
    before = {path: path.stat().st_ino for path in model_dir.rglob("*")}
    model = converted_model(source, model_dir)
    assert (model.dimensions, model.max_tokens) == (384, 256)
    assert {path: path.stat().st_ino for path in model_dir.rglob("*")} == before


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json", "source.json"])
def test_a_torn_conversion_is_made_anew(source: PackagedModel, model_dir: Path, name: str) -> None:
    (folder,) = model_dir.iterdir()
    os.truncate(folder / name, 100)
    CTranslate2Encoder(model_dir).encode(["works"])
    assert (folder / name).stat().st_size > 100
    assert list(model_dir.iterdir()) == [folder]


def test_other_weights_get_a_folder_of_their_own(source: PackagedModel, model_dir: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(source.folder, other)
    with (other / "model.safetensors").open("r+b") as handle:
        handle.seek(-4, os.SEEK_END)
        handle.write(b"\0\0\0\0")
    changed = replace(source, folder=other)
    with pytest.raises(DamagedError, match="checksum"):
        converted_model(replace(changed, version="9"), model_dir)
    digest = subprocess.run(
        ["sha256sum", other / "model.safetensors"], capture_output=True, text=True, check=True
    ).stdout.split()[0]
    folder = converted_model(replace(changed, digest=digest), model_dir).folder
    assert folder != converted_model(source, model_dir).folder
    assert (folder / "model.bin").is_file()


def test_two_processes_that_start_at_once_both_work(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder as E;"
        "sys.exit(not E(Path(sys.argv[1]), threads=1).encode(['works']).any())"
    )
    started = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "models")]) for _ in range(3)]
    assert [process.wait() for process in started] == [0, 0, 0]
    assert len(list((tmp_path / "models").iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_named(source: PackagedModel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UnavailableError, match="file"):
        converted_model(source, tmp_path / "file" / "models")


def test_no_room_for_the_model_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path;"
        "from creatorgraph.domain.error import UnavailableError;"
        "from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder as E;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000_000, resource.RLIM_INFINITY))\n"
        "try: E(Path(sys.argv[1]))\n"
        "except UnavailableError as error: print(error)"
    )
    folder = tmp_path / "models"
    done = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=True)
    assert str(folder) in done.stdout
    assert list(folder.iterdir()) == []


def test_a_model_of_another_kind_is_refused(source: PackagedModel, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "gpt2", "hidden_act": "gelu"}')
    with pytest.raises(InvalidInputError, match="BERT"):
        convert_bert(tmp_path, tmp_path)
