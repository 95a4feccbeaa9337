"""Pairs of profiles on the way through the signals, with what several signals need computed once."""

from dataclasses import dataclass
from functools import cached_property

from creatorgraph.resolution.comparison.identity import IdentityComparison, compare_identity
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.population import Population


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """`left` < `right` are rows of the population; no slots, for the cached properties."""

    population: Population
    left: Indices
    right: Indices

    def __len__(self) -> int:
        return len(self.left)

    @cached_property
    def identity(self) -> IdentityComparison:
        return compare_identity(self.population, self.left, self.right)

    def subset(self, rows: Indices) -> "Pairs":
        """Some of the pairs."""
        return Pairs(population=self.population, left=self.left[rows], right=self.right[rows])

    def part(self, rows: slice) -> "Pairs":
        """A run of the pairs, without a copy."""
        return Pairs(population=self.population, left=self.left[rows], right=self.right[rows])
