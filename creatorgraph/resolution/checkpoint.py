"""Checkpoints: what the dear stages of a run found, kept so that a run that was stopped need not find it again."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.block import RuleReport
from creatorgraph.resolution.blocking.candidate import Candidates
from creatorgraph.resolution.feature.reference import Counts
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.model.pattern import Patterns
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.signals import SIGNALS

T = TypeVar("T")

CANDIDATES, PATTERNS = "candidates", "patterns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a stage found: arrays (no objects in them), and facts that JSON can hold."""

    arrays: Mapping[str, NDArray[Any]]
    facts: Mapping[str, Any] = field(default_factory=dict)


class Checkpoint(Protocol):
    """Where stages are kept. `key` names all that a stage was made of but the code, which is for the keeper to know."""

    def load(self, stage: str, key: str) -> Kept | None:
        """What was kept of the stage under this key; None where nothing was, or where it is not whole."""

    def save(self, stage: str, key: str, kept: Kept) -> None:
        """Keeps it in place of what was kept of the stage before. What cannot be kept is not: the run needs it no more."""


@dataclass(frozen=True, kw_only=True)
class Stages:
    """The stages of one run that are kept; with a `checkpoint` of None every stage is made.

    `table` and `vectors` are the run's own, in its order: the key is of their content, so that what is found for other
    profiles is never taken for these, whoever changed them between two runs. No slots, for the cached property.
    """

    checkpoint: Checkpoint | None
    table: pa.Table
    vectors: NDArray[np.float32] | None
    options: ResolveOptions
    model: ModelArtefact | None

    def candidates(self, make: Callable[[], Candidates]) -> Candidates:
        size = self.table.num_rows
        return self._stage(
            CANDIDATES, make, lambda found: _of_candidates(found, size), lambda kept: _to_candidates(kept, size)
        )

    def patterns(self, make: Callable[[], Patterns]) -> Patterns:
        return self._stage(PATTERNS, make, _of_patterns, _to_patterns)

    def _stage(self, stage: str, make: Callable[[], T], pack: Callable[[T], Kept], unpack: Callable[[Kept], T]) -> T:
        if self.checkpoint is None:
            return make()
        kept = self.checkpoint.load(stage, self._key)
        if kept is not None:
            return unpack(kept)
        found = make()
        self.checkpoint.save(stage, self._key, pack(found))
        return found

    @cached_property
    def _key(self) -> str:
        """A digest of what both stages are made of: neither looks at thresholds, threads or decisions."""
        digest = hashlib.sha256()
        settings = {
            "max_block_size": self.options.max_block_size,
            "seed": self.options.seed,
            "model": None if self.model is None else self.model.document["model_version"],
            "signals": [[signal.name, *(level.name for level in signal.levels)] for signal in SIGNALS],
            "vectors": None if self.vectors is None else [str(self.vectors.dtype), *self.vectors.shape],
        }
        digest.update(json.dumps(settings, sort_keys=True).encode())
        with pa.ipc.new_stream(pa.PythonFile(_Digesting(digest), mode="w"), self.table.schema) as writer:
            writer.write_table(self.table)
        if self.vectors is not None:
            digest.update(np.ascontiguousarray(self.vectors).data)
        return digest.hexdigest()


class _Digesting(io.RawIOBase):
    """A file that is digested and kept nowhere."""

    def __init__(self, digest: "hashlib._Hash") -> None:
        self._digest = digest

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        view = memoryview(data)
        self._digest.update(view)
        return view.nbytes


def _of_candidates(found: Candidates, size: int) -> Kept:
    # one code says both rows in half the bytes
    arrays = {
        "codes": found.left * size + found.right,
        "rules": found.rules,
        "gram_hashes": found.grams.hashes,
        "gram_times": found.grams.times,
    }
    reports = [asdict(report) for report in found.reports]
    facts = {"reports": reports, "warnings": list(found.warnings), "gram_total": int(found.grams.total)}
    return Kept(arrays=arrays, facts=facts)


def _to_candidates(kept: Kept, size: int) -> Candidates:
    arrays, facts = kept.arrays, kept.facts
    codes = arrays["codes"]
    return Candidates(
        left=codes // size,
        right=codes % size,
        rules=arrays["rules"],
        reports=tuple(RuleReport(**report) for report in facts["reports"]),
        warnings=tuple(facts["warnings"]),
        grams=Counts(hashes=arrays["gram_hashes"], times=arrays["gram_times"], total=facts["gram_total"]),
    )


_PATTERN_ARRAYS = ("levels", "apart", "counts", "of_pair", "codes")


def _of_patterns(found: Patterns) -> Kept:
    return Kept(arrays={name: getattr(found, name) for name in _PATTERN_ARRAYS})


def _to_patterns(kept: Kept) -> Patterns:
    arrays = {name: kept.arrays[name] for name in _PATTERN_ARRAYS}
    return Patterns(**arrays, names=tuple(signal.name for signal in SIGNALS))
