"""Profiles that share an identity key, an address, an email or a phone."""

from creatorgraph.resolution.blocking.block import RulePairs, pairs_of_blocks
from creatorgraph.resolution.feature.population import Population


def equal_keys(population: Population, cap: int) -> RulePairs:
    """The same username, name, web owner or derived handle."""
    return pairs_of_blocks("key", population.keys.entries, cap)


def shared_addresses(population: Population, cap: int) -> RulePairs:
    """The same host, page or named account."""
    return pairs_of_blocks("address", population.addresses, cap)


def shared_emails(population: Population, cap: int) -> RulePairs:
    return pairs_of_blocks("email", population.emails, cap)


def shared_phones(population: Population, cap: int) -> RulePairs:
    return pairs_of_blocks("phone", population.phones, cap)
