import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from creatorgraph.resolution.model.pattern import level_codes, marked_codes, patterns_of, patterns_of_codes
from creatorgraph.resolution.signals import SIGNALS

_MOST = min(len(signal.levels) for signal in SIGNALS)
_LEVELS = st.integers(0, 30).flatmap(
    lambda rows: hnp.arrays(np.int8, (rows, len(SIGNALS)), elements=st.integers(-1, _MOST - 1))
)


@given(_LEVELS, st.integers(0, 30))
def test_patterns_stand_for_their_pairs_however_they_are_cut(levels: np.ndarray, cut: int) -> None:
    apart = levels.sum(axis=1) % 2 == 1
    found = patterns_of(SIGNALS, levels, apart)
    np.testing.assert_array_equal(found.levels[found.of_pair], levels)
    np.testing.assert_array_equal(found.apart[found.of_pair], apart)
    np.testing.assert_array_equal(found.codes[found.of_pair], level_codes(SIGNALS, levels))
    np.testing.assert_array_equal(found.counts, np.bincount(found.of_pair, minlength=len(found.counts)))
    parts = [marked_codes(SIGNALS, levels[rows], apart[rows]) for rows in (slice(0, cut), slice(cut, None))]
    again = patterns_of_codes(SIGNALS, parts)
    for name in ("levels", "apart", "counts", "of_pair", "codes"):
        np.testing.assert_array_equal(getattr(again, name), getattr(found, name))
