"""The sample is whole, and every record of it can be used."""

from collections import Counter
from math import comb

from creatorgraph.ingest.batch import parse_file
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.sample.congress import PROFILES, truth


def test_every_record_parses_and_is_labelled() -> None:
    labels = truth()
    batches = list(parse_file(PROFILES, hasher=ContactHasher(b"a key that is only for tests 0123")))
    assert [batch.rejects for batch in batches] == [[]]
    profiles = [parsed.profile for batch in batches for _, parsed in batch.parsed]
    assert {profile.profile_id for profile in profiles} == set(labels)
    assert Counter(profile.platform.value for profile in profiles) == {
        "x": 506,
        "facebook": 490,
        "instagram": 407,
        "youtube": 255,
    }
    assert sum(comb(size, 2) for size in Counter(labels.values()).values()) == 1979
    assert not [note for batch in batches for _, parsed in batch.parsed for note in parsed.notes]
