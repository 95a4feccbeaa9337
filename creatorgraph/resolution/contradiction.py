"""Where people contradict each other: a pair held apart that other decisions hold together, or the other way round.

Decisions to join are edges; what they tie together is one person by decision. A decision to part two of those contradicts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import networkx as nx
from networkx.utils import UnionFind

from creatorgraph.domain.decision import Decision, Pair, Verdict, in_order, standing_decisions, undone_ids
from creatorgraph.domain.profile import ProfileId


def opposing(decisions: Sequence[Decision], proposed: Sequence[Decision]) -> list[Decision]:
    """The fewest standing ones of `decisions` to withdraw so that `proposed` can be added; empty where nothing opposes.

    They are: other verdicts on the very pairs proposed; each decision to part that the proposal would bridge; and for each
    pair that it parts, the smallest set of decisions to join whose end leaves no chain between the two.
    """
    found: dict[str, Decision] = {}
    by_pair = _not_undone(decisions)
    verdicts = {each.pair: each.verdict for each in proposed if not each.undoes}
    for pair, verdict in verdicts.items():
        for held in by_pair.get(pair, ()):
            if held.verdict not in (verdict, Verdict.UNSURE):
                found[held.decision_id] = held
    standing = {
        pair: d
        for pair, d in standing_decisions(decisions).items()
        if d.decision_id not in found and pair not in verdicts
    }
    graph = _joins(standing.values())
    graph.add_edges_from(pair for pair, verdict in verdicts.items() if verdict is Verdict.SAME)
    for pair, d in standing.items():
        if d.verdict is Verdict.DIFFERENT and _tied(graph, pair):
            found.update({held.decision_id: held for held in by_pair[pair] if held.verdict is Verdict.DIFFERENT})
    proposed_joins = {pair for pair, verdict in verdicts.items() if verdict is Verdict.SAME}
    for pair in sorted(pair for pair, verdict in verdicts.items() if verdict is Verdict.DIFFERENT):
        # what the proposal itself joins cannot be withdrawn: its own pairs are not offered
        while _tied(graph, pair):
            cut = {_ordered(*edge) for edge in nx.minimum_edge_cut(graph, *pair)} - proposed_joins
            if not cut:
                break
            for edge in sorted(cut):
                found.update({held.decision_id: held for held in by_pair[edge] if held.verdict is Verdict.SAME})
            graph.remove_edges_from(cut)
    return in_order(found.values())


def between(decisions: Sequence[Decision], proposed: Sequence[Decision]) -> list[Decision]:
    """The standing decisions to join through which `proposed` contradicts what `opposing` finds: a shortest chain for each.

    Whoever is refused may find the mistake among these as well: of a contradiction's decisions at least one is wrong.
    """
    verdicts = {each.pair: each.verdict for each in proposed if not each.undoes}
    standing = {pair: d for pair, d in standing_decisions(decisions).items() if pair not in verdicts}
    graph = _joins(standing.values())
    graph.add_edges_from(pair for pair, verdict in verdicts.items() if verdict is Verdict.SAME)
    apart = [pair for pair, verdict in verdicts.items() if verdict is Verdict.DIFFERENT]
    apart += [pair for pair, d in standing.items() if d.verdict is Verdict.DIFFERENT]
    found: dict[str, Decision] = {}
    for pair in apart:
        if _tied(graph, pair):
            for edge in pairwise(nx.shortest_path(graph, *pair)):
                held = standing.get(_ordered(*edge))
                if held is not None:
                    found[held.decision_id] = held
    return in_order(found.values())


def contradictions(decisions: Iterable[Decision]) -> list[Decision]:
    """The standing decisions to part whose two profiles other standing decisions tie together."""
    standing = standing_decisions(decisions)
    graph = _joins(standing.values())
    return in_order(d for pair, d in standing.items() if d.verdict is Verdict.DIFFERENT and _tied(graph, pair))


def _not_undone(decisions: Sequence[Decision]) -> dict[Pair, list[Decision]]:
    """Of each pair, the decisions that would stand if the newer ones were taken back; oldest first."""
    undone = undone_ids(decisions)
    held: dict[Pair, list[Decision]] = {}
    for each in in_order(decisions):
        if each.decision_id not in undone and not each.undoes:
            held.setdefault(each.pair, []).append(each)
    return held


def _joins(decisions: Iterable[Decision]) -> "nx.Graph[ProfileId]":
    graph: nx.Graph[ProfileId] = nx.Graph()
    graph.add_edges_from(sorted(d.pair for d in decisions if d.verdict is Verdict.SAME))
    return graph


def _tied(graph: "nx.Graph[ProfileId]", pair: Pair) -> bool:
    return pair[0] in graph and pair[1] in graph and nx.has_path(graph, *pair)


def _ordered(one: ProfileId, other: ProfileId) -> Pair:
    return (one, other) if one < other else (other, one)


def compatible(decisions: Iterable[Decision], pairs: Iterable[Pair]) -> list[Pair]:
    """Those of `pairs` that can be joined, one after the other, without bridging what was decided to be different."""
    standing = standing_decisions(decisions)
    ties: UnionFind[ProfileId] = UnionFind()
    for pair, held in standing.items():
        if held.verdict is Verdict.SAME:
            ties.union(*pair)
    enemies: defaultdict[ProfileId, set[ProfileId]] = defaultdict(set)

    def part(one: ProfileId, other: ProfileId) -> None:
        enemies[one].add(other)
        enemies[other].add(one)

    for pair, held in standing.items():
        if held.verdict is Verdict.DIFFERENT:
            part(ties[pair[0]], ties[pair[1]])
    joined = []
    for pair in pairs:
        one, other = ties[pair[0]], ties[pair[1]]
        if other in enemies[one] or (pair in standing and standing[pair].verdict is Verdict.DIFFERENT):
            continue
        joined.append(pair)
        if one == other:
            continue
        ties.union(one, other)
        kept = ties[one]
        for enemy in enemies.pop(one) | enemies.pop(other, set()):
            enemies[enemy] -= {one, other}
            part(kept, enemy)
    return joined
