"""How far stewards agree with each other, and with the machine."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import sqlalchemy as sa

from creatorgraph.domain.decision import Verdict
from creatorgraph.store.read.agreement import BandCount, band_counts, opinions

LEAST_PAIRS = 10
"""Fewer pairs than this give no figure that means anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`kappa` is None below two stewards or LEAST_PAIRS pairs in common."""

    kappa: float | None
    pairs_decided_twice: int
    machine: tuple[BandCount, ...]


def agreement(connection: sa.Connection) -> Agreement:
    said = opinions(connection)
    return Agreement(kappa=kappa(said.values()), pairs_decided_twice=len(said), machine=tuple(band_counts(connection)))


def kappa(said: Iterable[Mapping[str, Verdict]]) -> float | None:
    """Cohen's kappa (1960): agreement beyond chance, 1 where all agree, 0 where chance alone would agree as often.

    With more than two stewards the mean over their pairs, each weighing as many items as the two have in common (Light,
    1971). `said` is, per item, what each steward said. None where the items in common are fewer than LEAST_PAIRS.
    """
    common: dict[tuple[str, str], Counter[tuple[Verdict, Verdict]]] = {}
    items = 0
    for verdicts in said:
        items += len(verdicts) > 1
        for one, other in combinations(sorted(verdicts), 2):
            common.setdefault((one, other), Counter())[verdicts[one], verdicts[other]] += 1
    if items < LEAST_PAIRS:
        return None
    total = sum(count.total() for count in common.values())
    return sum(_of_two(count) * count.total() for count in common.values()) / total


def _of_two(count: Counter[tuple[Verdict, Verdict]]) -> float:
    total = count.total()
    seen = sum(n for (one, other), n in count.items() if one is other) / total
    shares = [
        Counter({v: sum(n for pair, n in count.items() if pair[side] is v) / total for v in Verdict}) for side in (0, 1)
    ]
    chance = sum(shares[0][v] * shares[1][v] for v in Verdict)
    # both always said the same one word: nothing could be disagreed about
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)
