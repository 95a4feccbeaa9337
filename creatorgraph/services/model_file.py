"""The files of a trained model: `model.json`, whose `settings` open in Splink, and the counts beside it."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import orjson

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.model.artefact import ModelArtefact, artefact_of
from creatorgraph.resolution.model.reference_table import packed, unpacked
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.services.whole_file import replace_file

_COUNTS = ".counts.npz"
"""What follows the model's name in the name of its counts."""
_LARGEST = 2 << 30
"""Bytes that the counts may unfold to: those of a million profiles take some tens of millions."""


def counts_file(path: Path) -> Path:
    """Where the counts of the model in `path` lie: `model.counts.npz` for `model.json`."""
    return path.with_suffix(_COUNTS)


def write_model(path: Path, model: ModelArtefact) -> None:
    """Both files, the counts first: a model.json that is there has its counts."""
    data = io.BytesIO()
    # named by a plain mapping, as savez takes it
    np.savez_compressed(data, **packed(model.reference))  # type: ignore[arg-type]
    replace_file(counts_file(path), lambda target: target.write_bytes(data.getbuffer()))
    document = orjson.dumps(model.document, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY)
    replace_file(path, lambda target: target.write_bytes(document))


def read_model(path: Path) -> ModelArtefact:
    """The model of a former run, for the signals of this version.

    Raises InvalidInputError, saying what is wrong and what to do, where a file is missing or broken, or the model is of other
    signals or levels.
    """
    counts = counts_file(path)
    for file in (path, counts):
        if not file.is_file():
            raise InvalidInputError(
                "there is no such file",
                where=str(file),
                mend=f"Name the model.json of a former run, with its {counts.name} beside it.",
            )
    try:
        document = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise InvalidInputError(f"this is no JSON: {error}", where=str(path), mend="Name a model.json.") from None
    if not isinstance(document, dict):
        raise InvalidInputError("this is no model of ours", where=str(path), mend="Name a model.json.")
    try:
        with zipfile.ZipFile(counts) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > _LARGEST:
            raise ValueError(f"{size} bytes")
        with np.load(counts, allow_pickle=False) as arrays:
            reference = unpacked({name: arrays[name] for name in arrays.files})
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise InvalidInputError(
            f"the counts cannot be read: {error}", where=str(counts), mend="Train anew, or copy both files again."
        ) from None
    return artefact_of(document, reference, SIGNALS, where=str(path))


def options_with(model: ModelArtefact, options: ResolveOptions) -> ResolveOptions:
    """The options with the threshold that the model was trained with, for a caller who chose none."""
    threshold = model.match_threshold
    return replace(
        options,
        match_threshold=threshold,
        review_threshold=min(options.review_threshold, threshold),
        floor=min(options.floor, threshold),
    )
