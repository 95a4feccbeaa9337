"""Watched pairs: reported whether or not a link was kept, without any effect on the result."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest

from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import Resolution, resolve
from creatorgraph.resolution.result import SELF_SCHEMA, WATCH_SCHEMA
from creatorgraph.resolution.watch import Watch

Rows = list[dict[str, object]]
MakeTable = Callable[[Sequence[Mapping[str, object]]], pa.Table]


@pytest.fixture(scope="module")
def world(make_table: MakeTable, people: Rows) -> pa.Table:
    return make_table([{k: v for k, v in row.items() if k != "person"} for row in people[:150]])


@pytest.fixture(scope="module")
def every_pair(world: pa.Table) -> list[tuple[str, str]]:
    return list(combinations(sorted(world.column("profile_id").to_pylist()), 2))


@pytest.fixture(scope="module")
def seen(world: pa.Table, every_pair: list[tuple[str, str]]) -> Resolution:
    spelled = [(b, a) for a, b in every_pair] + [("p0001", "p0001"), ("p0001", "nobody")]
    return resolve(world, watch=Watch(pairs=spelled, selves=True))


def test_watching_changes_nothing_else(world: pa.Table, seen: Resolution) -> None:
    plain = resolve(world)
    assert plain.links.equals(seen.links)
    assert plain.clusters.equals(seen.clusters)
    assert plain.model == seen.model
    assert len(plain.watched.pairs) == len(plain.watched.selves) == 0


def test_each_pair_once_and_those_of_links_as_they_are(seen: Resolution, every_pair: list[tuple[str, str]]) -> None:
    rows = seen.watched.pairs.to_pylist()
    assert seen.watched.pairs.schema == WATCH_SCHEMA
    assert [(row["left"], row["right"]) for row in rows] == every_pair
    links = {(row["left"], row["right"]): row for row in seen.links.to_pylist()}
    floor = ResolveOptions().floor
    for row in rows:
        link = links.get((row["left"], row["right"]))
        assert (link is not None) == (row["evidence"] is None)
        if link is None:
            assert row["probability"] < floor or not row["rules"]
            weight = sum(item["match_weight"] for item in row["evidence"])
            # adjustments of less than a hundredth of a bit are not listed
            assert weight == pytest.approx(row["match_weight"], abs=0.03)
        else:
            assert row["rules"]
            assert row["match_weight"] == pytest.approx(link["match_weight"])


def test_rules_of_pairs_add_up_to_what_blocking_reports(seen: Resolution) -> None:
    rules = seen.watched.pairs.column("rules").to_pylist()
    counted = {r.rule: sum(r.rule in found for found in rules) for r in seen.summary.rules}
    assert counted == {r.rule: r.pairs for r in seen.summary.rules}
    assert sum(map(bool, rules)) == seen.summary.candidate_pairs
    assert not all(rules)


def test_a_profile_would_know_its_own_double_if_it_says_enough(
    make_table: MakeTable, world: pa.Table, seen: Resolution
) -> None:
    selves = seen.watched.selves
    assert selves.schema == SELF_SCHEMA
    assert len(selves) == len(world)
    assert float(np.median(selves.column("match_weight").to_numpy())) > 5
    silent = make_table([*world.to_pylist(), {"profile_id": "silent", "platform": "x"}])
    weights = dict(
        zip(*(c.to_pylist() for c in resolve(silent, watch=Watch(selves=True)).watched.selves.columns), strict=True)
    )
    assert weights["silent"] < 0
    assert weights["silent"] == min(weights.values())


def test_a_watch_without_any_known_pair(world: pa.Table) -> None:
    assert len(resolve(world, watch=Watch(pairs=[("x", "y")])).watched.pairs) == 0
