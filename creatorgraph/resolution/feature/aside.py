"""Asides that are no part of anybody's name: a niche, an employer or pronouns, set apart behind the names of many.

`Jane Roe | Fitness` and `Ali Haddad | Fitness` would be one name, and a rare one, as few profiles set just this behind theirs.
Nothing is known of niches beforehand: what stands behind many different names is none of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creatorgraph.resolution.feature.column import folded
from creatorgraph.resolution.feature.reference import Counts, text_counts
from creatorgraph.resolution.text.name import ASIDE_SIGNS, asides

_LEAST_NAMES = 5
"""Of different people, so many names: one person's own has hardly five spellings."""


def common_asides(shown: pa.StringArray) -> Counts:
    """The folded asides of these distinct display names that at least five names of two words or more stand before, with the
    number of those names; not what more profiles are called alone, or have set first."""
    behind: defaultdict[str, set[str]] = defaultdict(set)
    first: list[str] = []
    for head, said in _with_asides(shown):
        first.append(head)
        if " " in head:
            for aside in said:
                behind[aside].add(head)
    often = {aside: len(heads) for aside, heads in sorted(behind.items()) if len(heads) >= _LEAST_NAMES}
    if not often:
        return Counts(total=len(shown))
    candidates = pa.array(often, pa.string())
    called = pa.concat_arrays([folded(shown), pa.array(first, pa.string())])
    times = Counter(called.filter(pc.is_in(called, candidates)).to_pylist())
    kept = {aside: names for aside, names in often.items() if names > times[aside]}
    return text_counts(pa.array(kept, pa.string()), np.array(list(kept.values()), dtype=np.int64), len(shown))


def known_asides(shown: pa.StringArray, common: Counts) -> frozenset[str]:
    """Which asides of these display names are among the common ones."""
    if not len(common.hashes):
        return frozenset()
    said = pa.array({aside for _, behind in _with_asides(shown) for aside in behind}, pa.string())
    return frozenset(said.filter(pa.array(common.of_texts(said) > 0)).to_pylist())


def _with_asides(shown: pa.StringArray) -> Iterator[tuple[str, tuple[str, ...]]]:
    signs = pc.match_substring_regex(shown, ASIDE_SIGNS)
    return (asides(text) for text in shown.filter(signs.fill_null(False)).to_pylist())
