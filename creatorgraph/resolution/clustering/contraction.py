"""Greedy additive edge contraction (Keuper and others, ICCV 2015): correlation clustering on signed weights.

The pair of clusters with the largest summed weight between them is joined, again and again, while that sum is positive.
Every pair of profiles across two clusters has a say: a link its weight over the threshold, an absent link a small cost.
So one weak link cannot join two clusters that otherwise have nothing in common, which is how chains are cut.
"""

import heapq
from collections.abc import Iterable, Sequence

ABSENT = -0.5
"""Bits that a pair of profiles without any link speaks against joining."""

_Between = dict[int, list[float]]


def contract(nodes: Sequence[int], edges: Iterable[tuple[int, int, float]]) -> list[list[int]]:
    """Clusters of the nodes, each ascending, by first member; `edges` are (one, other, signed weight), each pair once.

    Ties go to the smallest nodes. A weight of minus infinity can never be outweighed.
    """
    between: dict[int, _Between] = {node: {} for node in nodes}
    size = dict.fromkeys(nodes, 1)
    members = {node: [node] for node in nodes}
    heap: list[tuple[float, int, int]] = []
    for one, other, weight in edges:
        entry = [weight, 1.0]
        between[one][other] = entry
        between[other][one] = entry
        if weight > 0:
            heap.append((-weight, min(one, other), max(one, other)))
    heapq.heapify(heap)

    def gain(one: int, other: int) -> float:
        weight, present = between[one][other]
        return weight + ABSENT * (size[one] * size[other] - present)

    while heap:
        negative, one, other = heapq.heappop(heap)
        if other not in between.get(one, ()):
            continue
        now = gain(one, other)
        if now <= 0:
            continue
        if abs(now + negative) > 1e-9:
            heapq.heappush(heap, (-now, one, other))
            continue
        if len(between[one]) < len(between[other]):
            one, other = other, one
        _join(one, other, between)
        size[one] += size.pop(other)
        members[one] += members.pop(other)
        for neighbour in between[one]:
            better = gain(one, neighbour)
            if better > 0:
                heapq.heappush(heap, (-better, min(one, neighbour), max(one, neighbour)))
    return sorted(sorted(cluster) for cluster in members.values())


def _join(one: int, other: int, between: dict[int, _Between]) -> None:
    """`one` takes over what `other` has with its neighbours."""
    for neighbour, entry in between.pop(other).items():
        if neighbour == one:
            continue
        del between[neighbour][other]
        kept = between[one].get(neighbour)
        if kept is None:
            between[one][neighbour] = entry
            between[neighbour][one] = entry
        else:
            kept[0] += entry[0]
            kept[1] += entry[1]
    del between[one][other]
