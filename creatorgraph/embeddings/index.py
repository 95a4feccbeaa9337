"""The vector index: which ids are nearest to a vector. On disk, changed in place, saved at once or not at all."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import Popen
from typing import cast

import numpy as np
import pyarrow as pa

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index_compaction import compacted, due, merged
from creatorgraph.embeddings.index_file import one_writer, unwritable
from creatorgraph.embeddings.index_filter import Allowed
from creatorgraph.embeddings.index_folder import read_parts, write_parts
from creatorgraph.embeddings.index_id import Rows, arrow_rows, equal_places, id_hashes, strings
from creatorgraph.embeddings.index_manifest import Manifest, read_manifest
from creatorgraph.embeddings.index_option import EXACT, IndexOptions
from creatorgraph.embeddings.index_process import start_rebuild
from creatorgraph.embeddings.index_rebuild import rebuild
from creatorgraph.embeddings.index_search import best
from creatorgraph.embeddings.index_segment import Part, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An id and its score: the inner product with the query, for unit vectors their cosine."""

    id: str
    score: float


class VectorIndex:
    """Vectors by id, in a folder. Changes are in memory until `save`.

    Threads may share one: `search` and `count` never wait and see each change whole or not at all; the others wait for
    each other. Processes may share a folder: writers take turns, and each adds its own changes to what the others saved.
    """

    def __init__(
        self, folder: Path, manifest: Manifest | None, parts: tuple[Part, ...], base: Manifest, options: IndexOptions
    ) -> None:
        """Use `open` or `create`. `manifest` is what lies on disk, `base` names encoder and dimensions."""
        self._folder, self._manifest, self._parts, self._base = folder, manifest, parts, base
        self._options = options
        self._replaces = False
        self._rebuilding: Popen[bytes] | None = None
        self._retired: tuple[Part, ...] = ()
        self._touched: set[str] = set()  # changed since the last save; parts without a record hold only these
        self._lock = threading.RLock()

    @classmethod
    def open(cls, folder: Path, *, encoder_name: str, dimensions: int, options: IndexOptions = EXACT) -> "VectorIndex":
        """The index in `folder`, an empty one if there is none. Every file is checked, then mapped, not read.

        `options` are for what is built from now on; without any every vector is kept to the bit.

        Raises DamagedError when a file is not as written or the vectors are those of another encoder.
        """
        manifest, parts = read_parts(folder, ())
        base = Manifest.empty(encoder=encoder_name, dimensions=dimensions)
        if manifest is not None:
            manifest.check(folder, encoder=encoder_name, dimensions=dimensions)
        return cls(folder, manifest, parts, base, options)

    @classmethod
    def create(
        cls, folder: Path, *, encoder_name: str, dimensions: int, options: IndexOptions = EXACT
    ) -> "VectorIndex":
        """An empty index that takes the place of whatever lies in `folder`, damaged or not, when it is first saved."""
        index = cls(folder, None, (), Manifest.empty(encoder=encoder_name, dimensions=dimensions), options)
        index._replaces = True
        return index

    @property
    def count(self) -> int:
        return sum(part.living for part in self._parts)

    @property
    def dead(self) -> int:
        """Rows that were removed and still lie on the disk, where no search looks; `rebuild` with `scrub` writes them away."""
        return sum(part.segment.rows - part.living for part in self._parts if part.segment.record)

    @property
    def dimensions(self) -> int:
        return self._base.dimensions

    def digests(self) -> Mapping[str, str]:
        """The digest of each id's text, as it was when encoded."""
        found: dict[str, str] = {}
        for part in self._parts:
            found.update(zip(*part.entries(), strict=True))
        return found

    def digests_of(self, ids: Iterable[str]) -> dict[str, str]:
        """The same for these ids alone; those that are not there are left out."""
        wanted = strings(ids)
        found: dict[str, str] = {}
        for part, rows in self._found(wanted):
            there = np.flatnonzero(rows >= 0)
            if len(there):
                names, digests = wanted.take(arrow_rows(there)), part.segment.digests.take(arrow_rows(rows[there]))
                found.update(zip(names.to_pylist(), digests.to_pylist(), strict=True))
        return found

    def upsert(self, ids: Sequence[str], digests: Sequence[str], vectors: Vectors) -> None:
        """Adds or replaces; `vectors` has shape (len(ids), dimensions). Of an id that comes twice, the last counts."""
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        if len(ids) != len(digests) or rows.shape != (len(ids), self.dimensions) or not np.isfinite(rows).all():
            raise InvalidInputError(f"ids, digests and finite vectors of {self.dimensions} dimensions must match")
        last = {name: row for row, name in enumerate(ids)}
        if not last:
            return
        keep = list(last.values())
        options = self._options
        segment = Segment.build(
            list(last),
            [digests[row] for row in keep],
            rows[keep],
            recall=options.recall,
            # what is to hold codes waits for its rebuild
            exact_below=len(last) + 1 if options.compresses(len(last)) else None,
        )
        with self._lock:
            self._publish((*_without(self._parts, segment.ids), Part(segment=segment)))
            self._touched.update(last)

    def remove(self, ids: Iterable[str]) -> int:
        """Forgets these ids; how many of them were there. No search that begins later finds them."""
        wanted = strings(set(ids))
        with self._lock:
            rows = [found for _, found in self._found(wanted)]
            there = np.logical_or.reduce([each >= 0 for each in rows]) if rows else np.zeros(0, dtype=np.bool_)
            present = wanted.take(arrow_rows(np.flatnonzero(there)))
            if len(present):
                self._publish(_without(self._parts, present))
                self._touched.update(cast("list[str]", present.to_pylist()))
            return len(present)

    def search(
        self, queries: Vectors, k: int, *, among: Allowed | Iterable[str] | None = None
    ) -> list[list[Neighbour]]:
        """Up to `k` neighbours of each query, best first (equal scores by id); none for a row of zeros.

        `queries` has shape (n, dimensions). Exact below `EXACT_BELOW` vectors a segment, else approximate, with the recall
        of the options. `among` are the ids that may be found; those that the index lacks do no harm. Pass an `Allowed`
        where the same set is searched more than once. The fewer are allowed, the fewer are compared, and below
        `EXACT_BELOW` of a segment every one.
        """
        rows = np.ascontiguousarray(queries, dtype=np.float32)
        if rows.ndim != 2 or rows.shape[1] != self.dimensions:
            raise InvalidInputError(f"queries must have {self.dimensions} dimensions")
        parts = self._parts
        found: list[list[Neighbour]] = [[] for _ in rows]
        asked = np.flatnonzero(rows.any(axis=1))
        if k < 1 or not parts or not len(asked):
            return found
        allowed = among if among is None or isinstance(among, Allowed) else Allowed(among)
        scores, names = best(parts, rows[asked], k, allowed)
        for query, best_scores, best_names in zip(asked.tolist(), scores.tolist(), names.tolist(), strict=True):
            pairs = [(-score, name) for score, name in zip(best_scores, best_names, strict=True) if name is not None]
            found[query] = [Neighbour(id=name, score=-score) for score, name in sorted(pairs)]
        return found

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """The vectors of these ids, shape (len(ids), dimensions); zeros for an id that is not there.

        Of a segment that holds codes (see `IndexOptions`), what these stand for.
        """
        found = np.zeros((len(ids), self.dimensions), dtype=np.float32)
        for part, rows in self._found(strings(ids)):
            targets = np.flatnonzero(rows >= 0)
            if len(targets):
                found[targets] = part.segment.vectors_of(rows[targets])
        return found

    def vectors_as_of(self, ids: Sequence[str], digests: Sequence[str]) -> Vectors:
        """The same, with zeros also for an id whose text was another than that of the digest when it was encoded."""
        found = np.zeros((len(ids), self.dimensions), dtype=np.float32)
        wanted = strings(digests)
        for part, rows in self._found(strings(ids)):
            targets = np.flatnonzero(rows >= 0)
            if not len(targets):
                continue
            known = part.segment.digests.take(arrow_rows(rows[targets]))
            targets = targets[equal_places(known, wanted.take(arrow_rows(targets)))]
            if len(targets):
                found[targets] = part.segment.vectors_of(rows[targets])
        return found

    @property
    def rebuild_due(self) -> bool:
        """Whether the saved segments would gain by `rebuild`."""
        return bool(due([part for part in self._parts if part.segment.record], self._options))

    def rebuild(self, *, scrub: bool = False) -> bool:
        """Merges what saves left apart, with codes where they are many (a minute a million), and takes it in.

        Searches, and writers of other processes, go on meanwhile. With `scrub` what was removed is gone from the disk
        afterwards; else that happens once a quarter is dead. Unsaved changes stay unsaved. False where there was nothing to
        do, or another process is at it. Raises UnavailableError and DamagedError as `save` and `open` do.
        """
        parts = [part for part in self._parts if part.segment.record]
        done = rebuild(self._folder, self._base, self._options, parts, scrub=scrub)
        if done:
            with self._lock:
                self._take_in(gently=False)
        return done

    def rebuild_in_background(self) -> bool:
        """Starts a process of the lowest priority that rebuilds, where that is due; whether it did.

        What it saves is taken in by `reload_if_changed` or the next save, here as in every other process.
        """
        with self._lock:
            running = self._rebuilding is not None and self._rebuilding.poll() is None
            if running or not self.rebuild_due:
                return False
            self._rebuilding = start_rebuild(self._folder, self._base, self._options)
            return True

    def save(self) -> None:
        """Puts all changes on disk at once; killed at any moment, the folder holds the old state or the new one.

        Raises UnavailableError when the disk is full: the old state stays, on disk and for searches, and the changes
        stay in memory for another try.
        """
        with self._lock:
            if not (self._touched or self._replaces):
                return
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                with one_writer(self._folder):
                    self._write()
            except OSError as error:
                raise unwritable(self._folder, error) from error

    def reload_if_changed(self) -> bool:
        """Takes in what another process has saved, keeping our unsaved changes; whether there was anything.

        Costs the reading of one small file when there was not. Raises DamagedError as `open` does; the index then goes on
        serving what it has.
        """
        with self._lock:
            before, self._retired = self._parts, ()
            changed = self._take_in(gently=True)
            if changed:
                # Searches still look at them. To unmap them takes a millisecond, which the next call pays, not the last search.
                self._retired = before
            return changed

    def _take_in(self, *, gently: bool) -> bool:
        if self._replaces or read_manifest(self._folder) == self._manifest:
            return False
        manifest, parts = read_parts(self._folder, self._parts, gently=gently)
        if manifest is not None:
            manifest.check(self._folder, encoder=self._base.encoder, dimensions=self.dimensions)
        unsaved = tuple(part for part in self._parts if part.segment.record is None)
        self._parts = (*_without(parts, strings(self._touched)), *unsaved)
        self._manifest = manifest
        return True

    def _write(self) -> None:
        self._take_in(gently=False)
        saved = [part for part in self._parts if part.segment.record]
        unsaved = [part for part in self._parts if not part.segment.record]
        # One segment a save, however many calls filled it.
        options = self._options
        parts = compacted([*saved, merged(unsaved, options)] if len(unsaved) > 1 else [*saved, *unsaved], options)
        base = replace(self._base, generation=self._manifest.generation if self._manifest else 0)
        manifest, written = write_parts(self._folder, parts, base)
        self._publish(written)
        self._manifest, self._replaces = manifest, False
        self._touched.clear()

    def _publish(self, parts: tuple[Part, ...]) -> None:
        """Makes these the parts that searches see, the small unsaved ones merged."""
        saved = [part for part in parts if part.segment.record]
        self._parts = (*saved, *compacted((part for part in parts if not part.segment.record), self._options))

    def _found(self, ids: pa.StringArray) -> Iterator[tuple[Part, Rows]]:
        """Each part with the rows of these ids in it, -1 where they are not."""
        hashes = id_hashes(ids)
        return ((part, part.rows_of(ids, hashes)) for part in self._parts)


def _without(parts: Iterable[Part], ids: pa.StringArray) -> tuple[Part, ...]:
    """The parts with these ids dead."""
    found = [(part, part.rows_of(ids, hashes)) for hashes in [id_hashes(ids)] for part in parts]
    return tuple(part.without(rows[rows >= 0]) if (rows >= 0).any() else part for part, rows in found)
