"""The world of people whom lists name: the same bytes again, no accounts, and the ambiguity that was promised."""

import csv
import json
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.ingest.record import FIELDS
from creatorgraph.synth.people.guest import Entry
from creatorgraph.synth.people.listing import listing
from creatorgraph.synth.people.style import Shortened, WordOrder
from creatorgraph.synth.people.world import PeopleEntry, PeopleWorld
from creatorgraph.synth.world import WorldKind, write_world

SIZE = 5_000


@pytest.fixture(scope="module")
def world() -> list[PeopleEntry]:
    return list(PeopleWorld(SIZE, 11).records())


@pytest.fixture(scope="module")
def people(world: list[PeopleEntry]) -> dict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for made in world:
        found[made.entity_id].append(made.record)
    return found


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, again, other = (
        write_world(tmp_path / name, 400, seed, kind=WorldKind.PEOPLE)
        for name, seed in (("first", 3), ("again", 3), ("other", 4))
    )
    assert first.profiles.read_bytes() == again.profiles.read_bytes() != other.profiles.read_bytes()
    assert first.truth.read_bytes() == again.truth.read_bytes()
    records = [json.loads(line) for line in first.profiles.read_text(encoding="utf-8").splitlines()]
    with first.truth.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["profile_id"] for row in rows] == [record["profile_id"] for record in records]
    assert len({row["entity_id"] for row in rows}) == first.entity_count
    assert set(rows[0]) == {"profile_id", "entity_id", "list"}


@pytest.mark.parametrize("size", [0, 1, 9])
def test_a_world_has_exactly_the_size_asked_for(size: int) -> None:
    assert len(list(PeopleWorld(size, 1).records())) == size


def test_a_negative_size_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        PeopleWorld(-1, 1)


def test_entries_have_names_and_no_account(world: list[PeopleEntry]) -> None:
    for made in world:
        assert set(made.record) <= set(FIELDS)
        assert "username" not in made.record
        assert made.record["platform"] == "website"
        assert made.record["display_name"].strip()
        assert "@" not in (made.record["bio"] or "")


def test_a_list_names_a_person_once_and_is_written_in_one_style(world: list[PeopleEntry]) -> None:
    assert Counter((made.entity_id, made.source) for made in world).most_common(1)[0][1] == 1
    for made in world:
        style = listing(11, int(made.source.removeprefix("list"))).style
        assert (", " in made.record["display_name"]) <= (style.order is WordOrder.FAMILY_COMMA)
        if style.given is Shortened.INITIAL and made.record["display_name"].isascii() and style.dots:
            assert "." in made.record["display_name"]


def test_styles_and_scripts_are_many(world: list[PeopleEntry]) -> None:
    names = [made.record["display_name"] for made in world]
    assert sum(", " in name for name in names) > SIZE * 0.08
    assert sum(any(word.isupper() and len(word) > 3 for word in name.split()) for name in names) > SIZE * 0.08
    assert sum(any(len(word.strip(".,")) == 1 for word in name.split()) for name in names) > SIZE * 0.02
    assert sum(not name.isascii() for name in names) > SIZE * 0.1
    assert any("а" <= char <= "я" for name in names for char in name.lower())
    assert any("一" <= char <= "鿿" for name in names for char in name)


def test_people_change_and_are_missing_fields(people: dict[str, list[Entry]], world: list[PeopleEntry]) -> None:
    def share(field: str) -> float:
        return sum(made.record[field] is not None for made in world) / SIZE  # type: ignore[literal-required]

    assert 0.4 < share("bio") < 0.7
    assert 0.3 < share("company") < 0.6
    assert 0.02 < share("website") < 0.3
    alone = sum(
        all(made.record[f] is None for f in ("bio", "company", "job_title", "location", "website")) for made in world
    )
    assert 0.02 < alone / SIZE < 0.25
    pairs = [pair for entries in people.values() for pair in combinations(entries, 2)]
    both = [(a["bio"], b["bio"]) for a, b in pairs if a["bio"] and b["bio"]]
    assert 0.1 < sum(a == b for a, b in both) / len(both) < 0.6
    firms = [
        (a["company"].split()[0].lower(), b["company"].split()[0].lower())
        for a, b in pairs
        if a["company"] and b["company"]
    ]
    assert 0.4 < sum(a == b for a, b in firms) / len(firms) < 0.95
    assert sum(a["display_name"] == b["display_name"] for a, b in pairs) / len(pairs) < 0.5


def test_some_people_bear_one_name(people: dict[str, list[Entry]]) -> None:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for person, entries in people.items():
        for entry in entries:
            bearers[entry["display_name"]].add(person)
    shared = sum(len(found) > 1 for found in bearers.values())
    assert 0 < shared < len(people) * 0.05


def test_people_are_on_one_to_seven_lists(people: dict[str, list[Entry]]) -> None:
    sizes = Counter(len(entries) for entries in people.values())
    assert set(sizes) <= set(range(1, 8))
    assert 0.55 < sizes[1] / len(people) < 0.7
