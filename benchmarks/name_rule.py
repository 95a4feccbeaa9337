"""The rule that people try first: equal or nearly equal usernames or names on two platforms are one person."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

PEER = "name rule"
LIKENESS = 95
"""rapidfuzz's ratio, 0-100: twice the length of the longest common subsequence over both lengths."""
ROWS_AT_ONCE = 500


def clusters_by_name(table: pa.Table) -> dict[str, str]:
    """Cluster by profile id of a table of PROFILE_SCHEMA: connected components over the pairs that the rule accepts.

    Compares every pair, so for some thousands of profiles.
    """
    ids = table.column("profile_id").to_pylist()
    platform = np.unique(np.array(table.column("platform").to_pylist(), dtype=object), return_inverse=True)[1]
    left, right = [], []
    for name in ("username", "display_name"):
        texts = [(text or "").strip().lower() for text in table.column(name).to_pylist()]
        known = np.flatnonzero([bool(text) for text in texts])
        one, other = _alike([texts[row] for row in known])
        one, other = known[one], known[other]
        apart = platform[one] != platform[other]
        left.append(one[apart])
        right.append(other[apart])
    rows, columns = np.concatenate(left), np.concatenate(right)
    linked = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(len(ids), len(ids)))
    _, labels = connected_components(linked, directed=False)
    return {profile: str(label) for profile, label in zip(ids, labels.tolist(), strict=True)}


def _alike(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Places of every two texts with a ratio of at least LIKENESS, the first before the second."""
    ones, others = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(texts), ROWS_AT_ONCE):
        scores = cdist(
            texts[start : start + ROWS_AT_ONCE], texts, scorer=ratio, score_cutoff=LIKENESS, dtype=np.uint8, workers=-1
        )
        one, other = np.nonzero(scores)
        later = other > one + start
        ones.append(one[later] + start)
        others.append(other[later])
    return np.concatenate(ones), np.concatenate(others)
