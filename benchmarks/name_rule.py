"""The rule that people try first: equal or nearly equal usernames or names on two platforms are one person."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

PEER = "name rule"
LIKENESS = 95
"""rapidfuzz's ratio, 0-100: twice the length of the longest common subsequence over both lengths."""
SHORTEST = 3
"""Letters and digits of a text that is compared."""
ROWS_AT_ONCE = 500
_CODE = re.compile(r"[-_.][0-9a-f]*[0-9][0-9a-f]*$")
"""What platforms and people add to a username that is taken: "-4f31a2", "_99"."""


def clusters_by_name(records: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Cluster by profile id: connected components over the pairs that the rule accepts.

    What is compared are usernames, usernames without an added code, and names, each with each; case, accents and everything
    but letters and digits do not count. Compares every pair, so for some thousands of profiles.
    """
    ids, platforms, texts, owner = [], [], [], []
    for row, record in enumerate(records):
        ids.append(record["profile_id"])
        platforms.append(record["platform"])
        username = (record.get("username") or "").lower()
        found = {_folded(username), _folded(_CODE.sub("", username)), _folded(record.get("display_name") or "")}
        kept = sorted(text for text in found if len(text) >= SHORTEST)
        texts += kept
        owner += [row] * len(kept)
    place, platform = np.array(owner, dtype=np.int64), np.array(platforms, dtype=object)
    one, other = (place[side] for side in _alike(texts))
    apart = platform[one] != platform[other]
    ones, others = one[apart], other[apart]
    linked = coo_array((np.ones(len(ones), dtype=np.int8), (ones, others)), shape=(len(ids), len(ids)))
    _, labels = connected_components(linked, directed=False)
    return {profile: str(label) for profile, label in zip(ids, labels.tolist(), strict=True)}


def _folded(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.lower()) if letter.isalnum())


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
