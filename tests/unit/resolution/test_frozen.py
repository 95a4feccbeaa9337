"""A model that is used again: what is said of two profiles depends on their neighbours alone, exactly.

A neighbour of a profile is another with which it makes a candidate pair, by whatever rule. With a model given
- profiles without a neighbour among the others change no link and no cluster of the others;
- a profile that goes changes no link but those of its neighbours (whose rival or whose third it was), and no cluster but of
  components in which a neighbour of it is linked: elsewhere it neither joins nor parts anybody.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

import networkx as nx
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.resolution.result import Resolution
from creatorgraph.resolution.watch import Watch

MakeTable = Callable[[Sequence[Mapping[str, object]]], pa.Table]
Row = dict[str, object]
Links = dict[tuple[str, str], Row]
QUICK = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

WORDS = ("ბგდვზთკლ", "მნჟრსტფქ", "ღყშჩცძწჭ", "ხჯჰბმღხგ", "Ωξψζφχκπ")
"""Written in letters that nobody in the world uses, so that not even an n-gram is shared."""
strangers = st.lists(
    st.fixed_dictionaries(
        {
            "platform": st.sampled_from(["x", "github", "tumblr", "website"]),
            "username": st.none() | st.sampled_from(WORDS).flatmap(lambda w: st.permutations(w).map("".join)),
            "display_name": st.none() | st.sampled_from(WORDS).flatmap(lambda w: st.permutations(w).map("".join)),
            # of a place, a language and a trade that others have too: what is common must not become less rare
            "location": st.sampled_from(["Lisbon", "Oslo", "Nuuk", None]),
            "language": st.sampled_from(["en", None]),
            "job_title": st.sampled_from(["baker", None]),
        }
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def rows(people: list[Row]) -> list[Row]:
    return [{name: value for name, value in row.items() if name != "person"} for row in people]


@pytest.fixture(scope="module")
def before(make_table: MakeTable, rows: list[Row]) -> Resolution:
    return resolve(make_table(rows))


@pytest.fixture(scope="module")
def model(before: Resolution) -> ModelArtefact:
    assert before.artefact is not None
    return before.artefact


def links_of(found: Resolution, without: Iterable[str] = ()) -> Links:
    gone = set(without)
    return {
        (link["left"], link["right"]): link
        for link in found.links.to_pylist()
        if not gone & {link["left"], link["right"]}
    }


def clusters_of(found: Resolution, without: Iterable[str] = ()) -> set[frozenset[str]]:
    members: dict[int, set[str]] = {}
    for profile_id, number in zip(*(column.to_pylist() for column in found.clusters.columns), strict=True):
        members.setdefault(number, set()).add(profile_id)
    return {frozenset(group) - set(without) for group in members.values()} - {frozenset()}


def test_used_on_its_own_profiles_it_says_the_same(
    make_table: MakeTable, rows: list[Row], before: Resolution, model: ModelArtefact
) -> None:
    again = resolve(make_table(rows), model=model)
    assert again.links.equals(before.links)
    assert again.clusters.equals(before.clusters)
    assert again.model == before.model


@given(found=strangers)
@QUICK
def test_unrelated_profiles_change_nothing(
    make_table: MakeTable, rows: list[Row], before: Resolution, model: ModelArtefact, found: list[Row]
) -> None:
    # ids before, between and behind those of the world, so that every row of it moves
    named = [{"profile_id": f"{'apz'[i % 3]}0{i:02}x", **row} for i, row in enumerate(found)]
    ids = [str(row["profile_id"]) for row in named]
    after = resolve(make_table([*rows, *named]), model=model)
    assert all(not set(ids) & set(pair) or set(ids) >= set(pair) for pair in links_of(after))
    assert links_of(after, ids) == links_of(before)
    assert clusters_of(after, ids) == clusters_of(before)


@given(number=st.integers(0, 10_000))
@QUICK
def test_a_profile_that_goes_changes_its_neighbours_alone(
    make_table: MakeTable, rows: list[Row], before: Resolution, model: ModelArtefact, number: int
) -> None:
    row = number % len(rows)
    gone = str(rows[row]["profile_id"])
    others = [str(other["profile_id"]) for other in rows if other["profile_id"] != gone]
    watched = resolve(make_table(rows), model=model, watch=Watch(pairs=[(gone, other) for other in others])).watched
    neighbours = {one for pair in watched.pairs.to_pylist() if pair["rules"] for one in (pair["left"], pair["right"])}
    after = resolve(make_table(rows[:row] + rows[row + 1 :]), model=model)

    old, new = links_of(before, [gone]), links_of(after)
    moved = {pair for pair in old.keys() | new.keys() if old.get(pair) != new.get(pair)}
    assert all(neighbours & set(pair) for pair in moved)

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(others)
    graph.add_edges_from(pair for links in (old, new) for pair, link in links.items() if link["accepted"])
    touched = {one for part in nx.connected_components(graph) if part & neighbours for one in part}
    assert len(touched) < len(others) / 2
    elsewhere = [group - touched for group in clusters_of(after)]
    assert {group for group in elsewhere if group} == clusters_of(before, touched | {gone})


def test_what_a_profile_that_went_may_join_is_near_it(
    make_table: MakeTable, rows: list[Row], before: Resolution, model: ModelArtefact
) -> None:
    """Of the removals that joined others while the model was trained anew each time, none joins strangers now."""
    for row in (21, 78, 155):
        gone = str(rows[row]["profile_id"])
        watched = resolve(
            make_table(rows), model=model, watch=Watch(pairs=[(gone, str(other["profile_id"])) for other in rows])
        ).watched
        neighbours = {p for pair in watched.pairs.to_pylist() if pair["rules"] for p in (pair["left"], pair["right"])}
        after = resolve(make_table(rows[:row] + rows[row + 1 :]), model=model)
        together = [
            {pair for group in clusters_of(found) for pair in combinations(sorted(group), 2)}
            for found in (before, after)
        ]
        assert all(neighbours & set(pair) for pair in together[1] - together[0])
