"""The cache of answers: whatever happens in whatever order, nothing that was read before a change is given after it."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from creatorgraph.domain.usage import Use
from creatorgraph.services.answer_cache import DERIVED, LISTED, Answer, AnswerCache

TAGS = ("a", "b", "c")


def cache(**changes: float) -> AnswerCache:
    limits = {"entries": 4, "most_bytes": 1 << 20, "seconds": 60.0, "settle_seconds": 3.0, **changes}
    return AnswerCache(
        entries=int(limits["entries"]),
        most_bytes=int(limits["most_bytes"]),
        seconds=limits["seconds"],
        settle_seconds=limits["settle_seconds"],
        now=lambda: NOW[0],
    )


NOW = [1000.0]


def answer(text: str = "x") -> Answer:
    return Answer(body=text.encode(), use=Use())


def test_it_gives_what_was_put_until_its_time_is_over() -> None:
    kept = cache()
    assert kept.put(b"k", kept.ticket(), answer(), ["a"])
    assert kept.get(b"k") == answer()
    NOW[0] += 60
    assert kept.get(b"k") is None
    assert len(kept) == kept.bytes == 0


def test_a_change_drops_its_tag_and_every_list_alone() -> None:
    kept = cache()
    for key, tags in ((b"a", ["a"]), (b"b", ["b"]), (b"l", [LISTED])):
        kept.put(key, kept.ticket(), answer(), tags)
    kept.changed(["a"])
    assert [kept.get(each) is not None for each in (b"a", b"b", b"l")] == [False, True, False]


def test_what_began_before_a_change_is_not_kept() -> None:
    kept = cache()
    ticket = kept.ticket()
    kept.changed(["a"])
    assert not kept.put(b"k", ticket, answer(), ["a"])
    assert not kept.put(b"k", ticket, answer(), [LISTED])
    assert kept.put(b"k", ticket, answer(), ["b"])
    ticket = kept.ticket()
    kept.clear()
    assert not kept.put(b"k", ticket, answer(), ["b"])


def test_what_began_before_more_changes_than_are_remembered_is_not_kept() -> None:
    kept = cache()
    ticket = kept.ticket()
    for _ in range(2000):
        kept.changed(["a"])
    assert not kept.put(b"k", ticket, answer(), ["b"])
    assert kept.put(b"k", kept.ticket(), answer(), ["a"])


def test_an_index_is_given_time_to_follow() -> None:
    kept = cache()
    kept.changed([])
    assert not kept.put(b"k", kept.ticket(), answer(), [DERIVED])
    NOW[0] += 3
    assert kept.put(b"k", kept.ticket(), answer(), [DERIVED])


def test_it_holds_no_more_than_it_may() -> None:
    kept = cache(entries=2)
    for key in (b"1", b"2"):
        kept.put(key, kept.ticket(), answer(), [])
    kept.get(b"1")
    kept.put(b"3", kept.ticket(), answer(), [])
    assert [kept.get(each) is not None for each in (b"1", b"2", b"3")] == [True, False, True]
    small = cache(entries=100, most_bytes=20_000)
    for number in range(50):
        small.put(bytes([number]), small.ticket(), answer("x" * 500), ["a"])
    assert 0 < small.bytes <= 20_000
    assert not small.put(b"large", small.ticket(), answer("x" * 5000), [])


@dataclass(frozen=True)
class Reading:
    ticket: int
    versions: dict[str, int]


class Race(RuleBasedStateMachine):
    """Rows with versions; readers that read some, wait, and keep what they have read; changes that are told at once."""

    def __init__(self) -> None:
        super().__init__()
        self.cache = cache()
        self.versions = dict.fromkeys(TAGS, 0)
        self.under_way: list[Reading] = []
        self.held: dict[bytes, dict[str, int]] = {}

    @rule(tags=st.sets(st.sampled_from(TAGS), min_size=1))
    def read(self, tags: set[str]) -> None:
        self.under_way.append(Reading(self.cache.ticket(), {tag: self.versions[tag] for tag in tags}))

    @rule(number=st.integers(0, 10))
    def keep(self, number: int) -> None:
        if self.under_way:
            reading = self.under_way.pop(number % len(self.under_way))
            key = " ".join(sorted(reading.versions)).encode()
            if self.cache.put(key, reading.ticket, answer(), reading.versions):
                self.held[key] = reading.versions

    @rule(tag=st.sampled_from(TAGS))
    def change(self, tag: str) -> None:
        self.versions[tag] += 1
        self.cache.changed([tag])

    @rule()
    def miss(self) -> None:
        self.versions = {tag: version + 1 for tag, version in self.versions.items()}
        self.cache.clear()

    @invariant()
    def nothing_is_out_of_date(self) -> None:
        for key, versions in self.held.items():
            if self.cache.get(key) is not None:
                assert versions == {tag: self.versions[tag] for tag in versions}


TestRace = Race.TestCase
TestRace.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


@given(st.text(max_size=3000))
def test_what_is_compressed_is_the_same(text: str) -> None:
    import gzip

    made = answer(text) if text.isascii() else answer("x")
    assert gzip.decompress(made.packed()) == made.body
    assert made.packed() is made.packed()


@pytest.mark.parametrize("entries", [0])
def test_without_entries_nothing_is_kept(entries: int) -> None:
    kept = cache(entries=entries)
    assert not kept.put(b"k", kept.ticket(), answer(), [])
