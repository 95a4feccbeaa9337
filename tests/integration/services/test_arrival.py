"""Profiles that arrive one after the other, in any order, end where a run over all of them with the same model does."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import orjson
import pytest
import sqlalchemy as sa

from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import Parsed, parse_record
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.model_file import read_model
from creatorgraph.services.resolve import model_path, resolve_all
from creatorgraph.store.table import faint_link, link, membership, near_spelling, profile, review_item, scored_pair
from creatorgraph.store.write.profile import IncomingProfile

Clusters = frozenset[frozenset[str]]


@pytest.fixture(scope="module")
def incoming(world: Path) -> list[IncomingProfile]:
    hasher = ContactHasher(b"a key for the tests alone")
    lines = (world / "profiles.jsonl").read_bytes().splitlines()
    parsed = [parse_record(orjson.loads(line), hasher=hasher, where="line") for line in lines]
    return [IncomingProfile(profile=each.profile, payload=each.redacted) for each in parsed if isinstance(each, Parsed)]


def clusters(engines: Engines) -> Clusters:
    with engines.database.transaction() as connection:
        rows = connection.execute(
            sa.select(sa.func.array_agg(membership.c.profile_id)).group_by(membership.c.creator_id)
        )
        return frozenset(frozenset(row[0]) for row in rows)


def facts(engines: Engines) -> dict[str, dict[tuple[str, ...], float]]:
    """What is stored between profiles, by their ids: lists, pairs, links, review items."""
    one, other = profile.alias(), profile.alias()

    def by_rows(table: sa.Table, left: str, right: str, value: str) -> sa.Select[tuple[str, str, float]]:
        return (
            sa.select(one.c.profile_id, other.c.profile_id, table.c[value])
            .where(~table.c.from_run if "from_run" in table.c else sa.true())
            .join(one, one.c.row_id == table.c[left])
            .join(other, other.c.row_id == table.c[right])
        )

    statements = {
        "near": by_rows(near_spelling, "row_id", "other_row_id", "rank"),
        "pair": by_rows(scored_pair, "left_row_id", "right_row_id", "weight"),
        "link": sa.select(link.c.left_id, link.c.right_id, link.c.match_weight),
        "faint": sa.select(faint_link.c.left_id, faint_link.c.right_id, faint_link.c.match_weight),
        "item": sa.select(review_item.c.left_id, review_item.c.right_id, review_item.c.priority).where(
            review_item.c.state == "open"
        ),
    }
    with engines.database.transaction() as connection:
        return {
            name: {
                (a, b) if name == "near" else (min(a, b), max(a, b)): float(value)
                for a, b, value in connection.execute(statement)
            }
            for name, statement in statements.items()
        }


def assert_alike(
    found: dict[str, dict[tuple[str, ...], float]], wanted: dict[str, dict[tuple[str, ...], float]]
) -> None:
    for name, entries in wanted.items():
        assert found[name].keys() == entries.keys(), name
        assert all(abs(found[name][each] - value) < 1e-6 for each, value in entries.items()), name


def empty(engines: Engines) -> None:
    with engines.database.transaction() as connection:
        connection.execute(sa.text("TRUNCATE profile, creator, membership, review_item, outbox CASCADE"))


def stream(
    engines: Engines, model: ModelArtefact, incoming: Sequence[IncomingProfile], steps: Iterable[np.ndarray]
) -> None:
    """Everything anew: nobody there at first, then the profiles in these steps."""
    empty(engines)
    resolve_all(engines, force=True, model=model)
    arrivals = Arrivals(engines)
    for step in steps:
        arrived = arrivals.take_in([incoming[row] for row in step], source="test")
        assert not arrived.waiting
        assert len(arrived.creators) == len(step)


def test_any_order_of_arrival_ends_where_the_run_does(engines: Engines, incoming: list[IncomingProfile]) -> None:
    Arrivals(engines).take_in(incoming, source="test")
    resolve_all(engines)
    model = read_model(model_path(engines.settings))
    resolve_all(engines, force=True, model=model)
    whole, by_run = clusters(engines), facts(engines)
    assert len(by_run["link"]) > len(incoming) / 3
    first = None
    for seed, at_once in enumerate((7, 40, 300)):
        order = np.random.default_rng(seed).permutation(len(incoming))
        stream(engines, model, incoming, np.array_split(order, -(-len(order) // at_once)))
        now = facts(engines)
        first = first or now
        assert_alike(now, first)
        assert clusters(engines) == whole
    assert first is not None
    assert_alike(first, {"near": by_run["near"], "pair": by_run["pair"]})
