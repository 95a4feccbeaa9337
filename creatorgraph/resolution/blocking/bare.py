"""Profiles that no rule can find a partner for, because they show nothing that could tie them to another."""

import numpy as np

from creatorgraph.resolution.feature.population import Population


def bare_profiles(population: Population) -> int:
    """How many profiles have no username, name, address, contact, account, picture or bio that a rule reads."""
    accounts = population.accounts
    shows = (accounts.own >= 0) | (population.avatars.picture >= 0) | population.has_bio | population.has_vector
    for table in (
        population.keys.entries, population.names.entries, population.addresses, population.emails, population.phones,
        accounts.named, accounts.mentioned,
    ):  # fmt: skip
        shows |= table.degree > 0
    return int(np.count_nonzero(~shows))


def bare_warning(count: int) -> tuple[str, ...]:
    """What to tell of them, if there are any."""
    if not count:
        return ()
    return (
        f"{count} {'profile shows' if count == 1 else 'profiles show'} no username, name, address, contact, account, picture or "
        f"bio: nothing can tie {'it' if count == 1 else 'them'} to another.",
    )
