"""Synthetic worlds: the same bytes again, a truth that holds, records as documented, and the ugliness that was promised."""

import csv
import json
import unicodedata
from collections import Counter, defaultdict
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.platform import Platform
from creatorgraph.synth.record import EntityKind, Record, SynthRecord
from creatorgraph.synth.shadow import HOMOGLYPHS
from creatorgraph.synth.world import World, generate, write_world

SIZE = 6_000


@pytest.fixture(scope="module")
def world() -> list[SynthRecord]:
    return list(generate(SIZE, seed=11))


@pytest.fixture(scope="module")
def creators(world: list[SynthRecord]) -> dict[str, list[Record]]:
    """The profiles of each creator; fans, impostors and agencies left out."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for made in world:
        if made.kind is EntityKind.CREATOR:
            found[made.entity_id].append(made.record)
    return found


class Counting:
    """A listener that adds up."""

    def __init__(self) -> None:
        self.total: int | None = None
        self.steps = 0

    def stage(self, name: str, total: int | None = None) -> None:
        self.total = total

    def advance(self, steps: int = 1) -> None:
        self.steps += steps


def test_same_seed_gives_the_same_bytes_and_another_seed_another_world(tmp_path: Path) -> None:
    progress = Counting()
    first = write_world(tmp_path / "new" / "first", 700, 5, progress)
    again, other = write_world(tmp_path / "again", 700, 5), write_world(tmp_path / "other", 700, 6)
    assert first.profiles.read_bytes() == again.profiles.read_bytes()
    assert first.truth.read_bytes() == again.truth.read_bytes()
    assert first.profiles.read_bytes() != other.profiles.read_bytes()
    assert (progress.total, progress.steps) == (700, 700)
    assert sorted(p.name for p in first.profiles.parent.iterdir()) == ["profiles.jsonl", "truth.csv"]


def test_files_hold_the_documented_fields_and_the_truth_names_each_profile_once(tmp_path: Path) -> None:
    files = write_world(tmp_path, 1_500, 2)
    records = [json.loads(line) for line in files.profiles.read_text(encoding="utf-8").splitlines()]
    assert len(records) == files.profile_count == 1_500
    for record in records:
        assert set(record) == set(Record.__annotations__)
        assert Platform(record["platform"])
        assert record["username"]
        assert isinstance(record["links"], list)
        assert isinstance(record["mentions"], list)
        assert record["followers"] is None or record["followers"] >= 0
        assert record["engagement_rate"] is None or 0 <= record["engagement_rate"] <= 100
        assert datetime.fromisoformat(record["observed_at"]).tzinfo is not None
    with files.truth.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["profile_id"] for row in rows] == [record["profile_id"] for record in records]
    assert len({row["profile_id"] for row in rows}) == 1_500
    assert len({row["entity_id"] for row in rows}) == files.entity_count
    assert {row["kind"] for row in rows} <= set(EntityKind)


@pytest.mark.parametrize("size", [0, 1, 7])
def test_a_world_has_exactly_the_size_asked_for(size: int) -> None:
    assert len(list(World(size, 1).records())) == size


def test_a_negative_size_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        World(-1, 1)


def test_nobody_has_two_accounts_of_one_platform_and_no_account_has_two_owners(
    world: list[SynthRecord], creators: dict[str, list[Record]]
) -> None:
    accounts = Counter((made.record["platform"], made.record["username"]) for made in world)
    assert accounts.most_common(1)[0][1] == 1
    for records in creators.values():
        assert 1 <= len(records) <= 6
        assert len({record["platform"] for record in records}) == len(records)


def test_profiles_of_one_creator_do_not_stand_side_by_side(world: list[SynthRecord]) -> None:
    neighbours = sum(a.entity_id == b.entity_id for a, b in pairwise(world))
    assert neighbours < SIZE * 0.01


def test_about_half_of_the_profiles_belong_to_creators_of_several(creators: dict[str, list[Record]]) -> None:
    several = sum(len(records) for records in creators.values() if len(records) > 1)
    assert 0.5 < several / SIZE < 0.6


def test_fans_and_impostors_look_like_somebody_else(world: list[SynthRecord]) -> None:
    kinds = Counter(made.kind for made in world)
    assert kinds[EntityKind.FAN] > SIZE * 0.01
    assert kinds[EntityKind.IMPOSTOR] > SIZE * 0.004
    assert kinds[EntityKind.AGENCY] > 0
    names = {made.record["display_name"] for made in world if made.kind is EntityKind.CREATOR}
    names |= {name.translate(HOMOGLYPHS) for name in names if name}
    imitated = [made.record["display_name"] in names for made in world if made.kind is EntityKind.IMPOSTOR]
    assert sum(imitated) > len(imitated) / 2
    for made in world:
        if made.kind is EntityKind.FAN:
            said = f"{made.record['display_name']} {made.record['bio']}".lower()
            assert any(word in said for word in ("fan", "unofficial"))


def test_names_that_were_given_up_are_taken_by_strangers_while_old_links_still_lead_there(
    world: list[SynthRecord],
) -> None:
    linked = Counter(
        link.rstrip("/").rsplit("/", 1)[-1].lstrip("@").lower() for made in world for link in made.record["links"]
    )
    squatters = [made for made in world if made.kind is EntityKind.SQUATTER]
    assert len(squatters) > SIZE * 0.0005
    assert any(linked[str(made.record["username"]).lower()] for made in squatters)
    assert len({made.entity_id for made in squatters}) == len(squatters)


def test_some_names_are_in_fancy_letters_or_two_scripts(creators: dict[str, list[Record]]) -> None:
    names = [r["display_name"] or "" for records in creators.values() for r in records]
    fancy = sum(unicodedata.normalize("NFKC", name) != name and any(ord(c) >= 0x1D400 for c in name) for name in names)
    assert SIZE * 0.002 < fancy < SIZE * 0.02
    both = sum(any("а" <= c <= "я" for c in name) and any("a" <= c <= "z" for c in name) for name in names)
    assert both > 2


def test_agency_emails_websites_and_campaigns_are_hubs(world: list[SynthRecord]) -> None:
    for field in ("email", "website"):
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for made in world:
            value = made.record[field]
            if value:
                holders[value].add(made.entity_id)
        shared = [len(entities) for entities in holders.values() if len(entities) > 1]
        assert max(shared) >= 5
        # all others are one person's own
        assert sum(len(e) == 1 for e in holders.values()) > 5 * len(shared)


def test_link_in_bio_pages_list_accounts_of_their_owner(creators: dict[str, list[Record]]) -> None:
    pages = listed = own = 0
    for records in creators.values():
        handles = {(record["username"] or "").lower() for record in records}
        for record in records:
            assert not record["links"] or Platform(record["platform"]).link_in_bio
            pages += bool(record["links"])
            listed += len(record["links"])
            own += sum(
                any(h in link.lower().replace("-", "_") or h in link.lower() for h in handles)
                for link in record["links"]
            )
    assert pages > 100
    # a few accounts were renamed after they were listed
    assert 0.9 * listed < own <= listed


def test_followers_are_heavy_tailed_and_alike_within_a_creator(creators: dict[str, list[Record]]) -> None:
    counts = sorted(r["followers"] for records in creators.values() for r in records if r["followers"] is not None)
    assert counts[-len(counts) // 100] > 20 * counts[len(counts) // 2]
    within: list[float] = []
    for records in creators.values():
        known = [r["followers"] for r in records if r["followers"]]
        within.extend(max(a, b) / min(a, b) for a, b in pairwise(known))
    within.sort()
    assert within[len(within) // 2] < 10


def test_bios_are_rarely_the_same_for_two_people(creators: dict[str, list[Record]]) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for entity, records in creators.items():
        for record in records:
            if record["bio"]:
                owners[record["bio"]].add(entity)
    assert sum(len(people) > 1 for people in owners.values()) < 0.03 * len(owners)


def test_names_come_in_many_scripts_and_common_ones_repeat(creators: dict[str, list[Record]]) -> None:
    names = Counter(r["display_name"] for records in creators.values() for r in records if r["display_name"])
    starts = {"cyrillic": "а", "devanagari": "ऀ", "tamil": "஀", "arabic": "؀", "cjk": "一"}
    for start in starts.values():
        assert any(
            ord(start) <= ord(char) < ord(start) + 0x80 or (start == "一" and "一" <= char <= "鿿")
            for n in names
            for char in n
        )
    assert names.most_common(1)[0][1] > 5
    assert len(names) > SIZE / 3


def test_fields_are_missing_at_the_rates_of_real_feeds(world: list[SynthRecord]) -> None:
    def missing(field: str) -> float:
        return sum(made.record[field] is None for made in world) / SIZE  # type: ignore[literal-required]

    assert 0.03 < missing("display_name") < 0.08
    assert 0.12 < missing("bio") < 0.22
    assert missing("email") > 0.6
    assert 0.5 < missing("location") < 0.7
    assert 0.1 < missing("verified") < 0.4
    assert missing("username") == 0
