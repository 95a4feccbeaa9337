"""Who two profiles say they are, compared across every column at once: usernames, names, web addresses."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.name import NameComparison, compare_names
from creatorgraph.resolution.comparison.near import NO_MATCH, near_bits
from creatorgraph.resolution.comparison.reach import within_reach
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.key import FIRST_DERIVED, PENALTY_BITS, KeyKind
from creatorgraph.resolution.feature.population import Population

_BOTH_COLUMNS = 6.0
"""Bits that a compatible name adds to an equal username: two columns agree. Equal letters alone are what a name makes."""
LEAST_EXACT = 10.0
"""Bits from which an equal key says what near ones can add nothing to."""
LEAST_NEAR, LEAST_NEAR_IN_CLASH = 4.0, 12.0
"""Bits from which near keys say something, in general and of two whose full names contradict each other."""
EXACT_AS_NEAR = 0.8
"""An equal but common key counts among the near ones with this share of its bits."""
_MARGIN = 0.01
"""Bits that sums in single precision may be off."""
_STEP = 150_000


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityComparison:
    """Per pair: bits of the best equal key, of the best near key or name (NO_MATCH: none), the names, a name in a bio.

    Near keys are looked at only where they could say more than the rest does; elsewhere `near` is that of the names.
    """

    exact: NDArray[np.float64]
    near: NDArray[np.float64]
    names: NameComparison
    in_bio: NDArray[np.bool_]


def compare_identity(population: Population, left: Indices, right: Indices) -> IdentityComparison:
    """All pairs, in steps that bound the memory."""
    parts = [
        _compare_step(population, left[b : b + _STEP], right[b : b + _STEP]) for b in range(0, max(len(left), 1), _STEP)
    ]
    return IdentityComparison(
        exact=np.concatenate([p.exact for p in parts]),
        near=np.concatenate([p.near for p in parts]),
        names=NameComparison(
            **{
                field: np.concatenate([getattr(p.names, field) for p in parts])
                for field in ("bits", "exact", "compatible", "clash", "apart")
            }
        ),
        in_bio=np.concatenate([p.in_bio for p in parts]),
    )


def best_keys(population: Population, left: Indices, right: Indices) -> tuple[Indices, Indices]:
    """The two keys of each pair's best evidence, -1 where it is not a key."""
    parts = [
        _best_keys_step(population, left[b : b + _STEP], right[b : b + _STEP])
        for b in range(0, max(len(left), 1), _STEP)
    ]
    return np.concatenate([one for one, _ in parts]), np.concatenate([two for _, two in parts])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Equal:
    """What is equal on both sides: its bits, the key that has most, and whether the two give one address but other names."""

    names: NameComparison
    exact: NDArray[np.float64]
    key: Indices
    one_site: NDArray[np.bool_]


def _compare_step(population: Population, left: Indices, right: Indices) -> IdentityComparison:
    equal = _equal(population, left, right)
    exact, names = equal.exact, equal.names
    least = np.where(names.clash, LEAST_NEAR_IN_CLASH, LEAST_NEAR)
    least = np.maximum(least, np.maximum(names.bits, np.where(exact > 0, EXACT_AS_NEAR * exact, NO_MATCH)))
    near, _, _ = _near_keys(population, left, right, equal.one_site, np.where(exact >= LEAST_EXACT, np.inf, least))
    return IdentityComparison(
        exact=exact, near=np.maximum(near, names.bits), names=names, in_bio=_in_bio(population, left, right)
    )


def _best_keys_step(population: Population, left: Indices, right: Indices) -> tuple[Indices, Indices]:
    equal = _equal(population, left, right)
    near, one, two = _near_keys(population, left, right, equal.one_site, equal.exact)
    better = near > equal.exact
    return np.where(better, one, equal.key), np.where(better, two, equal.key)


def _equal(population: Population, left: Indices, right: Indices) -> _Equal:
    names = compare_names(population.names, population.rarity.word_bits, population.accord, left, right)
    # the name in an address that both show is the owner's, and says nothing of the other, whose name is another
    one_site = np.zeros(len(left), dtype=bool)
    one_site[population.own_hosts.shared(left, right).pair] = True
    one_site &= names.clash
    exact, key = _equal_keys(population, left, right, names.clash, one_site)
    spelled = population.spelled
    agree = names.compatible & (spelled[left] >= 0) & (spelled[left] == spelled[right])
    exact = np.where(names.exact, np.maximum(exact, names.bits), exact)
    exact = np.where(agree, exact + _BOTH_COLUMNS, exact)
    return _Equal(names=names, exact=exact, key=key, one_site=one_site)


