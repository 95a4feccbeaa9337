"""The stored indexes find for some profiles what the same rules find in a run over everything."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import sqlalchemy as sa

from creatorgraph.domain.progress import Silent
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.resolution.blocking.local import local_pairs
from creatorgraph.resolution.blocking.spelling import LEAST, listed, nearest_spellings, ranks, ties_of
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.services.arrival.candidate import neighbourhood
from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.posting_index import (
    Indexed,
    index_everything,
    index_some,
    indexed,
)
from creatorgraph.services.stored_profile import stored_table
from creatorgraph.store.read.arrival import StoredKeys, keys_of
from creatorgraph.store.read.posting import grams_of, spelled_like, stored_posting_model
from creatorgraph.store.table import block_posting, gram_posting, profile

CAP = ResolveOptions().max_block_size
NONE = np.zeros(0, dtype=np.int64)
NOTHING = StoredKeys(key=NONE, row_id=NONE, rule=NONE.astype(np.int8), side=NONE.astype(np.int8))


@dataclass(frozen=True, kw_only=True)
class Stored:
    engines: Engines
    table: pa.Table
    row_ids: np.ndarray[tuple[int], np.dtype[np.int64]]
    model: ModelArtefact

    def some(self, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Indexed:
        part = self.table.take(rows).combine_chunks()
        return indexed(part, self.row_ids[rows], self.model, max_block_size=CAP)


@pytest.fixture
def stored(engines: Engines, world: Path, tmp_path: Path) -> Stored:
    ingest_files(engines, [world / "profiles.jsonl"])
    hasher = ContactHasher(engines.settings.contact_secret())
    with engines.database.transaction() as connection:
        table = stored_table(connection, tmp_path / "t.arrow", local_hash=hasher.local_value, progress=Silent())
        rows = connection.execute(sa.select(profile.c.profile_id, profile.c.row_id)).all()
    row_of = {row.profile_id: row.row_id for row in rows}
    row_ids = np.array([row_of[each] for each in table.column("profile_id").to_pylist()], dtype=np.int64)
    model = resolve(table).artefact
    assert model is not None
    return Stored(engines=engines, table=table, row_ids=row_ids, model=model)


def everything(stored: Stored) -> Indexed:
    return stored.some(np.arange(stored.table.num_rows))


def test_one_profile_finds_by_keys_what_everybody_finds(stored: Stored) -> None:
    whole = everything(stored)
    size = stored.table.num_rows
    codes = local_pairs(whole.blocks, size, max_block_size=CAP)
    one, two = stored.row_ids[codes // size], stored.row_ids[codes % size]
    assert len(codes) > size / 2
    with stored.engines.database.transaction() as connection:
        index_everything(connection, whole, stored.model)
        for row in range(0, size, 11):
            keys = keys_of(connection, stored.row_ids[[row]])
            hood = neighbourhood(connection, NOTHING, keys, also=NOTHING.row_id, max_block_size=CAP)
            mine = (one == stored.row_ids[row]) | (two == stored.row_ids[row])
            asked = hood.one == stored.row_ids[row]
            assert unordered(hood.one[asked], hood.other[asked]) == unordered(one[mine], two[mine])


def test_profiles_that_arrive_in_any_order_leave_the_same_index(stored: Stored) -> None:
    database = stored.engines.database
    with database.transaction() as connection:
        index_everything(connection, everything(stored), stored.model)
        made_by = stored_posting_model(connection)
        assert made_by is not None
        assert made_by.model_version == stored.model.document["model_version"]
        whole = contents(connection)
    assert all(whole)
    with database.transaction() as connection:
        nobody = stored.some(np.zeros(0, dtype=np.int64))
        index_everything(connection, nobody, stored.model)
        assert contents(connection) == (frozenset(), frozenset())
        order = np.random.default_rng(8).permutation(stored.table.num_rows)
        for rows in np.array_split(order, 17):
            index_some(connection, stored.some(rows))
        # and once more, as one that has changed does
        index_some(connection, stored.some(order[:9]))
        assert contents(connection) == whole


def test_whoever_is_spelled_alike_is_found_as_by_everybody(stored: Stored) -> None:
    whole = everything(stored)
    ids = stored.table.column("profile_id").combine_chunks()
    lists, tie = nearest_spellings(whole.grams, ids), ties_of(ids)
    place = {row_id: row for row, row_id in enumerate(stored.row_ids.tolist())}
    with stored.engines.database.transaction() as connection:
        index_everything(connection, whole, stored.model)
        near = spelled_like(connection, *grams_of(connection, stored.row_ids[::3]), least=LEAST)
    row, other = (np.array([place[each] for each in ends.tolist()]) for ends in (near.row_id, near.other_row_id))
    found = listed(row, other, ranks(near.likeness, tie[other]))
    wanted = lists.row % 3 == 0
    assert wanted.sum() > len(ids) / 3
    for mine, theirs in zip(found, (lists.row, lists.other, lists.rank), strict=True):
        np.testing.assert_array_equal(mine, theirs[wanted])


def test_a_profile_that_goes_takes_its_postings_along(stored: Stored) -> None:
    with stored.engines.database.transaction() as connection:
        index_everything(connection, everything(stored), stored.model)
        connection.execute(profile.delete().where(profile.c.row_id == int(stored.row_ids[0])))
        for table in (block_posting, gram_posting):
            left = connection.scalar(sa.select(sa.func.count()).where(table.c.row_id == int(stored.row_ids[0])))
            assert left == 0


def contents(connection: sa.Connection) -> tuple[frozenset[tuple[object, ...]], frozenset[tuple[object, ...]]]:
    blocks, grams = (
        frozenset(tuple(row) for row in connection.execute(sa.select(table))) for table in (block_posting, gram_posting)
    )
    return blocks, grams


def unordered(
    one: np.ndarray[tuple[int], np.dtype[np.int64]], two: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> set[frozenset[int]]:
    return {frozenset(pair) for pair in zip(one.tolist(), two.tolist(), strict=True)}
