"""Each different bio is encoded once, or none where they are too many."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.services.bio_vector import BioVectors, encode_bios
from creatorgraph.services.work_folder import WorkFolder

BIOS = pa.chunked_array([["potter", None, "baker"], ["potter", "  potter "]])


class LengthEncoder:
    """An encoder whose vectors can be told by eye: the length of the text."""

    name = "length"
    dimensions = 2

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str], *, progress: Progress = Silent()) -> Vectors:
        self.texts += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def encode(work: WorkFolder, encoder: LengthEncoder, limit: int, bios: pa.ChunkedArray = BIOS) -> BioVectors:
    return encode_bios(bios, lambda: encoder, limit=limit, work=work)


def test_different_bios_are_encoded_once_and_none_is_zeros(tmp_path: Path) -> None:
    encoder = LengthEncoder()
    with WorkFolder(tmp_path / "w", inputs="a") as work:
        found = encode(work, encoder, limit=3)
    assert found.warning is None
    assert sorted(encoder.texts) == ["baker", "potter", "potter"]
    assert found.vectors is not None
    assert found.vectors.tolist() == [[6, 1], [0, 0], [5, 1], [6, 1], [6, 1]]


@pytest.mark.parametrize("limit", [2, 0])
def test_more_than_the_limit_are_left_to_their_words_with_a_warning(tmp_path: Path, limit: int) -> None:
    with WorkFolder(tmp_path / "w", inputs="a") as work:
        found = encode_bios(BIOS, lambda: pytest.fail("opened"), limit=limit, work=work)
    assert found.vectors is None
    assert found.warning is not None
    assert f"CREATORGRAPH_ENCODE_LIMIT ({limit})" in found.warning
    assert found.warning.startswith("3 different bios")


def test_no_bios_need_no_encoder_and_no_warning(tmp_path: Path) -> None:
    with WorkFolder(tmp_path / "w", inputs="a") as work:
        nothing = pa.chunked_array([[None, None]], pa.string())
        found = encode_bios(nothing, lambda: pytest.fail("opened"), limit=0, work=work)
    assert found == BioVectors(vectors=None)


def test_a_run_that_goes_on_finds_the_vectors(tmp_path: Path) -> None:
    encoder = LengthEncoder()
    with suppress(KeyboardInterrupt), WorkFolder(tmp_path / "w", inputs="a") as work:
        first = encode(work, encoder, limit=3)
        raise KeyboardInterrupt
    with WorkFolder(tmp_path / "w", inputs="a") as work:
        again = encode(work, encoder, limit=3)
    assert len(encoder.texts) == 3
    assert np.array_equal(np.asarray(first.vectors), np.asarray(again.vectors))
