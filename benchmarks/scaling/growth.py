"""How a figure grows with the number of profiles, from the two largest sizes at which it was measured."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """`fixed + rate * profiles ** exponent`, in the unit of what was measured."""

    fixed: float
    rate: float
    exponent: float

    def at(self, profiles: float) -> float:
        return self.fixed + self.rate * math.pow(profiles, self.exponent)

    def reaches(self, limit: float) -> float:
        """The number of profiles at which the figure is `limit`; infinite where it never is, 0 where it always is."""
        if limit <= self.fixed:
            return 0.0
        if self.rate <= 0:
            return math.inf
        return float(((limit - self.fixed) / self.rate) ** (1 / self.exponent))

    @property
    def words(self) -> str:
        if self.exponent > 1:
            return f"n^{self.exponent:.2f}"
        return "linear" if self.rate > 0 else "fixed"


def growth_of(points: Sequence[tuple[int, float]]) -> Growth:
    """Through the two largest of the (profiles, figure) given.

    What grows faster than the profiles is a power of them. What grows slower is a fixed cost and a part in proportion: the
    exponent below 1 that would fit as well comes from a start that a large run no longer notices, and carried on it would
    promise too much. What is smaller at the larger size is noise; it is taken in proportion to the larger size.
    Raises ValueError for fewer than two sizes.
    """
    sizes = dict(points)
    if len(sizes) < 2:
        raise ValueError("growth needs figures at two sizes")
    small, large = sorted(sizes)[-2:]
    before, after = sizes[small], sizes[large]
    if before <= 0 or after < before:
        return Growth(fixed=0.0, rate=after / large, exponent=1.0)
    exponent = math.log(after / before) / math.log(large / small)
    if exponent > 1:
        return Growth(fixed=0.0, rate=after / float(large) ** exponent, exponent=exponent)
    rate = (after - before) / (large - small)
    return Growth(fixed=after - rate * large, rate=rate, exponent=1.0)
