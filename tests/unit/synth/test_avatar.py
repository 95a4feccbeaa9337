"""Pictures of a world: a person's own, a platform's default, a star's on fans; the rest of the world is untouched."""

from collections import Counter, defaultdict
from itertools import combinations

import pytest

from creatorgraph.ingest.avatar import read_avatar_hash
from creatorgraph.synth.avatar import DEFAULT, GIVEN, copied_avatar, own_avatar
from creatorgraph.synth.record import EntityKind, SynthRecord
from creatorgraph.synth.world import generate

SIZE = 6_000


@pytest.fixture(scope="module")
def world() -> list[SynthRecord]:
    return list(generate(SIZE, seed=11))


def differing(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_every_hash_can_be_read_and_half_of_the_profiles_have_one(world: list[SynthRecord]) -> None:
    shown = [made.record["avatar_hash"] for made in world if made.record["avatar_hash"]]
    assert all(len(text) == 16 and read_avatar_hash(text) == text for text in shown)
    assert len(shown) / SIZE == pytest.approx(GIVEN, abs=0.05)


def test_a_person_often_shows_one_picture_or_nearly(world: list[SynthRecord]) -> None:
    of_person: defaultdict[str, list[str]] = defaultdict(list)
    for made in world:
        if made.kind is EntityKind.CREATOR and made.record["avatar_hash"]:
            of_person[made.entity_id].append(made.record["avatar_hash"])
    distances = [differing(*pair) for hashes in of_person.values() for pair in combinations(hashes, 2)]
    same = sum(d == 0 for d in distances) / len(distances)
    near = sum(0 < d <= 12 for d in distances) / len(distances)
    assert 0.05 < same < 0.5
    assert 0.1 < near < 0.5
    assert same + near < 0.7


def test_defaults_are_shared_by_many_and_nothing_else_is(world: list[SynthRecord]) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for made in world:
        if made.record["avatar_hash"]:
            owners[made.record["avatar_hash"]].add(made.entity_id)
    crowds = Counter({text: len(people) for text, people in owners.items()})
    defaults = sum(count for count in crowds.values() if count > 5)
    assert defaults / (SIZE * GIVEN) == pytest.approx(DEFAULT, abs=0.04)


def test_fans_and_impostors_show_the_stars_picture() -> None:
    star = [own_avatar("star", "x", f"star{i}") for i in range(200)]
    fans = [copied_avatar("star", "x", f"fan{i}") for i in range(200)]
    common, count = Counter(text for text in star if text).most_common(1)[0]
    assert count > 20
    assert fans.count(common) > 20
    assert own_avatar("other", "x", "other") != common


def test_the_same_account_shows_the_same_again() -> None:
    assert own_avatar("a", "x", "b") == own_avatar("a", "x", "b")
    shown = {own_avatar("a", platform, f"b{i}") for platform in ("x", "github") for i in range(40)}
    assert len(shown) > 5
