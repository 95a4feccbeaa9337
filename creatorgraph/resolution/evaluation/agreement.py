"""How well a clustering agrees with the truth: pairwise and B-cubed figures, and creators found exactly.

Pairwise figures count pairs of profiles. B-cubed (Bagga and Baldwin, "Entity-Based Cross-Document Coreferencing Using the
Vector Space Model", COLING-ACL 1998) asks for each profile which share of its predicted cluster belongs there, and which
share of its true cluster is with it, and averages over profiles, so that one large wrong cluster cannot hide.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from creatorgraph.domain.error import InvalidInputError

_Cluster = str | tuple[str]  # the tuple stands for a profile that has no cluster; it equals no label


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All shares are between 0 and 1. `exact` is the share of true creators of two or more profiles whose profiles are
    exactly one predicted creator; None where the truth has no such creator."""

    profiles: int
    entities: int
    true_pairs: int
    predicted_pairs: int
    precision: float
    recall: float
    f1: float
    b3_precision: float
    b3_recall: float
    b3_f1: float
    exact: float | None
    largest_predicted: int
    largest_true: int


def evaluate(
    predicted: Mapping[str, str], truth: Mapping[str, str], ignore: Collection[tuple[str, str]] = ()
) -> Evaluation:
    """Compare two maps of profile id to cluster, over the profiles of `truth`.

    A profile that `predicted` lacks is a cluster of its own; profiles that only `predicted` knows do not count. Pairs in
    `ignore` (in either order), whose truth is unknown, are left out of the pair counts. A share of nothing is 1: without a
    predicted pair precision is 1, without a true pair recall is. Raises InvalidInputError where `truth` is empty.
    """
    if not truth:
        raise InvalidInputError("the truth has no profiles", where="truth", mend="Give at least one labelled profile.")
    found: dict[str, _Cluster] = {profile: predicted.get(profile, (profile,)) for profile in truth}
    cell = Counter((truth[profile], found[profile]) for profile in truth)
    true_size, found_size = Counter(truth.values()), Counter(found.values())
    both = _pairs(cell.values())
    true_pairs, found_pairs = _pairs(true_size.values()), _pairs(found_size.values())
    for left, right in {(min(pair), max(pair)) for pair in ignore}:
        if left == right or left not in truth or right not in truth:
            continue
        same_true, same_found = truth[left] == truth[right], found[left] == found[right]
        true_pairs -= same_true
        found_pairs -= same_found
        both -= same_true and same_found
    precision = both / found_pairs if found_pairs else 1.0
    recall = both / true_pairs if true_pairs else 1.0
    b3_precision = sum(n * n / found_size[cluster] for (_, cluster), n in cell.items()) / len(truth)
    b3_recall = sum(n * n / true_size[entity] for (entity, _), n in cell.items()) / len(truth)
    return Evaluation(
        profiles=len(truth),
        entities=len(true_size),
        true_pairs=true_pairs,
        predicted_pairs=found_pairs,
        precision=precision,
        recall=recall,
        f1=_harmonic(precision, recall),
        b3_precision=b3_precision,
        b3_recall=b3_recall,
        b3_f1=_harmonic(b3_precision, b3_recall),
        exact=_exact(cell, true_size, found_size),
        largest_predicted=max(found_size.values()),
        largest_true=max(true_size.values()),
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def _exact(
    cell: Mapping[tuple[str, _Cluster], int], true_size: Mapping[str, int], found_size: Mapping[_Cluster, int]
) -> float | None:
    """A true creator is found exactly where one cell holds all of it and all of the predicted cluster."""
    whole = sum(n > 1 and n == true_size[entity] == found_size[cluster] for (entity, cluster), n in cell.items())
    linked = sum(size > 1 for size in true_size.values())
    return whole / linked if linked else None
