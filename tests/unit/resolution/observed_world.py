"""What training starts from: the candidate pairs of a population, their patterns, and u."""

from creatorgraph.domain.progress import Silent
from creatorgraph.resolution.blocking.candidate import candidate_pairs
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.non_match import Shares, non_match_shares
from creatorgraph.resolution.model.pattern import Patterns
from creatorgraph.resolution.observation import observed
from creatorgraph.resolution.signals import SIGNALS


def observed_world(population: Population) -> tuple[Pairs, Patterns, tuple[Shares, ...]]:
    """In one thread, always from the same seed."""
    found = candidate_pairs(population, max_block_size=50, seed=1, progress=Silent())
    pairs = Pairs(population=population, left=found.left, right=found.right)
    patterns = observed(pairs, threads=1, progress=Silent())
    return pairs, patterns, non_match_shares(SIGNALS, population, patterns, pairs, 1)
