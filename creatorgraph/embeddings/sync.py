"""Brings the index in step with texts: encodes what changed, and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.embeddings.text import text_digest

# With the default batch size, a killed run has at most 32,768 texts (about a minute) to encode again.
BATCHES_PER_SAVE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncResult:
    """Counts: texts encoded, those whose digest was the same, ids taken out (asked for, or their text is now empty)."""

    encoded: int
    unchanged: int
    removed: int


def sync_index(
    index: VectorIndex,
    encoder: Encoder,
    items: Iterable[tuple[str, str]],
    *,
    remove: Iterable[str] = (),
    batch_size: int = 2048,
    batches_per_save: int = BATCHES_PER_SAVE,
    progress: Progress = Silent(),
) -> SyncResult:
    """Makes the index hold the text of each (id, text), after taking out the ids of `remove`; ids of neither stay.

    A text that says nothing to the encoder is not indexed. Saves every so many batches and at the end, so that a killed
    run goes on where it was. Raises UnavailableError when the index cannot be saved.
    """
    progress.stage("indexing texts")
    removed = index.remove(remove)
    encoded = unchanged = batches = 0
    for batch in _batches(items, batch_size):
        # Of an id that comes twice in a batch, the last text counts, as it would in two batches.
        digests = {name: text_digest(text) for name, text in batch.items()}
        known = index.digests_of(batch)
        changed = [name for name in batch if known.get(name) != digests[name]]
        unchanged += len(batch) - len(changed)
        vectors = encoder.encode([batch[name] for name in changed])
        rows = np.flatnonzero(vectors.any(axis=1))
        filled = [changed[row] for row in rows]
        removed += index.remove(set(changed) - set(filled))
        index.upsert(filled, [digests[name] for name in filled], vectors[rows])
        encoded += len(filled)
        batches += bool(changed)
        progress.advance(len(batch))
        if changed and batches % batches_per_save == 0:
            index.save()
    index.save()
    return SyncResult(encoded=encoded, unchanged=unchanged, removed=removed)


def _batches(items: Iterable[tuple[str, str]], size: int) -> Iterator[dict[str, str]]:
    pending = iter(items)
    while batch := list(islice(pending, size)):
        yield dict(batch)
