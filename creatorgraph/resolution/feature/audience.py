"""Whom profiles mention: the accounts and handles of others, each with its rarity."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Incidence, numbered

MAX_PROFILES = 1_000
"""An account that more profiles mention is left out: it would say little, and the table stays small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceTable:
    """`entries` profiles by the accounts that they mention, `bits` per account, `given` who mentions anybody at all."""

    entries: Incidence
    bits: NDArray[np.float64]
    given: NDArray[np.bool_]


def audience_table(mentions: Sequence[Sequence[str]]) -> AudienceTable:
    """From the accounts that each profile mentions. An account's bits are -log2 of the share of profiles that mention it.

    The rarer what two have in common, the closer they are: Adamic and Adar, Friends and Neighbors on the Web, Social
    Networks 25 (2003), who weigh a shared item by 1 / log of how many share it. Bits do the same and add up with the rest.
    """
    rows = [sorted({account.lower() for account in row}) for row in mentions]
    frequency = Counter(account for row in rows for account in row)
    given = np.array([bool(row) for row in rows], dtype=bool)
    useful = {account for account, count in frequency.items() if 2 <= count <= MAX_PROFILES}
    entries, accounts = numbered([[account for account in row if account in useful] for row in rows])
    count = np.array([frequency[str(account)] for account in accounts], dtype=np.float64)
    return AudienceTable(entries=entries, bits=-np.log2(count / max(int(given.sum()), 1)), given=given)
