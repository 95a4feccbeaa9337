"""Profiles that name another profile's account, by link or by @handle."""

import numpy as np

from creatorgraph.resolution.blocking.block import RulePairs, RuleReport, pair_codes, union
from creatorgraph.resolution.feature.incidence import Incidence, Indices
from creatorgraph.resolution.feature.population import Population


def named_accounts(population: Population, cap: int) -> RulePairs:
    """Every (profile, profile whose account it names); an account that more than `cap` profiles name is left out."""
    accounts = population.accounts
    by_link, most_linked = _joined(accounts.named, accounts.own, population.size, cap)
    by_mention, most_mentioned = _joined(accounts.mentioned, accounts.own_mention, population.size, cap)
    codes = union([by_link, by_mention])
    busy = np.concatenate([most_linked, most_mentioned])
    report = RuleReport(rule="account", pairs=len(codes), cap=cap, hubs=len(busy), largest_hub=int(busy.max(initial=0)))
    return RulePairs(codes=codes, report=report)


def _joined(named: Incidence, own: Indices, size: int, cap: int) -> tuple[Indices, Indices]:
    """The pairs of namer and owner, and how many profiles name each account that was left out."""
    owners = np.flatnonzero(own >= 0)
    order = owners[np.argsort(own[owners], kind="stable")]
    numbers = own[order]
    begin = np.searchsorted(numbers, named.values, side="left")
    count = np.searchsorted(numbers, named.values, side="right") - begin
    frequency = named.frequency()
    busy = (frequency[named.values] * count > cap) & (count > 0)
    left_out = frequency[np.unique(named.values[busy])]
    count = np.where(busy, 0, count)
    entry = np.repeat(np.arange(len(count), dtype=np.int64), count)
    place = np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count) + begin[entry]
    return pair_codes(named.row_of_entry[entry], order[place], size), left_out
