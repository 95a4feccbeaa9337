"""What a steward should look at: the pairs where the machine is unsure or suspicious, the weightiest first.

`priority` = uncertainty x impact (domain/review.py). Uncertainty is 1 - |2p - 1|: 1 at probability 0.5, 0 at certainty.
Impact is log2(1 + followers + members) of the smaller of the two sides that the decision joins or parts.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import log2
from typing import cast

import networkx as nx

from creatorgraph.domain.link import Link, LinkDecider
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewItem, ReviewReason

MAX_PERSON_PROFILES = 100
"""More members than this are suspicious in one person; the same person on every platform that we name has about 70."""
SURE = 0.9
"""From this probability a link may hold a creator together alone. At 0.9 uncertainty is down to 0.2."""

Pair = tuple[ProfileId, ProfileId]

_STRENGTH = (
    ReviewReason.CONFLICT,
    ReviewReason.TOO_LARGE,
    ReviewReason.SAME_PLATFORM_TWICE,
    ReviewReason.BRIDGE,
    ReviewReason.UNCERTAIN_LINK,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """What priorities need to know of a profile. `followers` is a count, None where unknown."""

    platform: Platform
    username: str | None
    followers: int | None


@dataclass(slots=True)
class _Side:
    """The profiles that a decision would move together."""

    members: int = 0
    followers: int = 0

    def add(self, other: "_Side") -> None:
        self.members += other.members
        self.followers += other.followers

    def without(self, other: "_Side") -> "_Side":
        return _Side(self.members - other.members, self.followers - other.followers)

    @property
    def impact(self) -> float:
        return log2(1 + self.followers + self.members)


def uncertainty(probability: float) -> float:
    """1 at probability 0.5, 0 at 0 and 1."""
    return 1.0 - abs(2.0 * probability - 1.0)


def review_items(
    links: Iterable[Link],
    membership: Mapping[ProfileId, Hashable],
    *,
    profiles: Mapping[ProfileId, ReviewFacts],
    review_threshold: float,
    match_threshold: float,
    max_person_profiles: int = MAX_PERSON_PROFILES,
    sure: float = SURE,
    settled: Collection[Pair] = (),
) -> list[ReviewItem]:
    """Items for stewards, one per pair with its strongest reason, by falling priority and then by ids.

    - UNCERTAIN_LINK: between two creators, probability from `review_threshold` up to `match_threshold`.
    - CONFLICT: accepted (from `match_threshold`), yet clustering keeps the two apart.
    - BRIDGE: accepted below `sure`, and without it the creator falls into two parts.
    - SAME_PLATFORM_TWICE: two usernames of a platform where people have one; the probability is that of their direct link,
      else of the weakest link on the best chain between them.
    - TOO_LARGE: more than `max_person_profiles` members; the pair is the weakest link that the whole hangs on.

    Pairs in `settled` (left < right, as in links) and those that a steward has linked are left out; so are profiles that
    `membership` or `profiles` lacks.
    """
    creators: defaultdict[Hashable, list[ProfileId]] = defaultdict(list)
    for profile, creator in membership.items():
        if profile in profiles:
            creators[creator].append(profile)
    sides = {creator: _side(members, profiles) for creator, members in creators.items()}

    items: list[ReviewItem] = []
    done = set(settled)
    inner: defaultdict[Hashable, list[Link]] = defaultdict(list)
    for link in links:
        if link.left not in profiles or link.right not in profiles:
            continue
        left, right = membership.get(link.left), membership.get(link.right)
        if left is None or right is None:
            continue
        if link.decided_by is LinkDecider.STEWARD:
            done.add((link.left, link.right))
        if left == right:
            if link.probability >= match_threshold:
                inner[left].append(link)
        elif link.probability >= review_threshold:
            reason = ReviewReason.CONFLICT if link.probability >= match_threshold else ReviewReason.UNCERTAIN_LINK
            impact = min(sides[left].impact, sides[right].impact)
            items.append(_item(link.left, link.right, reason, link.probability, impact))

    for creator, members in creators.items():
        twice = _same_platform(members, profiles) if len(members) > 1 else []
        large = len(members) > max_person_profiles
        held = inner.get(creator, [])
        weak = any(link.probability < sure for link in held)
        if weak and len(members) == 2 and len(held) == 1:
            # most creators with a weak link are one pair: no graph for those
            impact = min(_side([profile], profiles).impact for profile in members)
            items.append(_item(held[0].left, held[0].right, ReviewReason.BRIDGE, held[0].probability, impact))
            weak = False
        if twice or large or weak:
            graph = _graph(members, held)
            items.extend(_bridges(graph, profiles, sides[creator], sure) if weak else ())
            items.extend(_second_accounts(graph, profiles, twice) if twice else ())
            items.extend([_too_large(graph, sides[creator], max_person_profiles)] if large else ())
    return _strongest(items, done)


def _side(members: Iterable[ProfileId], profiles: Mapping[ProfileId, ReviewFacts]) -> _Side:
    followers = [profiles[profile].followers or 0 for profile in members]
    return _Side(len(followers), sum(followers))


def _item(a: ProfileId, b: ProfileId, reason: ReviewReason, probability: float, weight: float) -> ReviewItem:
    """`weight` is the impact; the uncertainty is the probability's own."""
    return ReviewItem(
        left=min(a, b),
        right=max(a, b),
        reason=reason,
        probability=probability,
        priority=uncertainty(probability) * weight,
    )


