"""Profiles that share an identity key, an address, an email or a phone.

`rungs` split what too many share, see split.py.
"""

from collections.abc import Sequence

from creatorgraph.resolution.blocking.block import RulePairs, pairs_of_blocks
from creatorgraph.resolution.feature.incidence import Incidence
from creatorgraph.resolution.feature.key import FIRST_DERIVED
from creatorgraph.resolution.feature.population import Population


def equal_keys(population: Population, cap: int, rungs: Sequence[Incidence]) -> RulePairs:
    """The same username, name or web owner, or one's handle as it could be derived from the other's name."""
    keys = population.keys
    return pairs_of_blocks("key", keys.entries, cap, names=keys.texts, guessed=keys.kinds >= FIRST_DERIVED, rungs=rungs)


def shared_addresses(population: Population, cap: int, rungs: Sequence[Incidence]) -> RulePairs:
    """The same host, page or named account."""
    return pairs_of_blocks("address", population.addresses, cap, rungs=rungs)


def shared_emails(population: Population, cap: int, rungs: Sequence[Incidence]) -> RulePairs:
    return pairs_of_blocks("email", population.emails, cap, rungs=rungs)


def shared_phones(population: Population, cap: int, rungs: Sequence[Incidence]) -> RulePairs:
    return pairs_of_blocks("phone", population.phones, cap, rungs=rungs)
