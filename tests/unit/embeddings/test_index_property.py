"""The index against brute force: whatever is added, replaced, removed, saved and opened again, the answers are the same."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import VectorIndex

_DIMENSIONS = 4
_NAMES = st.lists(st.integers(0, 30).map(lambda number: f"id{number}"), max_size=20)


class IndexMachine(RuleBasedStateMachine):
    """`truth` holds what a dictionary would: id -> (digest, vector)."""

    @initialize(seed=st.integers(0, 2**16))
    def begin(self, seed: int) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.drawing = np.random.default_rng(seed)
        self.truth: dict[str, tuple[str, Vectors]] = {}
        self.turn = 0
        self.index = self._open()

    @rule(names=_NAMES)
    def upsert(self, names: list[str]) -> None:
        vectors = self.drawing.standard_normal((len(names), _DIMENSIONS)).astype(np.float32)
        self.turn += 1
        digests = [f"{self.turn}.{row}" for row in range(len(names))]
        self.index.upsert(names, digests, vectors)
        self.truth.update(zip(names, zip(digests, vectors, strict=True), strict=True))

    @rule(names=_NAMES)
    def remove(self, names: list[str]) -> None:
        assert self.index.remove(names) == len(self.truth.keys() & set(names))
        for name in names:
            self.truth.pop(name, None)

    @rule()
    def save(self) -> None:
        self.index.save()

    @rule()
    def save_and_open_again(self) -> None:
        self.index.save()
        self.index = self._open()

    @rule(names=_NAMES)
    def change_through_another(self, names: list[str]) -> None:
        """Another process removes; ours reloads and keeps its unsaved changes."""
        self.index.save()
        other = self._open()
        self.upsert(names[:2])
        other.remove(names[2:])
        other.save()
        self.index.reload_if_changed()
        for name in set(names[2:]) - set(names[:2]):
            self.truth.pop(name, None)

    @invariant()
    def agrees(self) -> None:
        assert self.index.count == len(self.truth)
        assert self.index.digests() == {name: digest for name, (digest, _) in self.truth.items()}
        queries = self.drawing.standard_normal((3, _DIMENSIONS)).astype(np.float32)
        found = self.index.search(queries, 5)
        for query, neighbours in zip(queries, found, strict=True):
            exact = {name: float(query @ vector) for name, (_, vector) in self.truth.items()}
            best = sorted(exact.values(), reverse=True)[:5]
            np.testing.assert_allclose([neighbour.score for neighbour in neighbours], best, rtol=1e-4, atol=1e-5)
            np.testing.assert_allclose([exact[n.id] for n in neighbours], best, rtol=1e-4, atol=1e-5)
        np.testing.assert_array_equal(
            self.index.vectors(list(self.truth)), np.array([v for _, v in self.truth.values()]).reshape(-1, _DIMENSIONS)
        )

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def _open(self) -> VectorIndex:
        return VectorIndex.open(self.folder / "index", encoder_name="e", dimensions=_DIMENSIONS)


TestIndex = IndexMachine.TestCase
TestIndex.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
