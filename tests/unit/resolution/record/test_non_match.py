"""u counts different people only, though the pairs that it is counted on hold true matches."""

import numpy as np

from creatorgraph.domain.progress import Silent
from creatorgraph.resolution.model.pattern import Patterns, patterns_of
from creatorgraph.resolution.record.blocking import record_candidates
from creatorgraph.resolution.record.comparison import RecordPairs
from creatorgraph.resolution.record.non_match import SAMPLE, Observed, non_match_shares, random_pairs
from creatorgraph.resolution.record.registry import comparisons_of
from tests.unit.resolution.record.conftest import MakeTable

KINDS = {"no": "code", "town": "category"}


def seen_of(make_table: MakeTable) -> tuple[Observed, tuple[object, ...]]:
    """40 people with two records each: each his own number, everybody one of two towns."""
    rows = [{"id": f"{i:02}", "no": f"X{1000 + 37 * (i // 2)}", "town": f"town {i // 2 % 2}"} for i in range(80)]
    table = make_table(rows, KINDS)
    comparisons = comparisons_of(table)

    def patterns(pairs: RecordPairs) -> Patterns:
        levels = np.stack([c.compare(pairs) for c in comparisons], axis=1)
        return patterns_of(comparisons, levels, np.zeros(len(pairs), dtype=bool))

    found = record_candidates(table, cap=200, progress=Silent()).pairs
    return Observed(found=patterns(found), drawn=patterns(random_pairs(80, 1)), pairs=table.pairs), comparisons


def test_matches_taken_out_leave_chance(make_table: MakeTable) -> None:
    seen, comparisons = seen_of(make_table)
    equal = [level.name.startswith("equal") for level in comparisons[0].levels]  # type: ignore[attr-defined]
    same_number = {
        name: np.array([any(equal[level] for level in row[:1]) for row in patterns.levels], dtype=float)
        for name, patterns in (("found", seen.found), ("drawn", seen.drawn))
    }

    number, town = non_match_shares(comparisons, seen, same_number["found"], same_number["drawn"])  # type: ignore[arg-type]
    contaminated, _ = non_match_shares(
        comparisons,  # type: ignore[arg-type]
        seen,
        np.zeros(len(seen.found.counts)),
        np.zeros(len(seen.drawn.counts)),
    )

    true_share = 40 / (80 * 79 / 2)
    assert contaminated[equal].sum() > 0.9 * true_share
    assert number[equal].sum() < 0.25 * true_share
    # half of all other pairs live in one town
    assert abs(town[2:].sum() - 0.49) < 0.03
    assert number.sum() == town.sum() == 1


def test_random_pairs_are_all_pairs_where_there_are_few() -> None:
    pairs = random_pairs(30, seed=1)

    assert len(pairs) == 30 * 29 // 2
    assert len({*zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)}) == len(pairs)


def test_random_pairs_of_many_are_drawn_and_in_order() -> None:
    pairs = random_pairs(5_000, seed=1)

    assert 0.99 * SAMPLE < len(pairs) <= SAMPLE
    assert (pairs.left < pairs.right).all()
