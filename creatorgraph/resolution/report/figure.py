"""The same as the page, as data: every figure, and the pairs of the cases by their ids; nothing that a profile says."""

from dataclasses import asdict
from typing import Any

from creatorgraph.resolution.evaluation.assessment import Assessment, Scores
from creatorgraph.resolution.evaluation.slice import Slice


def figures(found: Assessment) -> dict[str, Any]:
    """JSON-able."""
    return {
        "model_version": str(found.model["model_version"]),
        "thresholds": {
            "match": found.options.match_threshold,
            "review": found.options.review_threshold,
            "floor": found.options.floor,
        },
        "scores": None if found.scores is None else _scores(found.scores),
        "blocking": {**asdict(found.blocking), "recall": found.blocking.recall},
        "unlinkable": found.unlinkable.below,
        "creators_by_size": {str(size): count for size, count in found.sizes.items()},
        "cases": {
            group.kind.value: {
                "total": group.total,
                "first": [
                    {"left": case.link.left, "right": case.link.right, "probability": case.link.probability}
                    for case in group.cases
                ],
            }
            for group in found.cases
        },
        "resolution": asdict(found.summary),
    }


def _scores(scores: Scores) -> dict[str, Any]:
    best = scores.curve.best
    return {
        "pairs_and_b_cubed": asdict(scores.agreement),
        "links_at_threshold": asdict(scores.links),
        "links_best": None if best is None else asdict(best),
        "average_precision": scores.curve.average_precision,
        "calibration": None if scores.all_links is None else asdict(scores.all_links),
        "calibration_accepted": None if scores.accepted is None else asdict(scores.accepted),
        "slices": [_slice(each) for each in scores.slices],
        "labelled_slices": [_slice(each) for each in scores.labelled_slices],
        "chained_pairs": scores.chained,
        "unlabelled_profiles": scores.unlabelled,
        "labels_without_profile": scores.absent,
    }


def _slice(each: Slice) -> dict[str, Any]:
    return {
        "dimension": each.dimension,
        "figures": [{**asdict(f), "recall": f.recall, "precision": f.precision} for f in each.figures],
    }
