"""Do the two profiles show one identity?

Usernames, names and the owners of web addresses are compared across all columns at once, because a person may be
`Jane Roe` here, `janeroe` there and only `janeroe.example` elsewhere. What counts is how rare the shared spelling is, in
bits: `jsmith` is cheap, an invented handle is dear. An equal spelling is stronger than a near one; full names that
contradict each other weaken both. A nameless profile whose bio holds the other's full name counts as well. Two pages about
somebody, such as fan pages, bear the name of whom they are about, so that it says little of who runs them.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.identity import (
    EXACT_AS_NEAR,
    LEAST_EXACT,
    LEAST_NEAR,
    LEAST_NEAR_IN_CLASH,
    best_keys,
)
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.signal import Level, Levels, NonMatches, Signal, both_sides

NEAR_BITS = (LEAST_NEAR, 8.0, 12.0, 16.0, 20.0, 25.0)
EXACT_BITS = (LEAST_EXACT, 13.0, 16.0, 18.0, 20.0, 22.0, 24.0, 26.0, 28.0)

_BANDS = (
    "common (10 to 13 bits)",
    "fairly common (13 to 16 bits)",
    "not rare (16 to 18 bits)",
    "not quite rare (18 to 20 bits)",
    "uncommon (20 to 22 bits)",
    "rare (22 to 24 bits)",
    "very rare (24 to 26 bits)",
    "most rare (26 to 28 bits)",
    "all but unique (28 bits or more)",
)
_STEP = 1_000_000
_BAND_U = (12.0, 14.5, 16.5, 18.0, 19.5, 21.0, 22.0, 23.0, 24.0)
_BAND_M = (0.07, 0.1, 0.09, 0.1, 0.12, 0.12, 0.11, 0.11, 0.18)


def _exact(name: str, text: str, m: float, rarer: float) -> tuple[Level, ...]:
    """Levels of equal spellings that `m` of all matches have, each `rarer` bits less among different people than _BAND_U."""
    return tuple(
        Level(name=f"{name}_{int(bits)}", text=f"{text}, {band}", m=m * share, u=2.0 ** -(u + rarer))
        for bits, band, share, u in zip(EXACT_BITS, _BANDS, _BAND_M, _BAND_U, strict=True)
    )


_LEVELS = (
    Level(name="none", text="nothing alike in usernames, names and web addresses", m=0.06, u=0.9),
    Level(name="near_4", text="spellings alike, but common (4 to 8 bits)", m=0.02, u=2.0**-9),
    Level(name="near_8", text="spellings alike (8 to 12 bits)", m=0.03, u=2.0**-11.5),
    Level(name="near_12", text="spellings alike (12 to 16 bits)", m=0.04, u=2.0**-14),
    Level(name="near_16", text="spellings alike and rare (16 to 20 bits)", m=0.04, u=2.0**-16),
    Level(name="near_20", text="spellings alike and rare (20 to 25 bits)", m=0.05, u=2.0**-17.5),
    Level(name="near_25", text="spellings alike and very rare (25 bits or more)", m=0.06, u=2.0**-19),
    *_exact("exact", "the same name or web address, or a name and the handle made of it", 0.3, 0.0),
    *_exact("username", "the same username", 0.33, 1.0),
    Level(name="name_in_bio", text="the bio of the one holds the full name of the other", m=0.01, u=2.0**-21),
    Level(name="clash_none", text="full names that contradict each other, nothing else alike", m=0.02, u=0.1),
    Level(name="clash_near", text="full names that contradict each other, other spellings alike", m=0.02, u=2.0**-13),
    Level(name="clash_exact", text="full names that contradict each other, another spelling equal", m=0.01, u=2.0**-20),
    Level(
        name="clash_username", text="full names that contradict each other, but the same username", m=0.01, u=2.0**-20
    ),
    Level(name="subject", text="two pages about somebody of one name", m=0.001, u=2.0**-15),
)
_WIDTH = len(EXACT_BITS)
_FIRST_EXACT = 7
USERNAME = _FIRST_EXACT + _WIDTH
IN_BIO = USERNAME + _WIDTH
CLASH_NONE, CLASH_NEAR, CLASH_EXACT, CLASH_USERNAME, SUBJECT = range(IN_BIO + 1, IN_BIO + 6)
_FIRST_NEAR_IN_CLASH = 1 + NEAR_BITS.index(LEAST_NEAR_IN_CLASH)
_FIRST_SUBJECT = 3
_COMMON_EXACT = (_FIRST_EXACT, _FIRST_EXACT + 1)
LIKE = (
    *(level for level in range(2, IN_BIO) if level not in _COMMON_EXACT),
    CLASH_NEAR,
    CLASH_EXACT,
    CLASH_USERNAME,
    SUBJECT,
)
"""Levels of pairs that look like one person, common spellings aside."""
ONE_USERNAME = (*range(USERNAME, USERNAME + _WIDTH), CLASH_USERNAME)
"""Levels of one username on two platforms."""
RARE_EXACT = tuple(first + band for first in (_FIRST_EXACT, USERNAME) for band in range(2, _WIDTH))


def spelled_apart(pairs: Pairs) -> NDArray[np.float64]:
    """Per level how many pairs of different usernames on one platform are of the same letters: of the levels of one username.

    Usernames are unique on a platform, so two strangers are never seen with one there; but who spells one handle differently on
    one platform would have spelled it alike on two about as often. These counts stand in for the levels of one username.
    """
    counts = np.zeros(len(_LEVELS))
    for begin in range(0, len(pairs), _STEP):
        apart = _apart(pairs.part(slice(begin, begin + _STEP)))
        band = np.digitize(apart.identity.exact, EXACT_BITS) - 1
        levels = np.where(apart.identity.names.clash, CLASH_USERNAME, USERNAME + band)
        counts += np.bincount(levels[band >= 0], minlength=len(_LEVELS))
    return counts


def _apart(pairs: Pairs) -> Pairs:
    """Those of the pairs whose usernames are of the same letters, spelled differently, on one platform."""
    population = pairs.population
    handle = population.handle
    alike = pairs.subset(np.flatnonzero((handle[pairs.left] >= 0) & (handle[pairs.left] == handle[pairs.right])))
    left, right = alike.left, alike.right
    apart = (population.spelled[left] != population.spelled[right]) & population.single[left] & population.single[right]
    return alike.subset(np.flatnonzero(apart & (population.platform[left] == population.platform[right])))


def compare(pairs: Pairs) -> Levels:
    seen = pairs.identity
    population = pairs.population
    near = np.maximum(seen.near, np.where(seen.exact > 0, EXACT_AS_NEAR * seen.exact, seen.near))
    levels = np.digitize(near, NEAR_BITS)
    band = np.digitize(seen.exact, EXACT_BITS) - 1
    handle, spelled = population.handle, population.spelled
    username = (handle[pairs.left] >= 0) & (spelled[pairs.left] == spelled[pairs.right])
    first = np.where(username, USERNAME, _FIRST_EXACT)
    exact = band >= 0
    levels = np.where(exact, first + band, levels)
    levels = np.where(seen.in_bio & ((levels < _FIRST_EXACT) | (exact & (band <= 1))), IN_BIO, levels)
    clashing = np.where(
        exact,
        np.where(username, CLASH_USERNAME, CLASH_EXACT),
        np.where(
            (levels >= _FIRST_NEAR_IN_CLASH) & (levels < _FIRST_EXACT) | (levels == IN_BIO), CLASH_NEAR, CLASH_NONE
        ),
    )
    levels = np.where(seen.names.clash, clashing, levels)
    # fans of one star call their pages after it, and are still not each other
    about = population.about_somebody == 1
    subject = about[pairs.left] & about[pairs.right] & (levels >= _FIRST_SUBJECT) & ~username
    return np.where(subject & (levels != CLASH_NONE), SUBJECT, levels).astype(np.int8)


def values(pairs: Pairs) -> tuple[pa.Array, pa.Array]:
    """The two keys that matched best, else what the profiles are called."""
    left_keys, right_keys = best_keys(pairs.population, pairs.left, pairs.right)
    texts = pairs.population.keys.texts
    left, right = (
        # null, which stands for no key, is followed by what the profile is called
        pa.compute.coalesce(texts.take(pa.array(keys, mask=keys < 0)), name, username)
        for keys, name, username in zip(
            (left_keys, right_keys), both_sides(pairs, "display_name"), both_sides(pairs, "username"), strict=True
        )
    )
    return left, right


def present(population: Population) -> NDArray[np.bool_]:
    return np.ones(population.size, dtype=bool)


SIGNAL = Signal(
    name="identity",
    levels=_LEVELS,
    compare=compare,
    columns=("username", "display_name", "bio", "urls", "hosts", "listed_accounts"),
    values=values,
    present=present,
    non_matches=NonMatches.ONE_PLATFORM,
    chains=(
        tuple(range(1, _FIRST_EXACT)),
        *(tuple(range(first, first + _WIDTH)) for first in (_FIRST_EXACT, USERNAME)),
        *((_FIRST_EXACT + band, USERNAME + band) for band in range(_WIDTH)),
        (CLASH_NONE, CLASH_NEAR, CLASH_EXACT, CLASH_USERNAME),
    ),
    decisive=True,
    start_limits=((CLASH_NONE, 0.0), (CLASH_NEAR, 0.0), (1, 0.05), (2, 0.05)),
    irreplaceable=True,
)
