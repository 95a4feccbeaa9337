"""Everything that a report says about one run of the resolver, as figures."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from creatorgraph.domain.profile import Profile
from creatorgraph.resolution.evaluation.agreement import Evaluation, evaluate
from creatorgraph.resolution.evaluation.blocking import BlockingRecall, blocking_recall
from creatorgraph.resolution.evaluation.calibration import Calibration, calibration
from creatorgraph.resolution.evaluation.case import CaseGroup, doubt_cases, error_cases
from creatorgraph.resolution.evaluation.curve import Curve, Point, at_threshold, precision_recall
from creatorgraph.resolution.evaluation.holding import Held, holding
from creatorgraph.resolution.evaluation.pair import Pair, labelled_links, ordered_set, pairs_within
from creatorgraph.resolution.evaluation.slice import Slice, labelled_slices, slices
from creatorgraph.resolution.evaluation.unlinkable import Unlinkable, unlinkable
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.result import Resolution, ResolutionSummary
from creatorgraph.resolution.watch import Watch

_MOST_CREATORS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is known of the profiles: who is behind each, pairs whose truth is unknown, and columns of labelled true pairs."""

    labels: Mapping[str, str]
    ignore: Collection[Pair] = frozenset()
    columns: Mapping[str, Mapping[Pair, str]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The figures that need the truth. `links` are at the threshold of the run, before clustering; `all_links` calibrates
    every link kept, `accepted` those from the threshold up; `chained` counts wrong pairs together without a link."""

    agreement: Evaluation
    curve: Curve
    links: Point
    all_links: Calibration | None
    accepted: Calibration | None
    slices: tuple[Slice, ...]
    labelled_slices: tuple[Slice, ...]
    chained: int
    unlabelled: int
    absent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """`sizes` counts creators by their number of profiles; `largest` are the creators of most profiles."""

    summary: ResolutionSummary
    options: ResolveOptions
    model: Mapping[str, Any]
    scores: Scores | None
    blocking: BlockingRecall
    unlinkable: Unlinkable
    sizes: Mapping[int, int]
    largest: tuple[Held, ...]
    probabilities: tuple[float, ...]
    """Of all links, ascending."""
    cases: tuple[CaseGroup, ...]


def watch_for(truth: Truth | None) -> Watch:
    """What the resolver must watch so that a run can be assessed."""
    return Watch(pairs=() if truth is None else pairs_within(truth.labels, truth.ignore), selves=True)


def assess(
    profiles: Mapping[str, Profile], resolution: Resolution, options: ResolveOptions, truth: Truth | None
) -> Assessment:
    """The figures of a run that has watched what `watch_for` says."""
    clusters: dict[str, int] = dict(
        zip(
            resolution.clusters.column("profile_id").to_pylist(),
            resolution.clusters.column("cluster").to_pylist(),
            strict=True,
        )
    )
    held = holding(clusters, _accepted(resolution))
    watched = resolution.watched
    if truth is None:
        scores, cases = None, doubt_cases(resolution, held, clusters)
        found = blocking_recall(resolution.summary.rules, resolution.summary.candidate_pairs, None)
    else:
        labelled = labelled_links(resolution.links, truth.labels, truth.ignore)
        cases = error_cases(resolution, labelled, clusters)
        scores = _scores(profiles, resolution, options, truth, clusters)
        found = blocking_recall(
            resolution.summary.rules,
            resolution.summary.candidate_pairs,
            watched.pairs.column("rules").to_pylist(),
            scores.agreement.true_pairs,
        )
    sizes = np.bincount(list(clusters.values())) if clusters else np.zeros(0, dtype=np.int64)
    return Assessment(
        summary=resolution.summary,
        options=options,
        model=resolution.model,
        scores=scores,
        blocking=found,
        unlinkable=unlinkable(watched.selves.column("match_weight").to_numpy(), options.match_threshold),
        sizes=dict(sorted(Counter(sizes.tolist()).items())),
        largest=held[:_MOST_CREATORS],
        probabilities=tuple(sorted(resolution.links.column("probability").to_pylist())),
        cases=cases,
    )


def _accepted(resolution: Resolution) -> list[tuple[int, str, str, float]]:
    links = resolution.links
    columns = (links.column(name).to_pylist() for name in ("left", "right", "probability", "accepted"))
    rows = enumerate(zip(*columns, strict=True))
    return [(row, left, right, probability) for row, (left, right, probability, accepted) in rows if accepted]


def _scores(
    profiles: Mapping[str, Profile],
    resolution: Resolution,
    options: ResolveOptions,
    truth: Truth,
    clusters: Mapping[str, int],
) -> Scores:
    ignore = ordered_set(truth.ignore)
    agreement = evaluate({p: str(c) for p, c in clusters.items()}, truth.labels, ignore)
    labelled = labelled_links(resolution.links, truth.labels, ignore)
    true = pairs_within(truth.labels, ignore)
    together = pairs_within({p: c for p, c in clusters.items() if p in truth.labels}, ignore)
    linked = {(left, right) for _, left, right, _ in _accepted(resolution)}
    sure = labelled.probability >= options.match_threshold
    return Scores(
        agreement=agreement,
        curve=precision_recall(labelled.probability, labelled.true, agreement.true_pairs),
        links=at_threshold(labelled.probability, labelled.true, agreement.true_pairs, options.match_threshold),
        all_links=calibration(labelled.probability, labelled.true),
        accepted=calibration(labelled.probability[sure], labelled.true[sure]),
        slices=slices(profiles, true, together),
        labelled_slices=labelled_slices(
            truth.columns or {},
            lambda pair: pair[0] in clusters and clusters[pair[0]] == clusters.get(pair[1]),
        ),
        chained=sum(pair not in linked and truth.labels[pair[0]] != truth.labels[pair[1]] for pair in together),
        unlabelled=sum(p not in truth.labels for p in clusters),
        absent=sum(p not in clusters for p in truth.labels),
    )
