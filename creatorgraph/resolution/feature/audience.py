"""Whom profiles mention: the accounts and handles of others, each with its rarity."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import Column, distinct, entries_of, texts_by
from creatorgraph.resolution.feature.incidence import Incidence, incidence_of

MAX_PROFILES = 1_000
"""An account that more profiles mention is left out: it would say little, and the table stays small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceTable:
    """`entries` profiles by the accounts that they mention, `bits` per account, `given` who mentions anybody at all."""

    entries: Incidence
    bits: NDArray[np.float64]
    given: NDArray[np.bool_]


def audience_table(mentions: Column) -> AudienceTable:
    """From the accounts that each profile mentions. An account's bits are -log2 of the share of profiles that mention it.

    The rarer what two have in common, the closer they are: Adamic and Adar, Friends and Neighbors on the Web, Social
    Networks 25 (2003), who weigh a shared item by 1 / log of how many share it. Bits do the same and add up with the rest.
    """
    mentioned = entries_of(mentions)
    accounts = distinct(mentioned.texts)
    number = distinct(texts_by(accounts.texts, str.lower)).number
    known = accounts.number >= 0
    width = int(number.max(initial=-1)) + 1
    every = incidence_of(mentioned.rows[known], number[accounts.number[known]], height=len(mentions), width=width)
    frequency, given = every.frequency(), every.degree > 0
    useful = (frequency >= 2) & (frequency <= MAX_PROFILES)
    return AudienceTable(
        entries=every.only(useful), bits=-np.log2(frequency[useful] / max(int(given.sum()), 1)), given=given
    )
