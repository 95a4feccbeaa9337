"""Figures by slice: recall of the true pairs and precision of the found ones, by how their two profiles relate."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from creatorgraph.domain.profile import Profile
from creatorgraph.resolution.evaluation.pair import Pair
from creatorgraph.resolution.evaluation.relation import (
    bio_relation,
    host_relation,
    language_relation,
    name_relation,
    platform_pair,
    platform_relation,
    username_relation,
)

MOST_VALUES = 15
"""Values of one dimension that are shown; the rarer ones are summed up as `other`."""
OTHER = "other"
Relation = Callable[[Profile, Profile], str]

DIMENSIONS: tuple[tuple[str, Relation], ...] = (
    ("name", lambda one, other: name_relation(one.display_name, other.display_name)),
    ("bio", lambda one, other: bio_relation(one.bio, other.bio)),
    ("website host", host_relation),
    ("username", username_relation),
    ("platform", platform_relation),
    ("platform pair", platform_pair),
    ("language", language_relation),
)
"""What a pair is sliced by; computed from the profiles, so that any data has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceFigure:
    """Of one value of one dimension: `found` of the `true_pairs` are together; `right` of the `found_pairs` are true.

    `found_pairs` and `right` are None where only true pairs have the dimension.
    """

    value: str
    true_pairs: int
    found: int
    found_pairs: int | None = None
    right: int | None = None

    @property
    def recall(self) -> float | None:
        return self.found / self.true_pairs if self.true_pairs else None

    @property
    def precision(self) -> float | None:
        return self.right / self.found_pairs if self.found_pairs and self.right is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    dimension: str
    figures: tuple[SliceFigure, ...]
    """By falling number of true pairs, then by value."""


def slices(
    profiles: Mapping[str, Profile],
    true_pairs: Collection[Pair],
    found_pairs: Collection[Pair],
    dimensions: Sequence[tuple[str, Relation]] = DIMENSIONS,
) -> tuple[Slice, ...]:
    """One slice per dimension with more than one value; pairs of unknown profiles do not count.

    `found_pairs` are the pairs in one creator, of profiles whose truth is known.
    """
    true = [pair for pair in true_pairs if pair[0] in profiles and pair[1] in profiles]
    found = [pair for pair in found_pairs if pair[0] in profiles and pair[1] in profiles]
    right = set(true) & set(found)
    every = dict.fromkeys([*true, *found])
    result = []
    for dimension, relation in dimensions:
        value = {pair: str(relation(profiles[pair[0]], profiles[pair[1]])) for pair in every}
        of_true, of_found = Counter(value[p] for p in true), Counter(value[p] for p in found)
        of_right = Counter(value[p] for p in right)
        shown = _most(of_true + of_found)
        if len(shown) > 1:
            result.append(
                Slice(
                    dimension=dimension,
                    figures=_figures(
                        shown, _folded(of_true, shown), _folded(of_right, shown), _folded(of_found, shown)
                    ),
                )
            )
    return tuple(result)


def labelled_slices(columns: Mapping[str, Mapping[Pair, str]], together: Callable[[Pair], bool]) -> tuple[Slice, ...]:
    """Recall of labelled true pairs by the values of their own columns; columns of one value or of many are left out."""
    result = []
    for dimension, value in columns.items():
        of_true = Counter(value.values())
        if 1 < len(of_true) <= MOST_VALUES:
            of_found = Counter(v for pair, v in value.items() if together(pair))
            result.append(Slice(dimension=dimension, figures=_figures(tuple(of_true), of_true, of_found, None)))
    return tuple(result)


def _most(count: Counter[str]) -> tuple[str, ...]:
    ranked = sorted(count, key=lambda v: (-count[v], v))
    return tuple(ranked) if len(ranked) <= MOST_VALUES else (*ranked[: MOST_VALUES - 1], OTHER)


def _folded(count: Counter[str], shown: tuple[str, ...]) -> Counter[str]:
    folded: Counter[str] = Counter()
    for value, n in count.items():
        folded[value if value in shown else OTHER] += n
    return folded


def _figures(
    values: tuple[str, ...], true: Counter[str], right: Counter[str], found: Counter[str] | None
) -> tuple[SliceFigure, ...]:
    figures = [
        SliceFigure(
            value=value,
            true_pairs=true[value],
            found=right[value],
            found_pairs=None if found is None else found[value],
            right=None if found is None else right[value],
        )
        for value in values
    ]
    return tuple(sorted(figures, key=lambda f: (-f.true_pairs, f.value)))
