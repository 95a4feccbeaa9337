"""What holds creators together: the weakest link of each, over its accepted links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A creator of several profiles. `weakest` is the row of its weakest link: the least of the best set of links that joins
    the members (a maximum spanning tree); None where `joined` is false: accepted links leave it in parts."""

    cluster: int
    members: tuple[str, ...]
    weakest: int | None
    joined: bool


def holding(clusters: Mapping[str, int], links: Iterable[tuple[int, str, str, float]]) -> tuple[Held, ...]:
    """Each cluster of two or more, the largest first; `links` are (row, left, right, probability) of the accepted ones.

    Kruskal's algorithm over all clusters at once: from the strongest link down, one that joins two parts is kept.
    """
    members: dict[int, list[str]] = {}
    for profile, cluster in clusters.items():
        members.setdefault(cluster, []).append(profile)
    above = {profile: profile for profile in clusters}

    def root(profile: str) -> str:
        while above[profile] != profile:
            above[profile] = above[above[profile]]
            profile = above[profile]
        return profile

    kept: dict[int, list[int]] = {}
    for row, left, right, _ in sorted(links, key=lambda link: (-link[3], link[1], link[2])):
        if clusters[left] != clusters[right]:
            continue
        one, other = root(left), root(right)
        if one != other:
            above[one] = other
            kept.setdefault(clusters[left], []).append(row)
    held = [
        Held(
            cluster=cluster,
            members=tuple(sorted(profiles)),
            weakest=kept[cluster][-1] if len(kept.get(cluster, ())) == len(profiles) - 1 else None,
            joined=len(kept.get(cluster, ())) == len(profiles) - 1,
        )
        for cluster, profiles in members.items()
        if len(profiles) > 1
    ]
    return tuple(sorted(held, key=lambda h: (-len(h.members), h.members)))
