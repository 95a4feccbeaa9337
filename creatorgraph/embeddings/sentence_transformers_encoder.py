"""The encoder for any sentence-transformers model, on the CPU or a GPU (extra `sentence-transformers`).

Nothing is downloaded: a model is the packaged one, a folder, or one that already lies in the Hugging Face cache.
"""

import hashlib
import importlib
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from creatorgraph.domain.error import InvalidInputError, UnavailableError
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.encoder import Vectors, encode_distinct
from creatorgraph.embeddings.packaged_model import PACKAGE, packaged_model

INSTALL = "pip install 'creatorgraph[sentence-transformers]'"
TEXTS_PER_STEP = 2048


class SentenceTransformersEncoder:
    """Normalised vectors of the model named `model`: the packaged name, a folder, or a name on the Hugging Face hub.

    `device` is torch's name of it ("cpu", "cuda"); None lets the library take a GPU where there is one. Raises
    UnavailableError when the extra is not installed or the model does not lie on this machine.
    """

    def __init__(self, model: str, device: str | None = None) -> None:
        library = _offline("sentence_transformers")
        folder, version = _locate(model)
        _offline("transformers").utils.logging.disable_progress_bar()
        try:
            self._model: Any = library.SentenceTransformer(str(folder), device=device, local_files_only=True)
        except (OSError, ValueError, RuntimeError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise InvalidInputError(f"sentence-transformers cannot load this model ({reason})", where=model) from error
        self._name = f"sentence-transformers/{version}/float32"
        self._dimensions = int(self._model.get_embedding_dimension())
        tokenizer = self._model.tokenizer
        self._empty = frozenset(getattr(tokenizer, "all_special_ids", ()))

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def encode(self, texts: Sequence[str], *, progress: Progress = Silent()) -> Vectors:
        """As the port says."""
        return encode_distinct(texts, self._dimensions, lambda distinct: self._encode(distinct, progress))

    def _encode(self, texts: list[str], progress: Progress) -> Vectors:
        progress.stage("encoding texts", len(texts))
        vectors = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_PER_STEP):
            step = texts[start : start + TEXTS_PER_STEP]
            known = [place for place, empty in enumerate(self._without_token(step)) if not empty]
            if known:
                vectors[[start + place for place in known]] = self._model.encode(
                    [step[place] for place in known], normalize_embeddings=True, show_progress_bar=False
                )
            progress.advance(len(step))
        return vectors

    def _without_token(self, texts: list[str]) -> list[bool]:
        """Which texts have no token that the model knows."""
        limit = self._model.max_seq_length
        tokens = self._model.tokenizer(texts, truncation=limit is not None, max_length=limit)["input_ids"]
        return [not text.strip() or self._empty.issuperset(ids) for text, ids in zip(texts, tokens, strict=True)]


def _offline(module: str) -> ModuleType:
    """Imports a module of the extra with the hub switched off, which it reads once, when it is imported."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        with warnings.catch_warnings():
            # torch and its friends warn of their own affairs at import; nothing that a user of ours can act on.
            warnings.simplefilter("ignore")
            return importlib.import_module(module)
    except ImportError as error:
        raise UnavailableError("the sentence-transformers encoder is not installed", mend=f"Run {INSTALL}") from error


def _locate(model: str) -> tuple[Path, str]:
    """The folder of a model and what it is called in the encoder's name: with version, checksum or commit."""
    if model == PACKAGE:
        packaged = packaged_model()
        return packaged.folder, f"{packaged.name}-{packaged.version}"
    folder = Path(model)
    if folder.is_dir():
        return folder, f"{folder.resolve().name}-{_folder_digest(folder)}"
    hub = _offline("huggingface_hub")
    # Names without an owner are the library's own models.
    repository = model if "/" in model else f"sentence-transformers/{model}"
    try:
        snapshot = Path(hub.snapshot_download(repository, local_files_only=True))
    except (OSError, ValueError) as error:
        raise UnavailableError(
            "this model does not lie on this machine, and nothing is downloaded while we run",
            where=model,
            mend=f"Fetch it once with `hf download {repository}`, or name a folder or {PACKAGE}.",
        ) from error
    return snapshot, f"{repository.replace('/', '--')}-{snapshot.name[:12]}"


def _folder_digest(folder: Path) -> str:
    """Twelve hex digits over the names and contents of the model's files."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".json", ".txt", ".model", ".safetensors", ".bin"}:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            with path.open("rb") as handle:
                digest.update(hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()[:12]
