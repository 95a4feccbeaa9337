"""Profiles that name another profile's account, by link or by @handle."""

import numpy as np

from creatorgraph.resolution.blocking.block import RulePairs, pair_codes, pairs_of_codes
from creatorgraph.resolution.feature.incidence import Incidence, Indices
from creatorgraph.resolution.feature.population import Population


def named_accounts(population: Population, cap: int) -> RulePairs:
    """Every (profile, profile whose account it names); an account that more than `cap` profiles name is left out."""
    accounts = population.accounts
    codes = np.concatenate(
        [
            _joined(accounts.named, accounts.own, population.size, cap),
            _joined(accounts.mentioned, accounts.own_mention, population.size, cap),
        ]
    )
    return pairs_of_codes("account", np.unique(codes))


def _joined(named: Incidence, own: Indices, size: int, cap: int) -> Indices:
    owners = np.flatnonzero(own >= 0)
    order = owners[np.argsort(own[owners], kind="stable")]
    numbers = own[order]
    begin = np.searchsorted(numbers, named.values, side="left")
    count = np.searchsorted(numbers, named.values, side="right") - begin
    busy = named.frequency()[named.values] * np.maximum(count, 1) > cap
    count = np.where(busy, 0, count)
    entry = np.repeat(np.arange(len(count), dtype=np.int64), count)
    place = np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count) + begin[entry]
    return pair_codes(named.row_of_entry[entry], order[place], size)
