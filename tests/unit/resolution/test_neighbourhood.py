"""What a run over everything says of two profiles is said by the model and their neighbours alone."""

from dataclasses import dataclass

import numpy as np
import orjson
import pyarrow as pa
import pytest

from creatorgraph.domain.progress import Silent
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import Parsed, parse_record
from creatorgraph.resolution.blocking.candidate import Candidates, candidate_pairs
from creatorgraph.resolution.blocking.local import touched_by
from creatorgraph.resolution.blocking.posting import Postings, postings_of, shown_of
from creatorgraph.resolution.feature.population import Population, population_of
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.neighbourhood import after_competition, compared, most_with_meanings, with_meanings
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.resolution.profile_table import ordered, to_table
from creatorgraph.resolution.result import Resolution
from creatorgraph.synth.world import write_world

PROFILES = 1_200


@dataclass(frozen=True, kw_only=True)
class World:
    table: pa.Table
    found: Resolution
    model: ModelArtefact
    population: Population
    candidates: Candidates

    def neighbours(self, row: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        one, two = self.candidates.left, self.candidates.right
        return np.concatenate([two[one == row], one[two == row]])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    hasher = ContactHasher(b"k" * 32)
    lines = write_world(tmp_path_factory.mktemp("world"), PROFILES, seed=3).profiles.read_bytes().splitlines()
    parsed = [parse_record(orjson.loads(line), hasher=hasher, where="line") for line in lines]
    profiles = [each.profile for each in parsed if isinstance(each, Parsed)]
    table, _ = ordered(to_table(profiles, local_hash=hasher.local_value), None)
    found = resolve(table)
    model = found.artefact
    assert model is not None
    population = population_of(table, None, model.reference)
    candidates = candidate_pairs(population, max_block_size=200, seed=1, progress=Silent(), grams=model.reference.grams)
    return World(table=table, found=found, model=model, population=population, candidates=candidates)


def test_a_profile_and_its_neighbours_say_what_all_say(world: World) -> None:
    whole = compared(world.population, world.candidates.left, world.candidates.right, world.model)
    code = world.candidates.left * world.population.size + world.candidates.right
    seen = 0
    for row in range(0, world.population.size, 5):
        others = world.neighbours(row)
        rows = np.sort(np.append(others, row))
        small = population_of(world.table.take(rows).combine_chunks(), None, world.model.reference)
        one, two = np.minimum(others, row), np.maximum(others, row)
        alone = compared(small, np.searchsorted(rows, one), np.searchsorted(rows, two), world.model)
        at = np.searchsorted(code, one * world.population.size + two)
        np.testing.assert_array_equal(alone.levels, whole.levels[at])
        np.testing.assert_allclose(alone.weight, whole.weight[at], rtol=0, atol=1e-9)
        seen += len(others)
    assert seen > PROFILES


def test_the_compiled_model_with_competition_is_splink_with_competition(world: World) -> None:
    left, right = world.candidates.left, world.candidates.right
    whole = compared(world.population, left, right, world.model)
    population = world.population
    final = world.model.calibration.apply(
        after_competition(
            population.platform.astype(np.int64), population.username >= 0, left, right, whole.weight, world.model.gain
        )
    )
    ids = world.table.column("profile_id").to_pylist()
    ours = {(ids[a], ids[b]): w for a, b, w in zip(left.tolist(), right.tolist(), final.tolist(), strict=True)}
    links = world.found.links.select(["left", "right", "match_weight"]).to_pylist()
    assert len(links) > PROFILES / 3
    for link in links:
        assert abs(ours[link["left"], link["right"]] - link["match_weight"]) < 1e-9


def test_competition_needs_the_pairs_of_both_ends_alone(world: World) -> None:
    left, right = world.candidates.left, world.candidates.right
    weight = compared(world.population, left, right, world.model).weight
    platform, named = world.population.platform.astype(np.int64), world.population.username >= 0
    whole = after_competition(platform, named, left, right, weight, world.model.gain)
    assert (np.abs(whole - weight) > 0.1).sum() > 50
    for row in range(0, world.population.size, 31):
        own = (left == row) | (right == row)
        ends = np.union1d(left[own], right[own])
        near = np.isin(left, ends) | np.isin(right, ends)
        part = after_competition(platform, named, left[near], right[near], weight[near], world.model.gain)
        np.testing.assert_allclose(part[own[near]], whole[own], rtol=0, atol=1e-9)


def test_who_comes_or_goes_changes_what_is_said_of_those_it_touches_alone(world: World) -> None:
    postings = postings_of(shown_of(world.table, world.model.reference))
    size = world.population.size
    left, right = world.candidates.left, world.candidates.right
    whole = compared(world.population, left, right, world.model)
    changed = 0
    for row in _most_sharing(postings, size)[:25].tolist():
        rest = np.delete(np.arange(size), row)
        kept = (left != row) & (right != row)
        small = population_of(world.table.take(rest).combine_chunks(), None, world.model.reference)
        one, two = (ends[kept] - (ends[kept] > row) for ends in (left, right))
        without = compared(small, one, two, world.model)
        other = np.flatnonzero((without.levels != whole.levels[kept]).any(axis=1))
        touched = touched_by(postings, np.array([row]), max_block_size=200)
        assert np.isin(left[kept][other], touched).all()
        assert np.isin(right[kept][other], touched).all()
        assert len(touched) < size / 4
        changed += len(other)
    assert changed > 20


def _most_sharing(postings: Postings, size: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Rows by how many limits their keys just pass, the most first."""
    near = [len(touched_by(postings, np.array([row]), max_block_size=200)) for row in range(0, size, 3)]
    return 3 * np.argsort(-np.array(near), kind="stable")


def test_no_meaning_of_bios_gives_more_than_was_foretold(world: World) -> None:
    left, right = world.candidates.left, world.candidates.right
    blind = compared(world.population, left, right, world.model)
    most = most_with_meanings(blind, world.model)
    noise = np.random.default_rng(1).normal(size=(4, 8)).astype(np.float32)
    # four directions: bios are nearly the same in meaning, or have nothing to do with each other
    vectors = noise[np.arange(world.population.size) % 4] + 0.3 * np.random.default_rng(2).normal(
        size=(world.population.size, 8)
    ).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[~world.population.has_bio] = 0
    seeing = population_of(world.table, vectors, world.model.reference)
    whole = compared(seeing, left, right, world.model)
    assert (whole.weight <= most + 1e-12).all()
    assert (whole.weight > blind.weight + 0.5).any()
    later = with_meanings(blind, seeing, left, right, world.model)
    np.testing.assert_array_equal(later.levels, whole.levels)
    np.testing.assert_array_equal(later.weight, whole.weight)
    np.testing.assert_array_equal(later.context, whole.context)
