"""The converted weights on disk: made once, checked at each start, made anew when the source changes or they are torn."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import orjson

from creatorgraph.domain.error import UnavailableError
from creatorgraph.embeddings.bert_conversion import convert_bert
from creatorgraph.embeddings.packaged_model import PackagedModel

_RECORD = "source.json"
_TOKENIZER = "tokenizer.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedModel:
    """A folder with a CTranslate2 encoder and its tokenizer. `max_tokens` counts the special tokens too."""

    folder: Path
    dimensions: int
    max_tokens: int

    @property
    def tokenizer(self) -> Path:
        return self.folder / _TOKENIZER


def converted_model(source: PackagedModel, model_dir: Path) -> ConvertedModel:
    """The conversion of `source` below `model_dir`, made now if it is missing, torn or of other weights.

    The folder's name has the checksum of the weights. It is written under a name of its own and renamed when complete, so
    two processes that start at once both end with a whole one. Raises UnavailableError when the folder cannot be written.
    """
    folder = model_dir / f"{source.name}-{source.version}-{source.digest[:16]}"
    found = _read(folder, source)
    if found is not None:
        return found
    try:
        model_dir.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=model_dir))
    except OSError as error:
        raise _unwritable(model_dir, error) from error
    try:
        source.verify()
        _write(fresh, source)
        _put_in_place(fresh, folder, source)
    except (OSError, RuntimeError) as error:
        raise _unwritable(model_dir, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    made = _read(folder, source)
    if made is None:
        raise UnavailableError("the converted model cannot be read back", where=str(folder), mend="Remove the folder.")
    return made


def _write(fresh: Path, source: PackagedModel) -> None:
    convert_bert(source.folder, fresh)
    shutil.copyfile(source.folder / _TOKENIZER, fresh / _TOKENIZER)
    config = orjson.loads((source.folder / "config.json").read_bytes())
    limit = orjson.loads((source.folder / "sentence_bert_config.json").read_bytes())
    record = {
        "source_sha256": source.digest,
        "dimensions": config["hidden_size"],
        "max_tokens": limit["max_seq_length"],
        "bytes": {path.name: path.stat().st_size for path in sorted(fresh.iterdir())},
    }
    (fresh / _RECORD).write_bytes(orjson.dumps(record, option=orjson.OPT_INDENT_2))


def _put_in_place(fresh: Path, folder: Path, source: PackagedModel) -> None:
    try:
        fresh.rename(folder)
    except OSError:
        # Another process was first (its folder will do), or a torn one lies there and makes way.
        if _read(folder, source) is not None:
            return
        torn = Path(tempfile.mkdtemp(prefix=".torn-", dir=folder.parent))
        folder.rename(torn / folder.name)
        shutil.rmtree(torn, ignore_errors=True)
        fresh.rename(folder)


def _read(folder: Path, source: PackagedModel) -> ConvertedModel | None:
    """The conversion if it is whole and of these weights. Sizes suffice: a rename puts whole folders in place only."""
    try:
        record = orjson.loads((folder / _RECORD).read_bytes())
        whole = all((folder / name).stat().st_size == size for name, size in record["bytes"].items())
        if not whole or record["source_sha256"] != source.digest:
            return None
        return ConvertedModel(folder=folder, dimensions=record["dimensions"], max_tokens=record["max_tokens"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _unwritable(model_dir: Path, error: Exception) -> UnavailableError:
    return UnavailableError(
        f"the encoder's model cannot be written ({error})",
        where=str(model_dir),
        mend="Free 200 MB there, or set CREATORGRAPH_DATA_DIR to a folder that can be written.",
    )
