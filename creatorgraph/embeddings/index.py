"""The vector index: which ids are nearest to a vector. On disk, changed in place, saved at once or not at all."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index_compaction import compacted, merged
from creatorgraph.embeddings.index_file import one_writer, unwritable
from creatorgraph.embeddings.index_folder import read_parts, write_parts
from creatorgraph.embeddings.index_manifest import Manifest, read_manifest
from creatorgraph.embeddings.index_segment import Part, Rows, Segment, arrow_rows


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

    def __init__(self, folder: Path, manifest: Manifest | None, parts: tuple[Part, ...], base: Manifest) -> None:
        """Use `open` or `create`. `manifest` is what lies on disk, `base` names encoder and dimensions."""
        self._folder, self._manifest, self._parts, self._base = folder, manifest, parts, base
        self._replaces = False
        self._touched: set[str] = set()  # changed since the last save; parts without a record hold only these
        self._places: dict[str, tuple[int, int]] | None = None  # id -> (segment's key, row); made when first needed
        self._lock = threading.RLock()

    @classmethod
    def open(cls, folder: Path, *, encoder_name: str, dimensions: int) -> "VectorIndex":
        """The index in `folder`, an empty one if there is none. Every file is checked, then mapped, not read.

        Raises DamagedError when a file is not as written or the vectors are those of another encoder.
        """
        manifest, parts = read_parts(folder, ())
        base = Manifest.empty(encoder=encoder_name, dimensions=dimensions)
        if manifest is not None:
            manifest.check(folder, encoder=encoder_name, dimensions=dimensions)
        return cls(folder, manifest, parts, base)

    @classmethod
    def create(cls, folder: Path, *, encoder_name: str, dimensions: int) -> "VectorIndex":
        """An empty index that takes the place of whatever lies in `folder`, damaged or not, when it is first saved."""
        index = cls(folder, None, (), Manifest.empty(encoder=encoder_name, dimensions=dimensions))
        index._replaces = True
        return index

    @property
    def count(self) -> int:
        return sum(part.living for part in self._parts)

    @property
    def dimensions(self) -> int:
        return self._base.dimensions

    def digests(self) -> Mapping[str, str]:
        """The digest of each id's text, as it was when encoded."""
        found: dict[str, str] = {}
        for part in self._parts:
            found.update(zip(*part.entries(), strict=True))
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
        segment = Segment.build(list(last), [digests[row] for row in keep], rows[keep])
        with self._lock:
            self._publish((*self._without(last), Part(segment=segment)))
            self._touched.update(last)

    def remove(self, ids: Iterable[str]) -> int:
        """Forgets these ids; how many of them were there."""
        with self._lock:
            present = set(ids) & self._place_of().keys()
            if present:
                self._publish(self._without(present))
                self._touched |= present
            return len(present)

    def search(self, queries: Vectors, k: int) -> list[list[Neighbour]]:
        """Up to `k` neighbours of each query, best first (equal scores by id); none for a row of zeros.

        `queries` has shape (n, dimensions). Exact below `EXACT_BELOW` vectors a segment, else approximate (IVF).
        """
        rows = np.ascontiguousarray(queries, dtype=np.float32)
        if rows.ndim != 2 or rows.shape[1] != self.dimensions:
            raise InvalidInputError(f"queries must have {self.dimensions} dimensions")
        parts = self._parts
        found: list[list[Neighbour]] = [[] for _ in rows]
        asked = np.flatnonzero(rows.any(axis=1))
        if k < 1 or not parts or not len(asked):
            return found
        scores, names = _best(parts, rows[asked], k)
        for query, best_scores, best_names in zip(asked.tolist(), scores.tolist(), names.tolist(), strict=True):
            pairs = [(-score, name) for score, name in zip(best_scores, best_names, strict=True) if name is not None]
            found[query] = [Neighbour(id=name, score=-score) for score, name in sorted(pairs)]
        return found

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """The vectors of these ids, shape (len(ids), dimensions); zeros for an id that is not there."""
        found = np.zeros((len(ids), self.dimensions), dtype=np.float32)
        with self._lock:
            places = self._place_of()
            parts = {part.segment.key: part for part in self._parts}
            wanted: dict[int, list[tuple[int, int]]] = {}
            for target, name in enumerate(ids):
                if (place := places.get(name)) is not None:
                    wanted.setdefault(place[0], []).append((target, place[1]))
        for key, pairs in wanted.items():
            targets, rows = np.array(pairs, dtype=np.int64).T
            found[targets] = parts[key].segment.vectors_of(np.ascontiguousarray(rows))
        return found

    def vectors_as_of(self, ids: Sequence[str], digests: Sequence[str]) -> Vectors:
        """The same, with zeros also for an id whose text was another than that of the digest when it was encoded."""
        with self._lock:
            places = self._place_of()
            parts = {part.segment.key: part.segment for part in self._parts}
            current = [
                name if (place := places.get(name)) and parts[place[0]].digests[place[1]].as_py() == digest else ""
                for name, digest in zip(ids, digests, strict=True)
            ]
        return self.vectors(current)

    def save(self, *, purge: bool = False) -> None:
        """Puts all changes on disk at once; killed at any moment, the folder holds the old state or the new one.

        Searches never find a removed row; `purge` takes them off the disk too, where they otherwise lie until segments merge.
        Raises UnavailableError when the disk is full: the old state stays, on disk and for searches, and the changes
        stay in memory for another try.
        """
        with self._lock:
            if not (self._touched or self._replaces or purge):
                return
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                with one_writer(self._folder):
                    self._write(purge=purge)
            except OSError as error:
                raise unwritable(self._folder, error) from error

    def reload_if_changed(self) -> bool:
        """Takes in what another process has saved, keeping our unsaved changes; whether there was anything.

        Costs the reading of one small file when there was not. Raises DamagedError as `open` does; the index then goes on
        serving what it has.
        """
        with self._lock:
            if self._replaces or read_manifest(self._folder) == self._manifest:
                return False
            manifest, parts = read_parts(self._folder, self._parts)
            if manifest is not None:
                manifest.check(self._folder, encoder=self._base.encoder, dimensions=self.dimensions)
            unsaved = tuple(part for part in self._parts if part.segment.record is None)
            places = _places(parts)
            self._parts = (*_without(parts, places, self._touched), *unsaved)
            self._manifest, self._places = manifest, None
            return True

    def _write(self, *, purge: bool) -> None:
        if not self._replaces:
            self.reload_if_changed()
        saved = [part for part in self._parts if part.segment.record]
        unsaved = [part for part in self._parts if not part.segment.record]
        # One segment a save, however many calls filled it.
        parts = compacted([*saved, merged(unsaved)] if len(unsaved) > 1 else [*saved, *unsaved])
        if purge:
            parts = tuple(merged([part]) if part.living < part.segment.rows else part for part in parts)
        base = replace(self._base, generation=self._manifest.generation if self._manifest else 0)
        manifest, written = write_parts(self._folder, parts, base)
        self._publish(written)
        self._manifest, self._replaces = manifest, False
        self._touched.clear()

    def _publish(self, parts: tuple[Part, ...]) -> None:
        """Makes these the parts that searches see, the small unsaved ones merged, and notes where their ids lie."""
        saved = [part for part in parts if part.segment.record]
        parts = (*saved, *compacted(part for part in parts if not part.segment.record))
        if self._places is not None:
            known = {part.segment.key for part in self._parts}
            self._places.update(_places(part for part in parts if part.segment.key not in known))
        self._parts = parts

    def _place_of(self) -> dict[str, tuple[int, int]]:
        if self._places is None:
            self._places = _places(self._parts)
        return self._places

    def _without(self, ids: Iterable[str]) -> tuple[Part, ...]:
        """Our parts with these ids dead, forgotten in `_places` too."""
        ids = list(ids)
        parts = _without(self._parts, self._place_of(), ids)
        for name in ids:
            self._place_of().pop(name, None)
        return parts


