"""Shared values in levels, by how many profiles share the rarest of them; used by the signals of websites and contacts."""

import numpy as np

from creatorgraph.resolution.feature.incidence import Incidence, Indices
from creatorgraph.resolution.signals.signal import MISSING, Level, Levels

FEW, SOME, MANY = 3, 8, 25


def overlap_levels(table: Incidence, left: Indices, right: Indices, *, comparable: Incidence | None = None) -> Levels:
    """4 rarest value shared by at most FEW profiles, 3 by at most SOME, 2 by at most MANY, 1 by more, 0 none shared.

    `comparable` is the table whose presence on both sides makes "none shared" mean difference (by default the same).
    """
    frequency = table.frequency()
    shared = table.shared(left, right)
    rarest = np.full(len(left), np.iinfo(np.int64).max)
    np.minimum.at(rarest, shared.pair, frequency[table.values[shared.left_entry]])
    degree = (comparable or table).degree
    levels = np.where((degree[left] > 0) & (degree[right] > 0), 0, MISSING)
    levels = np.where(rarest < np.iinfo(np.int64).max, 1, levels)
    for limit, level in ((MANY, 2), (SOME, 3), (FEW, 4)):
        levels = np.where(rarest <= limit, level, levels)
    return levels.astype(np.int8)


def contact_levels(one: str, several: str) -> tuple[Level, ...]:
    """The levels of a kind of contact, such as ("an email address", "email addresses"), with their prior m and u.

    A contact is given to be reached: two profiles that share a private one are one person or one office.
    """
    return (
        Level(name="different", text=f"different {several}", m=0.3, u=0.999),
        Level(name="many", text=f"{one} that more than {MANY} profiles give", m=0.02, u=0.02),
        Level(name=f"some_{MANY}", text=f"{one} that {SOME + 1} to {MANY} profiles give", m=0.04, u=0.0002),
        Level(name=f"some_{SOME}", text=f"{one} that {FEW + 1} to {SOME} profiles give", m=0.14, u=1e-05),
        Level(name="few", text=f"{one} that no more than {FEW} profiles give", m=0.5, u=5e-07),
    )
