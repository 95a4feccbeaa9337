"""Which pairs are worth reading, on a small run."""

import pyarrow as pa
import pytest

from creatorgraph.resolution.evaluation.case import CaseKind, doubt_cases, error_cases
from creatorgraph.resolution.evaluation.holding import Held
from creatorgraph.resolution.evaluation.pair import labelled_links
from creatorgraph.resolution.result import LINK_SCHEMA, WATCH_SCHEMA, Resolution, ResolutionSummary, Watched

SUMMARY = ResolutionSummary(
    profiles=6,
    candidate_pairs=5,
    rules=(),
    links=4,
    accepted_links=3,
    review_links=1,
    clusters=4,
    creators_of_several=2,
    largest_cluster=2,
    largest_component=2,
    components_split=0,
    seconds={},
    warnings=(),
)
TRUTH = {"a": "1", "b": "1", "c": "2", "d": "3", "e": "3", "f": "3"}
CLUSTERS = {"a": 0, "b": 0, "c": 1, "d": 1, "e": 2, "f": 3}
EVIDENCE = [
    {
        "signal": "prior",
        "level": "prior",
        "left_value": None,
        "right_value": None,
        "match_weight": -9.0,
        "explanation": "",
    }
]


@pytest.fixture
def resolution() -> Resolution:
    """True: a b, d e, d f, e f. Links: a b, c d (false) and b c (false, surer) accepted; d e too weak. e f unseen."""
    links = [("a", "b", 0.9, True), ("b", "c", 0.95, True), ("c", "d", 0.6, True), ("d", "e", 0.2, False)]
    watched = [
        ("a", "b", ["key"], 0.9, None),
        ("d", "e", ["key"], 0.2, None),
        ("d", "f", ["bio"], 0.01, EVIDENCE),
        ("e", "f", [], 0.7, EVIDENCE),
    ]
    return Resolution(
        links=pa.Table.from_pylist(
            [
                {"left": a, "right": b, "probability": p, "match_weight": 0.0, "accepted": ok, "evidence": EVIDENCE}
                for a, b, p, ok in links
            ],
            schema=LINK_SCHEMA,
        ),
        clusters=pa.table({}),
        model={},
        summary=SUMMARY,
        watched=Watched(
            pairs=pa.Table.from_pylist(
                [
                    {"left": a, "right": b, "rules": r, "probability": p, "match_weight": 0.0, "evidence": e}
                    for a, b, r, p, e in watched
                ],
                schema=WATCH_SCHEMA,
            )
        ),
    )


def test_false_links_misses_and_what_was_never_compared(resolution: Resolution) -> None:
    groups = error_cases(resolution, labelled_links(resolution.links, TRUTH), CLUSTERS)
    found = {g.kind: [(c.link.left, c.link.right, c.together, c.rules) for c in g.cases] for g in groups}
    assert found == {
        CaseKind.FALSE_LINK: [("b", "c", False, None), ("c", "d", True, None)],
        CaseKind.MISSED: [("d", "f", False, ("bio",)), ("d", "e", False, ("key",))],
        CaseKind.NEVER_COMPARED: [("e", "f", False, ())],
    }
    # a missed pair that has a link brings its evidence from there
    assert all(case.link.evidence for group in groups for case in group.cases)


def test_only_the_first_are_kept_and_all_are_counted(resolution: Resolution) -> None:
    first, *_ = error_cases(resolution, labelled_links(resolution.links, TRUTH), CLUSTERS, most=1)
    assert (first.total, [(c.link.left, c.link.right) for c in first.cases]) == (2, [("b", "c")])


def test_doubts_need_no_truth(resolution: Resolution) -> None:
    held = [
        Held(cluster=0, members=("a", "b"), weakest=0, joined=True),
        Held(cluster=1, members=("c", "d"), weakest=2, joined=True),
        Held(cluster=5, members=("x", "y"), weakest=None, joined=False),
    ]
    unsure, holding = doubt_cases(resolution, held, CLUSTERS)
    assert [(c.link.left, c.link.right) for c in unsure.cases] == [("c", "d"), ("a", "b"), ("b", "c")]
    assert [(c.link.left, c.link.right) for c in holding.cases] == [("c", "d"), ("a", "b")]