def _places(parts: Iterable[Part]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for part in parts:
        key = part.segment.key
        found.update(
            (name, (key, row)) for name, row in zip(part.entries()[0], part.living_rows().tolist(), strict=True)
        )
    return found


def _without(parts: Iterable[Part], places: Mapping[str, tuple[int, int]], ids: Iterable[str]) -> tuple[Part, ...]:
    dead: dict[int, list[int]] = {}
    for name in ids:
        if (place := places.get(name)) is not None:
            dead.setdefault(place[0], []).append(place[1])
    return tuple(part.without(rows) if (rows := dead.get(part.segment.key)) else part for part in parts)


def _best(parts: Sequence[Part], queries: Vectors, k: int) -> tuple[Vectors, np.ndarray]:
    """Scores and ids (None where there are fewer) of the k best over all parts, both of shape (n, at most k * parts)."""
    answers = [part.search(queries, min(k, part.segment.rows)) for part in parts]
    scores = np.concatenate([scores for scores, _ in answers], axis=1)
    names = np.concatenate([_names(part, rows) for part, (_, rows) in zip(parts, answers, strict=True)], axis=1)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(scores, order, axis=1), np.take_along_axis(names, order, axis=1)


def _names(part: Part, rows: Rows) -> np.ndarray:
    flat = rows.ravel()
    names = np.full(len(flat), None, dtype=object)
    names[flat >= 0] = part.segment.ids.take(arrow_rows(flat[flat >= 0])).to_pylist()
    return names.reshape(rows.shape)
