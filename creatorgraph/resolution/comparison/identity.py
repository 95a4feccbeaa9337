"""Who two profiles say they are, compared across every column at once: usernames, names, web addresses."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.name import NameComparison, compare_names
from creatorgraph.resolution.comparison.near import NO_MATCH, near_bits
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.key import FIRST_DERIVED, PENALTY_BITS, KeyKind
from creatorgraph.resolution.feature.population import Population

_BOTH_COLUMNS = 6.0
"""Bits that a compatible name adds to an equal username: two columns agree."""
_STEP = 150_000


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityComparison:
    """Per pair: bits of the best equal key and of the best near key (NO_MATCH: none), the names, a name in a bio."""

    exact: NDArray[np.float64]
    near: NDArray[np.float64]
    names: NameComparison
    in_bio: NDArray[np.bool_]
    left_key: Indices
    right_key: Indices
    """The two keys of the best evidence, -1 where it is not a key."""

    def subset(self, rows: Indices) -> "IdentityComparison":
        """The same for some of the pairs."""
        return IdentityComparison(
            exact=self.exact[rows],
            near=self.near[rows],
            names=self.names.subset(rows),
            in_bio=self.in_bio[rows],
            left_key=self.left_key[rows],
            right_key=self.right_key[rows],
        )


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
        left_key=np.concatenate([p.left_key for p in parts]),
        right_key=np.concatenate([p.right_key for p in parts]),
    )


def _compare_step(population: Population, left: Indices, right: Indices) -> IdentityComparison:
    names = compare_names(population.names, population.rarity.word_bits, left, right)
    # the name in an address that both show is the owner's, and says nothing of the other, whose name is another
    one_site = np.zeros(len(left), dtype=bool)
    one_site[population.own_hosts.shared(left, right).pair] = True
    one_site &= names.clash
    exact, left_key = _equal_keys(population, left, right, names.clash, one_site)
    right_key = left_key.copy()
    handle = population.handle
    agree = names.compatible & (handle[left] >= 0) & (handle[left] == handle[right])
    exact = np.where(names.exact, np.maximum(exact, names.bits), exact)
    exact = np.where(agree, exact + _BOTH_COLUMNS, exact)
    near, near_left, near_right = _near_keys(population, left, right, one_site)
    better = near > exact
    left_key, right_key = np.where(better, near_left, left_key), np.where(better, near_right, right_key)
    return IdentityComparison(
        exact=exact,
        near=np.maximum(near, names.bits),
        names=names,
        in_bio=_in_bio(population, left, right),
        left_key=left_key,
        right_key=right_key,
    )


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
    """The highest bits of each pair and the value that has them (the smallest number among equals)."""
    best, chosen = np.full(size, NO_MATCH), np.full(size, -1, dtype=np.int64)
    order = np.lexsort((-value, bits, pair))
    last = np.ones(len(order), dtype=bool)
    last[:-1] = pair[order][1:] != pair[order][:-1]
    winners = order[last]
    best[pair[winners]], chosen[pair[winners]] = bits[winners], value[winners]
    return best, chosen


def _near_keys(
    population: Population, left: Indices, right: Indices, one_site: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], Indices, Indices]:
    keys, rarity = population.keys, population.rarity
    owner, entry = keys.entries.unfold(left)
    keep = keys.kinds[entry] < FIRST_DERIVED
    owner, entry = owner[keep], entry[keep]
    again, other = keys.entries.unfold(right[owner])
    pair, entry = owner[again], entry[again]
    one, two = keys.entries.values[entry], keys.entries.values[other]
    counts = (keys.kinds[other] < FIRST_DERIVED) & (one != two)
    web = (keys.kinds[entry] == KeyKind.WEB).astype(np.int8) + (keys.kinds[other] == KeyKind.WEB)
    counts &= web + one_site[pair] < 2
    pair, one, two = pair[counts], one[counts], two[counts]
    codes, inverse = np.unique(np.minimum(one, two) * len(keys.texts) + np.maximum(one, two), return_inverse=True)
    first, second = codes // max(len(keys.texts), 1), codes % max(len(keys.texts), 1)
    bits = near_bits(rarity.matrix, rarity.character_bits, keys.wide, first, second)[inverse].astype(np.float64)
    best, at = _best(len(left), pair, bits, np.arange(len(pair), dtype=np.int64))
    found = at >= 0
    left_key, right_key = np.full(len(left), -1, dtype=np.int64), np.full(len(left), -1, dtype=np.int64)
    left_key[found], right_key[found] = one[at[found]], two[at[found]]
    return best, left_key, right_key


def _in_bio(population: Population, left: Indices, right: Indices) -> NDArray[np.bool_]:
    size = population.size
    known = population.bio_names[:, 0] * size + population.bio_names[:, 1]
    return np.isin(left * size + right, known) | np.isin(right * size + left, known)
