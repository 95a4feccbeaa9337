"""The identity contract: examples of each rule, then a state machine over anything that can happen."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import DamagedError, InvalidInputError
from creatorgraph.domain.identity_event import IdentityEvent, IdentityEventKind
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.identity import IdentityChange, assign_identities, final, new_creator_id, replay

START = datetime(2026, 1, 1, tzinfo=UTC)


def counter(prefix: str = "new") -> Callable[[], CreatorId]:
    numbers = count()
    return lambda: CreatorId(f"{prefix}{next(numbers):04d}")


def change(
    clusters: Iterable[str], current: dict[str, str], *, new_id: Callable[[], CreatorId] | None = None
) -> IdentityChange:
    """Clusters as words whose letters are profiles; the alphabet is the order of first sight."""
    return assign_identities(
        [[ProfileId(p) for p in cluster] for cluster in clusters],
        current={ProfileId(p): CreatorId(c) for p, c in current.items()},
        first_seen={ProfileId(p): START + timedelta(days=ord(p) - 97) for p in "abcdefghijklmnopqrstuvwxyz"},
        cause="test",
        at=START,
        new_id=new_id or counter(),
    )


def kinds(result: IdentityChange) -> Counter[str]:
    return Counter(str(event.kind) for event in result.events)


def test_first_run_creates_ids_in_order_of_first_sight() -> None:
    result = change(["cd", "ab"], {})
    assert result.membership == {"a": "new0000", "b": "new0000", "c": "new0001", "d": "new0001"}
    assert result.created == ("new0000", "new0001")
    assert kinds(result) == {"created": 2}


def test_merge_keeps_the_oldest_id_though_it_is_smaller() -> None:
    result = change(["abcd"], {"a": "2", "b": "2", "c": "2", "d": "1"})
    assert set(result.membership.values()) == {"1"}
    assert result.retired == {"2": "1"}
    assert kinds(result) == {"merged": 1, "retired": 1}
    assert result.changed == ("1",)


def test_split_keeps_the_id_at_the_largest_part() -> None:
    result = change(["a", "bc"], dict.fromkeys("abc", "1"))
    assert result.membership == {"a": "new0000", "b": "1", "c": "1"}
    created = next(event for event in result.events if event.kind is IdentityEventKind.CREATED)
    assert created.other == "1"
    assert kinds(result) == {"split": 1, "created": 1}


def test_split_in_equal_parts_keeps_the_id_at_the_oldest_profile() -> None:
    assert change(["bc", "ad"], dict.fromkeys("abcd", "1")).membership[ProfileId("a")] == "1"


def test_split_in_parts_of_equal_age_keeps_the_id_at_the_smallest_profile_id() -> None:
    result = assign_identities(
        [[ProfileId("z")], [ProfileId("b")]],
        current={ProfileId("z"): CreatorId("1"), ProfileId("b"): CreatorId("1")},
        first_seen={},
        cause="test",
        at=START,
        new_id=counter(),
    )
    assert result.membership == {"b": "1", "z": "new0000"}


def test_part_that_joins_another_creator_moves_without_a_new_id() -> None:
    result = change(["ab", "cde"], {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2"})
    assert result.membership == {"a": "1", "b": "1", "c": "2", "d": "2", "e": "2"}
    assert kinds(result) == {"left": 1, "joined": 1}
    assert result.changed == ("1", "2")


def test_merge_and_split_of_several_creators_at_once() -> None:
    # 1 = abc, 2 = defg; ab+defg merge into 1's heir, c and the newcomer h form a creator of their own
    current = {**dict.fromkeys("abc", "1"), **dict.fromkeys("defg", "2")}
    result = change(["abdef", "ch", "g"], current)
    assert result.membership[ProfileId("d")] == "1"
    assert result.retired == {"2": "1"}
    assert result.membership[ProfileId("c")] == result.membership[ProfileId("h")] == "new0000"
    assert result.membership[ProfileId("g")] == "new0001"
    assert kinds(result) == {"split": 2, "merged": 1, "created": 2, "retired": 1}


def test_profiles_in_no_cluster_have_left_and_an_empty_creator_retires_without_successor() -> None:
    result = change(["a"], {"a": "1", "b": "1", "c": "2"})
    assert result.membership == {"a": "1"}
    assert result.retired == {"2": None}
    assert kinds(result) == {"left": 2, "retired": 1}


def test_rerun_changes_nothing() -> None:
    result = change(["ba", "c"], {"a": "1", "b": "1", "c": "2"})
    assert (result.events, result.created, result.changed, result.retired) == ((), (), (), {})


def test_profile_in_two_clusters_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="two clusters"):
        change(["ab", "bc"], {})


def test_reused_id_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="in use"):
        change(["a", "b"], {}, new_id=lambda: CreatorId("same"))
    with pytest.raises(InvalidInputError, match="in use"):
        change(["a", "b"], {"a": "same"}, new_id=lambda: CreatorId("same"))


def test_new_creator_ids_sort_in_the_order_they_were_made() -> None:
    ids = [new_creator_id() for _ in range(5000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 5000
    assert {i[14] for i in ids} == {"7"}


def test_final_follows_redirects_and_refuses_rings() -> None:
    successor = {CreatorId("3"): CreatorId("2"), CreatorId("2"): CreatorId("1"), CreatorId("9"): None}
    assert [final(CreatorId(c), successor) for c in "1239"] == ["1", "1", "1", None]
    with pytest.raises(DamagedError, match="ring"):
        final(CreatorId("a"), {CreatorId("a"): CreatorId("b"), CreatorId("b"): CreatorId("a")})


def entry(kind: IdentityEventKind, creator: str, other: str | None = None, profiles: str = "") -> IdentityEvent:
    return IdentityEvent(
        kind=kind,
        creator_id=CreatorId(creator),
        other=CreatorId(other) if other else None,
        profiles=tuple(ProfileId(p) for p in profiles),
        cause="test",
        at=START,
    )


K = IdentityEventKind


def test_replay_of_an_erasure_empties_the_creator_for_good() -> None:
    state = replay([entry(K.CREATED, "1", profiles="ab"), entry(K.ERASED, "1", profiles="ab")])
    assert state.membership == {}
    assert state.successor == {"1": None}


@pytest.mark.parametrize(
    "events",
    [
        [entry(K.CREATED, "1", profiles="a"), entry(K.CREATED, "1", profiles="b")],
        [entry(K.CREATED, "1", profiles="a"), entry(K.CREATED, "2", profiles="a")],
        [entry(K.JOINED, "1", profiles="a")],
        [entry(K.CREATED, "1", profiles="a"), entry(K.LEFT, "1", profiles="b")],
        [entry(K.CREATED, "1", profiles="a"), entry(K.RETIRED, "1")],
        [entry(K.CREATED, "1", profiles="ab"), entry(K.ERASED, "1", profiles="a")],
        [entry(K.CREATED, "1", profiles="a"), entry(K.MERGED, "1", profiles="b")],
        [entry(K.CREATED, "1"), entry(K.RETIRED, "1"), entry(K.JOINED, "1", profiles="a")],
    ],
    ids=["created twice", "two creators", "unborn", "not a member", "not empty", "not all erased", "no other", "dead"],
)
def test_replay_refuses_a_history_that_contradicts_itself(events: list[IdentityEvent]) -> None:
    with pytest.raises(DamagedError, match="contradicts"):
        replay(events)


@given(
    before=st.lists(st.integers(0, 5), min_size=1, max_size=14),
    after=st.lists(st.integers(-1, 5), min_size=1, max_size=14),
    order=st.randoms(use_true_random=False),
)
def test_order_of_clusters_profiles_and_history_does_not_matter(
    before: list[int], after: list[int], order: Random
) -> None:
    current = {ProfileId(f"p{i}"): CreatorId(str(c)) for i, c in enumerate(before)}
    clusters = [[ProfileId(f"p{i}") for i, c in enumerate(after) if c == k] for k in range(6)]
    seen = {ProfileId(f"p{i}"): START + timedelta(hours=i % 3) for i in range(14)}

    def run(groups: list[list[ProfileId]], now: dict[ProfileId, CreatorId]) -> IdentityChange:
        return assign_identities(groups, current=now, first_seen=seen, cause="t", at=START, new_id=counter("x"))

    items = order.sample(list(current.items()), len(current))
    shuffled = [order.sample(c, len(c)) for c in order.sample(clusters, len(clusters))]
    assert run(clusters, current) == run(shuffled, dict(items))


class History(RuleBasedStateMachine):
    """Profiles arrive, leave and are clustered anew at random; the contract holds after each run."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = count()
        self.names = count()
        self.label: dict[ProfileId, int] = {}
        self.first_seen: dict[ProfileId, datetime] = {}
        self.membership: dict[ProfileId, CreatorId] = {}
        self.log: list[IdentityEvent] = []
        self.ever: set[CreatorId] = set()
        self.dead: set[CreatorId] = set()

    def clusters(self) -> list[set[ProfileId]]:
        groups: dict[int, set[ProfileId]] = {}
        for profile, label in self.label.items():
            groups.setdefault(label, set()).add(profile)
        return list(groups.values())

    def assign(self) -> IdentityChange:
        return assign_identities(
            self.clusters(),
            current=self.membership,
            first_seen=self.first_seen,
            cause="run",
            at=START,
            new_id=lambda: CreatorId(f"c{next(self.names):05d}"),
        )

    @rule(labels=st.lists(st.integers(0, 7), min_size=1, max_size=6))
    def arrive(self, labels: list[int]) -> None:
        for label in labels:
            number = next(self.numbers)
            profile = ProfileId(f"p{number * 37 % 101:03d}-{number}")
            self.label[profile] = label
            self.first_seen[profile] = START + timedelta(days=number // 2)

    @precondition(lambda self: self.label)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        del self.label[data.draw(st.sampled_from(sorted(self.label)))]

    @precondition(lambda self: self.label)
    @rule(data=st.data(), label=st.integers(0, 7))
    def move(self, data: st.DataObject, label: int) -> None:
        self.label[data.draw(st.sampled_from(sorted(self.label)))] = label

    @rule(left=st.integers(0, 7), right=st.integers(0, 7))
    def join(self, left: int, right: int) -> None:
        self.label = {p: left if c == right else c for p, c in self.label.items()}

    @rule(salt=st.integers(0, 1000))
    def shatter(self, salt: int) -> None:
        self.label = {p: zlib.crc32(f"{p}{salt}".encode()) % 8 for p in self.label}

    @rule()
    def resolve(self) -> None:
        old, result = self.membership, self.assign()
        self.membership, new = dict(result.membership), result.membership
        self.log.extend(result.events)

        assert set(new) == set(self.label)
        groups = self.clusters()
        assert all(len({new[p] for p in group}) == 1 for group in groups)
        assert len(set(new.values())) == len(groups)

        assert not self.ever & set(result.created)
        self.ever.update(result.created)
        self.dead.update(result.retired)
        assert not self.dead & set(new.values())
        assert set(new.values()) | self.dead == self.ever

        for group in groups:
            parts = Counter(old[p] for p in group if p in old)
            held = {new[p] for p in group}.pop()
            # whatever was wholly taken in is not older than the survivor
            whole = [c for c, n in parts.items() if n == sum(o == c for o in old.values())]
            assert all(held <= c for c in whole)
        for creator in set(old.values()) & set(new.values()):
            sizes = Counter(new[p] for p, c in old.items() if c == creator and p in new)
            assert sizes[creator] == max(sizes.values())

    @invariant()
    def history_is_the_state(self) -> None:
        state = replay(self.log)
        assert state.membership == self.membership
        assert set(state.successor) == self.dead
        living = set(self.membership.values())
        assert all(final(c, state.successor) in living | {None} for c in self.ever)

    @invariant()
    def rerun_is_silent(self) -> None:
        groups: dict[CreatorId, set[ProfileId]] = {}
        for profile, creator in self.membership.items():
            groups.setdefault(creator, set()).add(profile)
        again = assign_identities(
            groups.values(),
            current=self.membership,
            first_seen=self.first_seen,
            cause="again",
            at=START,
            new_id=new_creator_id,
        )
        assert again.events == ()
        assert again.membership == self.membership


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
