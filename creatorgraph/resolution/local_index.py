"""What a run leaves for arrivals: the keys of everybody, who is spelled like whom, and what the pairs weigh.

Pairs that these indexes find and the run's own rules do not are compared too, so that a profile that arrives later and is
compared by the indexes alone is treated as though it had been there from the start. The model is trained without them.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.domain.progress import Progress
from creatorgraph.resolution.blocking.block import union
from creatorgraph.resolution.blocking.candidate import Candidates
from creatorgraph.resolution.blocking.local import local_pairs
from creatorgraph.resolution.blocking.posting import Postings, postings_of, shown_of
from creatorgraph.resolution.blocking.spelling import GramPostings, Likeness, gram_postings, nearest_spellings
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.feature.reference import Reference
from creatorgraph.resolution.model.competition import LEAST
from creatorgraph.resolution.model.estimate import Estimate
from creatorgraph.resolution.model.pattern import Patterns, patterns_of_codes
from creatorgraph.resolution.model.score import level_scores
from creatorgraph.resolution.observation import observed
from creatorgraph.resolution.scoring import Scored
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.signals.signal import Levels

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the indexes hold of the rows of a table, and the codes `left * size + right` of the pairs that they find."""

    postings: Postings
    grams: GramPostings
    near: Likeness
    codes: Indices


@dataclass(frozen=True, slots=True, kw_only=True)
class PairWeights:
    """Pairs with a say: `weight` in bits with the prior and before competition, (pairs, signals) `levels`; `from_run` marks
    those that no index finds."""

    left: Indices
    right: Indices
    weight: Weights
    levels: Levels
    from_run: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalIndex:
    """All that is kept for arrivals; rows are those of the run's table, by ascending profile id."""

    postings: Postings
    grams: GramPostings
    near: Likeness
    pairs: PairWeights


def found_by_index(table: pa.Table, reference: Reference, *, max_block_size: int) -> Found:
    """The indexes of the rows of a PROFILE_SCHEMA table by the counts of a model."""
    shown = shown_of(table, reference)
    postings, grams = postings_of(shown), gram_postings(shown, max_block_size)
    near = nearest_spellings(grams, table.column("profile_id").combine_chunks())
    codes = union(
        [local_pairs(postings, table.num_rows, max_block_size=max_block_size), np.unique(near.codes(table.num_rows))]
    )
    return Found(postings=postings, grams=grams, near=near, codes=codes)


def with_indexed(
    candidates: Candidates,
    patterns: Patterns,
    found: Found,
    population: Population,
    threads: int | None,
    progress: Progress,
) -> tuple[Candidates, Patterns]:
    """The candidates, ascending as before, and their patterns with the pairs that the indexes alone find."""
    size = population.size
    own = candidates.left * size + candidates.right
    extra = np.setdiff1d(found.codes, own, assume_unique=True)
    pairs = Pairs(population=population, left=extra // size, right=extra % size)
    more = observed(pairs, threads=threads, progress=progress)
    codes = np.concatenate([own, extra])
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    marked = np.concatenate([patterns.marked[patterns.of_pair], more.marked[more.of_pair]])[order]
    rules = np.concatenate([candidates.rules, np.zeros(len(extra), dtype=candidates.rules.dtype)])[order]
    wider = Candidates(
        left=codes // size,
        right=codes % size,
        rules=rules,
        reports=candidates.reports,
        warnings=candidates.warnings,
        grams=candidates.grams,
    )
    return wider, patterns_of_codes(SIGNALS, [marked])


def pair_weights(scored: Scored, fitted: Estimate, found: Found, *, least: float) -> PairWeights:
    """Of the scored pairs those that are a rival to somebody, or weigh `least` bits in the end."""
    weight = level_scores(SIGNALS, fitted, scored.levels)[0]
    kept = np.flatnonzero((weight > LEAST) | (scored.weight >= least))
    left, right = scored.pairs.left[kept], scored.pairs.right[kept]
    codes = left * scored.pairs.population.size + right
    at = np.minimum(np.searchsorted(found.codes, codes), max(len(found.codes) - 1, 0))
    indexed = found.codes[at] == codes if len(found.codes) else np.zeros(len(codes), dtype=bool)
    return PairWeights(left=left, right=right, weight=weight[kept], levels=scored.levels[kept], from_run=~indexed)
