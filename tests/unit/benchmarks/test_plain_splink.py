"""The peer scores the pairs that our blocking finds, and no others."""

from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.plain_splink import PAIR_ID, plain_splink, write_records
from benchmarks.truth import read_truth
from creatorgraph.ingest.batch import parse_file
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.resolution.evaluation import evaluate
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.profile_table import to_table
from creatorgraph.synth.world import write_world

PROFILES = 400


def test_the_same_pairs_are_scored_and_clustered(tmp_path: Path) -> None:
    world = write_world(tmp_path, PROFILES, seed=3)
    hasher = ContactHasher(b"a key for this test alone")
    profiles = [parsed.profile for batch in parse_file(world.profiles, hasher=hasher) for _, parsed in batch.parsed]
    records = tmp_path / "records.parquet"
    pairs = write_records(records, to_table(reversed(profiles)), None, ResolveOptions())

    listed = pq.read_table(records).column(PAIR_ID).to_pylist()
    assert sorted(number for row in listed for number in row) == sorted([*range(pairs), *range(pairs)])

    found = plain_splink(records, "1GB")
    assert found.pairs == pairs
    assert set(found.clusters) == {profile.profile_id for profile in profiles}
    assert found.seconds > 0
    # far from a random clustering, or the comparison would be with a straw man
    assert evaluate(found.clusters, read_truth(world.truth)).f1 > 0.3
