"""Vectors of bios for a run over files: each different text encoded once, or none where there are too many."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.embeddings.text import encoded_bio
from creatorgraph.services.work_folder import WorkFolder

SETTING = "CREATORGRAPH_ENCODE_LIMIT"
_STAGE = "vectors"


@dataclass(frozen=True, slots=True, kw_only=True)
class BioVectors:
    """`vectors` (rows, dimensions), zeros where there is no bio; None where bios are compared by their words alone, and
    then `warning` says why, unless there are no bios at all."""

    vectors: NDArray[np.float32] | None
    warning: str | None = None


def limit_warning(different: int, limit: int) -> str | None:
    """Why `different` bios are compared by their words alone; None where they are not more than `limit`."""
    if different <= limit:
        return None
    return (
        f"{different:,} different bios are more than {SETTING} ({limit:,}): "
        "they are compared by the rare words they share, not by their meaning"
    )


def encode_bios(
    bios: pa.ChunkedArray,
    encoder: Callable[[], Encoder],
    *,
    limit: int,
    work: WorkFolder,
    progress: Progress = Silent(),
) -> BioVectors:
    """Encodes `bios` (strings) where at most `limit` of them differ; the encoder is opened only then.

    The vectors are a stage of `work`: a run that goes on finds them there.
    """
    progress.stage("Counting bios")
    different = pc.count_distinct(bios, mode="only_valid").as_py()
    warning = limit_warning(different, limit)
    if warning is not None or different == 0:
        return BioVectors(vectors=None, warning=warning)
    coded = bios.combine_chunks().dictionary_encode()
    chosen = encoder()
    file = work.file("vectors.npy")
    if work.finished(_STAGE, chosen.name) is None:
        progress.stage("Encoding bios", different)
        vectors = chosen.encode([encoded_bio(text) for text in coded.dictionary.to_pylist()], progress=progress)
        work.begin(_STAGE, [file])
        np.save(file, vectors)
        work.finish(_STAGE, [file], settings=chosen.name)
    distinct = np.load(file, mmap_mode="r")
    places = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    whole = np.zeros((len(places), distinct.shape[1]), dtype=np.float32)
    filled = places >= 0
    whole[filled] = distinct[places[filled]]
    return BioVectors(vectors=whole)
