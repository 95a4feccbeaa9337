"""Does one profile name the other's account?

A profile that links the other's account, in its website, links or bio, mostly does so because it is the same person;
more surely when both name each other, and most surely on a link-in-bio page, which exists to list its owner's accounts.
Accounts that many profiles name (an employer's, a friend's everybody mentions) count for little. Naming another account
on the other's platform speaks slightly against.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.incidence import Incidence, Indices
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.signal import MISSING, Level, Levels, NonMatches, Signal, both_sides

FEW_NAMERS = 5
_LEVELS = (
    Level(name="another", text="one names another account on the other's platform", m=0.2, u=0.99),
    Level(name="mentioned", text="one mentions the other's @handle", m=0.05, u=1e-4),
    Level(name="popular", text="one names the other's account, which many name", m=0.05, u=2e-4),
    Level(name="named", text="one names the other's account", m=0.15, u=1e-5),
    Level(name="listed", text="one lists the other's account among its links", m=0.3, u=3e-6),
    Level(name="mutual", text="each names the other's account", m=0.15, u=3e-7),
    Level(name="page", text="a link-in-bio page lists the other's account", m=0.1, u=3e-7),
)
ANOTHER, MENTIONED, POPULAR, NAMED, LISTED, MUTUAL, PAGE = range(7)


def compare(pairs: Pairs) -> Levels:
    accounts = pairs.population.accounts
    left, right = pairs.left, pairs.right
    forward, backward = (
        _names(accounts.named, accounts.own, left, right),
        _names(accounts.named, accounts.own, right, left),
    )
    either = forward | backward
    listed_there, listed_back = (
        _names(accounts.listed, accounts.own, left, right),
        _names(accounts.listed, accounts.own, right, left),
    )
    namers = np.maximum(
        np.where(forward, _namers(accounts.namers, accounts.own[right]), 0),
        np.where(backward, _namers(accounts.namers, accounts.own[left]), 0),
    )
    mentions = _names(accounts.mentioned, accounts.own_mention, left, right)
    mentions |= _names(accounts.mentioned, accounts.own_mention, right, left)
    elsewhere = accounts.named_platforms.has(left, accounts.platform_of_own[right])[0] & (accounts.own[right] >= 0)
    elsewhere |= accounts.named_platforms.has(right, accounts.platform_of_own[left])[0] & (accounts.own[left] >= 0)
    levels = np.where(elsewhere, ANOTHER, MISSING)
    levels = np.where(mentions, MENTIONED, levels)
    levels = np.where(either, NAMED, levels)
    levels = np.where(listed_there | listed_back, LISTED, levels)
    levels = np.where(either & (namers > FEW_NAMERS), POPULAR, levels)
    levels = np.where((listed_there & accounts.is_page[left]) | (listed_back & accounts.is_page[right]), PAGE, levels)
    return np.where(forward & backward, MUTUAL, levels).astype(np.int8)


def _names(named: Incidence, own: Indices, who: Indices, whom: Indices) -> NDArray[np.bool_]:
    known = own[whom] >= 0
    return named.has(who, np.where(known, own[whom], 0))[0] & known


def _namers(namers: Indices, account: Indices) -> Indices:
    return np.where(account >= 0, namers[np.maximum(account, 0)] if len(namers) else 0, 0)


def values(pairs: Pairs) -> tuple[pa.Array, pa.Array]:
    return both_sides(pairs, "username")


def present(population: Population) -> NDArray[np.bool_]:
    return (population.accounts.named.degree > 0) | (population.accounts.own >= 0)


SIGNAL = Signal(
    name="account",
    levels=_LEVELS,
    compare=compare,
    columns=("platform", "username", "usernames", "accounts", "listed_accounts", "mentions"),
    values=values,
    present=present,
    non_matches=NonMatches.NAMES_APART,
    chains=((ANOTHER, MENTIONED, NAMED, LISTED, MUTUAL), (POPULAR, NAMED), (LISTED, PAGE)),
    decisive=True,
)