def _equal_keys(
    population: Population, left: Indices, right: Indices, clash: NDArray[np.bool_], one_site: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], Indices]:
    keys = population.keys
    shared = keys.entries.shared(left, right)
    one, two = keys.kinds[shared.left_entry], keys.kinds[shared.right_entry]
    # two guesses that meet prove nothing, nor does one that is made of a name which the other profile contradicts (S. Roe
    # is not @sroe's Susan Rowan); two equal web addresses are the website signal's business
    guesses = (one >= FIRST_DERIVED).astype(np.int8) + (two >= FIRST_DERIVED)
    web = (one == KeyKind.WEB).astype(np.int8) + (two == KeyKind.WEB)
    counts = (guesses + clash[shared.pair] < 2) & (web + one_site[shared.pair] < 2)
    pair, key = shared.pair[counts], keys.entries.values[shared.left_entry[counts]]
    bits = population.rarity.key_bits[key] - PENALTY_BITS[one[counts]] - PENALTY_BITS[two[counts]]
    return _best(len(left), pair, bits, key)


def _best(size: int, pair: Indices, bits: NDArray[np.float64], value: Indices) -> tuple[NDArray[np.float64], Indices]:
    """The highest bits of each pair and the value that has them (the smallest number among equals); `pair` ascends."""
    best, chosen = np.full(size, NO_MATCH), np.full(size, -1, dtype=np.int64)
    if len(pair):
        new = np.ones(len(pair), dtype=bool)
        np.not_equal(pair[1:], pair[:-1], out=new[1:])
        begin, run = np.flatnonzero(new), np.cumsum(new) - 1
        most = np.maximum.reduceat(bits, begin)
        having = np.where(bits == most[run], value, np.iinfo(np.int64).max)
        best[pair[begin]], chosen[pair[begin]] = most, np.minimum.reduceat(having, begin)
    return best, chosen


def _near_keys(
    population: Population, left: Indices, right: Indices, one_site: NDArray[np.bool_], least: NDArray[np.float64]
) -> tuple[NDArray[np.float64], Indices, Indices]:
    """The bits of the two keys most alike and the keys, of pairs where they reach `least`."""
    keys, rarity = population.keys, population.rarity
    open_ = np.flatnonzero(least < np.inf)
    owner, entry = keys.entries.unfold(left[open_])
    keep = keys.kinds[entry] < FIRST_DERIVED
    owner, entry = open_[owner[keep]], entry[keep]
    again, other = keys.entries.unfold(right[owner])
    pair, entry = owner[again], entry[again]
    one, two = keys.entries.values[entry], keys.entries.values[other]
    # no more can be shared than the cheaper key has
    most = np.minimum(rarity.key_bits[one], rarity.key_bits[two]) + _MARGIN
    counts = (keys.kinds[other] < FIRST_DERIVED) & (one != two) & (most >= least[pair])
    web = (keys.kinds[entry] == KeyKind.WEB).astype(np.int8) + (keys.kinds[other] == KeyKind.WEB)
    counts &= web + one_site[pair] < 2
    pair, one, two = pair[counts], one[counts], two[counts]
    hopeful = within_reach(rarity.matrix, rarity.character_bits, keys.wide, one, two, least[pair])
    pair, one, two = pair[hopeful], one[hopeful], two[hopeful]
    width = max(len(keys.texts), 1)
    codes, inverse = np.unique(np.minimum(one, two) * width + np.maximum(one, two), return_inverse=True)
    found = near_bits(rarity.matrix, rarity.character_bits, keys.wide, codes // width, codes % width)
    best, at = _best(len(left), pair, found[inverse].astype(np.float64), np.arange(len(pair), dtype=np.int64))
    known = at >= 0
    left_key, right_key = np.full(len(left), -1, dtype=np.int64), np.full(len(left), -1, dtype=np.int64)
    left_key[known], right_key[known] = one[at[known]], two[at[known]]
    return best, left_key, right_key


def _in_bio(population: Population, left: Indices, right: Indices) -> NDArray[np.bool_]:
    known = np.sort(population.bio_names[:, 0] * population.size + population.bio_names[:, 1])
    if not len(known):
        return np.zeros(len(left), dtype=bool)
    return _among(known, left * population.size + right) | _among(known, right * population.size + left)


def _among(known: Indices, codes: Indices) -> NDArray[np.bool_]:
    """Whether each code is one of the known ones, which ascend."""
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, codes), len(known) - 1)] == codes
    return found
