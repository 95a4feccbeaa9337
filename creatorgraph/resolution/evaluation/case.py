"""Pairs worth reading: the worst errors where the truth is known, the deepest doubts where it is not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creatorgraph.domain.link import Link
from creatorgraph.resolution.evaluation.holding import Held
from creatorgraph.resolution.evaluation.pair import LabelledPairs
from creatorgraph.resolution.result import LINK_SCHEMA, Resolution, links_of

MOST_CASES = 20


class CaseKind(StrEnum):
    FALSE_LINK = "false links"
    MISSED = "missed pairs that were compared"
    NEVER_COMPARED = "missed pairs that were never compared"
    UNCERTAIN = "the least certain of the accepted links"
    HOLDING = "the weakest links that hold creators together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`together`: whether clustering put the two into one creator. `rules` found the pair; None where nobody asked."""

    link: Link
    together: bool
    rules: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGroup:
    """`total` is how many there are; `cases` the first of them, the worst first."""

    kind: CaseKind
    total: int
    cases: tuple[Case, ...]


def error_cases(
    resolution: Resolution,
    labelled: LabelledPairs,
    clusters: Mapping[str, int],
    most: int = MOST_CASES,
) -> tuple[CaseGroup, ...]:
    """False links, the most probable first; missed pairs that were compared, the least probable first; and those that no
    blocking rule found, first those that would have scored highest. `resolution` has watched every true pair."""
    accepted = resolution.links.column("accepted").to_numpy(zero_copy_only=False)[labelled.rows]
    wrong = np.flatnonzero(accepted & ~labelled.true)
    wrong = wrong[np.argsort(-labelled.probability[wrong], kind="stable")]
    watched = resolution.watched.pairs
    ends = zip(watched.column("left").to_pylist(), watched.column("right").to_pylist(), strict=True)
    apart = np.array([clusters[left] != clusters[right] for left, right in ends], dtype=bool)
    compared = pc.list_value_length(watched.column("rules")).to_numpy() > 0
    probability = watched.column("probability").to_numpy()
    missed, unseen = np.flatnonzero(apart & compared), np.flatnonzero(apart & ~compared)
    missed = missed[np.argsort(probability[missed], kind="stable")]
    unseen = unseen[np.argsort(-probability[unseen], kind="stable")]
    return (
        CaseGroup(
            kind=CaseKind.FALSE_LINK,
            total=len(wrong),
            cases=_of_links(resolution, labelled.rows[wrong[:most]].tolist(), clusters),
        ),
        *(
            CaseGroup(kind=kind, total=len(rows), cases=_of_watched(resolution, rows[:most].tolist(), clusters))
            for kind, rows in ((CaseKind.MISSED, missed), (CaseKind.NEVER_COMPARED, unseen))
        ),
    )


def doubt_cases(
    resolution: Resolution, held: Collection[Held], clusters: Mapping[str, int], most: int = MOST_CASES
) -> tuple[CaseGroup, ...]:
    """What deserves a look without any truth: accepted links nearest to probability 0.5, and weakest links that hold."""
    accepted = np.flatnonzero(resolution.links.column("accepted").to_numpy(zero_copy_only=False))
    probability = resolution.links.column("probability").to_numpy()
    unsure = accepted[np.argsort(np.abs(probability[accepted] - 0.5), kind="stable")]
    weakest = sorted((h.weakest for h in held if h.weakest is not None), key=lambda row: (float(probability[row]), row))
    return (
        CaseGroup(
            kind=CaseKind.UNCERTAIN, total=len(unsure), cases=_of_links(resolution, unsure[:most].tolist(), clusters)
        ),
        CaseGroup(kind=CaseKind.HOLDING, total=len(weakest), cases=_of_links(resolution, weakest[:most], clusters)),
    )


def _of_links(resolution: Resolution, rows: Sequence[int], clusters: Mapping[str, int]) -> tuple[Case, ...]:
    taken = links_of(resolution.links.take(pa.array(rows, pa.int64())))
    return tuple(Case(link=link, together=clusters[link.left] == clusters[link.right]) for link in taken)


def _of_watched(resolution: Resolution, rows: Sequence[int], clusters: Mapping[str, int]) -> tuple[Case, ...]:
    part = resolution.watched.pairs.take(pa.array(rows, pa.int64()))
    accepted = pa.array(np.zeros(len(part), dtype=bool))
    table = part.append_column("accepted", accepted).select(LINK_SCHEMA.names)
    rules = part.column("rules").to_pylist()
    kept = _kept(resolution, table)
    cases = []
    for link, found in zip(links_of(table), rules, strict=True):
        full = kept.get((link.left, link.right), link)
        cases.append(replace(Case(link=full, together=clusters[link.left] == clusters[link.right]), rules=tuple(found)))
    return tuple(cases)


def _kept(resolution: Resolution, table: pa.Table) -> dict[tuple[str, str], Link]:
    """The links proper of pairs that have one: only those carry their evidence."""
    joined = resolution.links.filter(pc.is_in(resolution.links.column("left"), table.column("left").combine_chunks()))
    wanted = set(zip(table.column("left").to_pylist(), table.column("right").to_pylist(), strict=True))
    return {(link.left, link.right): link for link in links_of(joined) if (link.left, link.right) in wanted}