def _graph(members: Iterable[ProfileId], links: Iterable[Link]) -> "nx.Graph[ProfileId]":
    graph: nx.Graph[ProfileId] = nx.Graph()
    graph.add_nodes_from(sorted(members))
    graph.add_weighted_edges_from(sorted((link.left, link.right, link.probability) for link in links))
    return graph


def _bridges(
    graph: "nx.Graph[ProfileId]", profiles: Mapping[ProfileId, ReviewFacts], whole: _Side, sure: float
) -> list[ReviewItem]:
    """The weak bridges, each with the smaller part that it holds; linear in the size of the creator.

    Cutting every bridge leaves blocks that form a tree; summing that tree from its leaves gives both sides of each.
    """
    bridges = cast(list[Pair], list(nx.bridges(graph)))  # the stubs say nodes
    if all(graph.edges[bridge]["weight"] >= sure for bridge in bridges):
        return []
    blocks = graph.copy()
    blocks.remove_edges_from(bridges)
    block_of: dict[ProfileId, int] = {}
    side: list[_Side] = []
    for block, members in enumerate(nx.connected_components(blocks)):
        block_of.update(dict.fromkeys(members, block))
        side.append(_side(members, profiles))
    tree: nx.Graph[int] = nx.Graph()
    tree.add_nodes_from(range(len(side)))
    tree.add_edges_from((block_of[a], block_of[b]) for a, b in bridges)
    parent: dict[int, int] = {}
    for component in nx.connected_components(tree):
        edges = list(nx.bfs_edges(tree, min(component)))
        parent.update({child: above for above, child in edges})
        for above, child in reversed(edges):
            side[above].add(side[child])
    items = []
    for a, b in bridges:
        probability = graph.edges[a, b]["weight"]
        if probability < sure:
            child = block_of[b] if parent.get(block_of[b]) == block_of[a] else block_of[a]
            impact = min(side[child].impact, whole.without(side[child]).impact)
            items.append(_item(a, b, ReviewReason.BRIDGE, probability, impact))
    return items


def _same_platform(members: Iterable[ProfileId], profiles: Mapping[ProfileId, ReviewFacts]) -> list[Pair]:
    """On each platform the most followed account, paired with each other username there."""
    accounts: defaultdict[Platform, dict[str, ProfileId]] = defaultdict(dict)
    ranked = sorted(members, key=lambda profile: (-(profiles[profile].followers or 0), profile))
    for profile in ranked:
        facts = profiles[profile]
        if facts.username and facts.platform.one_account_each:
            accounts[facts.platform].setdefault(facts.username.casefold().lstrip("@"), profile)
    pairs: list[Pair] = []
    for usernames in accounts.values():
        first, *others = usernames.values()
        pairs.extend((first, other) for other in others)
    return pairs


def _second_accounts(
    graph: "nx.Graph[ProfileId]",
    profiles: Mapping[ProfileId, ReviewFacts],
    pairs: Iterable[Pair],
) -> list[ReviewItem]:
    chains = _weakest_on_chain(graph, {first for first, _ in pairs}) if pairs else {}
    items = []
    for first, other in pairs:
        direct = graph.get_edge_data(first, other)
        # without any chain nothing but a rule or a person holds the two together
        probability = direct["weight"] if direct else chains[first].get(other, 0.5)
        impact = min(_side([p], profiles).impact for p in (first, other))
        items.append(_item(first, other, ReviewReason.SAME_PLATFORM_TWICE, probability, impact))
    return items


def _weakest_on_chain(
    graph: "nx.Graph[ProfileId]", starts: Iterable[ProfileId]
) -> dict[ProfileId, dict[ProfileId, float]]:
    """From each start to everybody: the weakest link of the strongest chain (a path in the maximum spanning tree)."""
    tree = nx.maximum_spanning_tree(graph)
    weakest: dict[ProfileId, dict[ProfileId, float]] = {}
    for start in starts:
        found = weakest[start] = {start: 1.0}
        for above, below in nx.bfs_edges(tree, start):
            found[below] = min(found[above], tree.edges[above, below]["weight"])
    return weakest


def _too_large(graph: "nx.Graph[ProfileId]", whole: _Side, limit: int) -> ReviewItem:
    """The size itself is a doubt: a creator of twice the limit is at least half uncertain, however sure its links are."""
    edges: list[tuple[ProfileId, ProfileId, float]] = sorted(
        nx.maximum_spanning_tree(graph).edges(data="weight"), key=lambda edge: (edge[2], min(edge[:2]), max(edge[:2]))
    )
    nodes = iter(graph.nodes)
    a, b, probability = edges[0] if edges else (next(nodes), next(nodes), 0.5)
    doubt = max(uncertainty(probability), 1.0 - limit / whole.members)
    return ReviewItem(
        left=min(a, b),
        right=max(a, b),
        reason=ReviewReason.TOO_LARGE,
        probability=probability,
        priority=doubt * whole.impact,
    )


def _strongest(items: Iterable[ReviewItem], settled: set[Pair]) -> list[ReviewItem]:
    best: dict[Pair, ReviewItem] = {}
    for item in items:
        pair = item.left, item.right
        # a creator that is too large has to be seen, even where its weakest link is settled
        if pair in settled and item.reason is not ReviewReason.TOO_LARGE:
            continue
        held = best.get(pair)
        if held is None or _STRENGTH.index(item.reason) < _STRENGTH.index(held.reason):
            best[pair] = item
    return sorted(best.values(), key=lambda item: (-item.priority, item.left, item.right))
