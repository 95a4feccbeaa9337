"""Whom profiles mention: the accounts and handles of others, each with its rarity."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import Column, distinct, entries_of, texts_by
from creatorgraph.resolution.feature.incidence import Incidence, incidence_of
from creatorgraph.resolution.feature.reference import Counts, text_counts

MAX_PROFILES = 1_000
"""An account that more profiles mention is left out: it would say little, and the table stays small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceTable:
    """`entries` profiles by the accounts that they mention, `bits` per account, `given` who mentions anybody at all."""

    entries: Incidence
    bits: NDArray[np.float64]
    given: NDArray[np.bool_]
    counts: Counts
    """How many profiles mention each account that more than one mentions."""


def audience_table(mentions: Column, known: Counts | None = None) -> AudienceTable:
    """From the accounts that each profile mentions. An account's bits are -log2 of the share of profiles that mention it.

    The rarer what two have in common, the closer they are: Adamic and Adar, Friends and Neighbors on the Web, Social
    Networks 25 (2003), who weigh a shared item by 1 / log of how many share it. Bits do the same and add up with the rest.
    `known` counts weigh the accounts in place of these profiles' own.
    """
    mentioned = entries_of(mentions)
    accounts = distinct(mentioned.texts)
    spelled = distinct(texts_by(accounts.texts, str.lower))
    number = spelled.number
    named = accounts.number >= 0
    width = int(number.max(initial=-1)) + 1
    every = incidence_of(mentioned.rows[named], number[accounts.number[named]], height=len(mentions), width=width)
    seen, given = every.frequency(), every.degree > 0
    several = seen >= 2
    counts = known or text_counts(spelled.texts.filter(pa.array(several)), seen[several], int(given.sum()))
    frequency = seen if known is None else np.maximum(known.of_texts(spelled.texts), 1)
    useful = several & (np.maximum(seen, frequency) <= MAX_PROFILES)
    return AudienceTable(
        entries=every.only(useful),
        bits=-np.log2(frequency[useful] / max(counts.total, 1)),
        given=given,
        counts=counts,
    )
