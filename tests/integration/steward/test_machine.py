"""A state machine over the services and a real PostgreSQL: whatever happens in whatever order, the identity contract holds."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Verdict
from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewState
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.model_file import read_model
from creatorgraph.services.resolve import model_path, resolve_all
from creatorgraph.services.steward.access import list_stewards
from creatorgraph.services.steward.act import Outcome
from creatorgraph.services.steward.claim import claim_items, release_item
from creatorgraph.services.steward.decide import decide
from creatorgraph.services.steward.merge import merge
from creatorgraph.services.steward.refusal import ClaimExpiredError, ContradictionError
from creatorgraph.services.steward.split import move, split
from creatorgraph.services.steward.undo import undo
from creatorgraph.services.withdraw import withdraw_profiles
from creatorgraph.store.read.bulk import read_decisions, read_memberships
from creatorgraph.store.read.queue import QueueFilter, page_of_items
from creatorgraph.store.read.review import ReviewItemSeen
from creatorgraph.store.table import review_item
from tests.integration.steward.conftest import Open
from tests.integration.steward.contract import Contract
from tests.integration.steward.crash import killed_at
from tests.integration.steward.look import state, version, waiting
from tests.remembered_weight import RememberedWeights

EXAMPLES, LONGEST, LEAST = 80, 50, 2_000
"""Examples and the most steps of each; hypothesis ends some of them early, and all of them together have LEAST steps."""
RULES = ("decide", "undo", "merge", "split", "move", "claim", "lapse", "change", "arrive", "withdraw", "crash", "batch")
BESIDE = ("batch after changes", "profiles arrived")
"""Counted beside the rule that they are part of."""
Record = dict[str, Any]
T = TypeVar("T")
_MANY = 9_999
SCORING = RememberedWeights()
RAN: Counter[str] = Counter()
"""How often each rule ran, over all examples; printed at the end."""


def one_of(data: st.DataObject, options: Sequence[T]) -> T:
    """One of what the database holds. What is drawn does not depend on how much that is: ids and moments differ from one run of
    the same steps to the next, and hypothesis wants to see the same draws."""
    return options[data.draw(st.integers(0, _MANY)) % len(options)]


def some_of(data: st.DataObject, options: Sequence[T], *, least: int, most: int) -> list[T]:
    """Different ones of them, from `least` to `most`."""
    left = list(options)
    drawn = data.draw(st.lists(st.integers(0, _MANY), min_size=least, max_size=3))
    return [left.pop(each % len(left)) for each in drawn[: max(least, most)]]


class Machine(RuleBasedStateMachine):
    """Two stewards work on a world whose profiles change, go and come back; what writes is killed, runs go over everything."""

    open_world: Open
    records: dict[ProfileId, Record]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.engines = replace(self.stack.enter_context(self.open_world()), scoring=lambda: SCORING)
        self.folder = Path(self.stack.enter_context(TemporaryDirectory()))
        self.stewards = [each for each in list_stewards(self.engines) if each.name in ("ann", "bo")]
        self.model = read_model(model_path(self.engines.settings))
        self.arrivals = Arrivals(self.engines)
        self.contract = Contract(engines=self.engines)
        self.made: list[str] = []
        self.changes = 0
        self.changed = False
        """Whether profiles have changed, so that the next run may find something new."""
        self.waiting: set[ProfileId] = set()
        """Profiles that came since the last run; those that nobody acted on have no creator yet."""

    def teardown(self) -> None:
        self.stack.close()

    def members(self) -> dict[ProfileId, CreatorId]:
        with self.engines.database.transaction() as connection:
            return read_memberships(connection)

    def version(self, creator_id: CreatorId) -> int:
        return version(self.engines, creator_id)

    def items(self, *states: ReviewState) -> list[ReviewItemSeen]:
        with self.engines.database.transaction() as connection:
            return list(page_of_items(connection, QueueFilter(states=states), first=50).items)

    def act(self, name: str, do: Callable[[], Outcome]) -> None:
        """Runs an act. That it contradicts, or another holds the item, is a fair answer, which must change nothing."""
        try:
            outcome = do()
        except (ContradictionError, ClaimExpiredError) as error:
            RAN[f"{name}, {error.code}"] += 1
            return
        RAN[name] += 1
        self.made.append(outcome.decisions[-1].decision_id)

    @rule(data=st.data(), verdict=st.sampled_from(Verdict), who=st.integers(0, 1), override=st.booleans())
    def decide(self, data: st.DataObject, verdict: Verdict, who: int, override: bool) -> None:
        items = self.items(*(tuple(ReviewState) if override else (ReviewState.OPEN, ReviewState.CLAIMED)))
        if not items:
            RAN["decide, queue empty"] += 1
            return
        found = one_of(data, items)
        self.act(
            "decide",
            lambda: decide(
                self.engines,
                self.stewards[who],
                found.item.pair,
                verdict,
                expected_version=found.version,
                override=override,
            ),
        )

    @rule(data=st.data(), who=st.integers(0, 1))
    def undo(self, data: st.DataObject, who: int) -> None:
        if not self.made:
            RAN["undo, nothing made"] += 1
            return
        decision_id = one_of(data, self.made)
        self.made.remove(decision_id)
        with self.engines.database.transaction() as connection:
            log = {each.decision_id: each for each in read_decisions(connection)}
            taken_back = {each.undoes for each in log.values()}
        if decision_id in taken_back:
            RAN["undo, done before"] += 1
            return
        self.act("undo", lambda: undo(self.engines, self.stewards[who], decision_id))

    @rule(data=st.data(), override=st.booleans())
    def merge(self, data: st.DataObject, override: bool) -> None:
        living = sorted(set(self.members().values()))
        some = some_of(data, living, least=2, most=3)
        versions = [self.version(each) for each in some]
        self.act(
            "merge",
            lambda: merge(self.engines, self.stewards[0], some, expected_versions=versions, override=override),
        )

    @rule(data=st.data(), override=st.booleans())
    def split(self, data: st.DataObject, override: bool) -> None:
        sizes = Counter(self.members().values())
        several = sorted(each for each, count in sizes.items() if count > 1)
        if not several:
            RAN["split, nobody to split"] += 1
            return
        origin = one_of(data, several)
        profiles = sorted(p for p, c in self.members().items() if c == origin)
        group = some_of(data, profiles, least=1, most=len(profiles) - 1)
        self.act(
            "split",
            lambda: split(
                self.engines,
                self.stewards[1],
                origin,
                [group],
                expected_version=self.version(origin),
                override=override,
            ),
        )

    @rule(data=st.data(), override=st.booleans(), alone=st.booleans())
    def move(self, data: st.DataObject, override: bool, alone: bool) -> None:
        members = self.members()
        sizes = Counter(members.values())
        profile = one_of(data, sorted(p for p, c in members.items() if sizes[c] > 1))
        origin = members[profile]
        target = None if alone else one_of(data, sorted(set(members.values()) - {origin}))
        self.act(
            "move",
            lambda: move(
                self.engines,
                self.stewards[0],
                profile,
                target,
                expected_version=self.version(origin),
                override=override,
            ),
        )

    @rule(who=st.integers(0, 1), count=st.integers(1, 4), back=st.booleans())
    def claim(self, who: int, count: int, back: bool) -> None:
        me, other = self.stewards[who], self.stewards[1 - who]
        with self.engines.database.transaction() as connection:
            theirs = QueueFilter(states=(ReviewState.CLAIMED,), claimed_by=other.steward_id)
            held = {each.item.pair for each in page_of_items(connection, theirs, first=1000).items}
        mine = claim_items(self.engines, me, count=count)
        assert not held & {each.item.pair for each in mine}
        assert all(each.claimed_by == me.steward_id for each in mine)
        if back and mine:
            assert release_item(self.engines, me, mine[0].item.pair).claimed_by is None
        RAN["claim"] += 1

    @rule()
    def lapse(self) -> None:
        """The leases run out."""
        with self.engines.database.transaction() as connection:
            connection.execute(
                review_item.update()
                .where(review_item.c.claimed_by.is_not(None))
                .values(claim_expires_at=sa.func.now() - sa.text("interval '1 second'"))
            )
        RAN["lapse"] += 1

    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        """Profiles come with another payload; some of them were withdrawn, and are new again."""
        some = some_of(data, sorted(self.records), least=1, most=3)
        looks = self.records[one_of(data, sorted(self.records))]
        RAN["change"] += 1
        self.changes += 1
        fresh = [
            {**self.records[each], "bio": looks.get("bio"), "display_name": looks.get("display_name")}
            | {"followers": 1000 + self.changes}
            for each in some
        ]
        self.take_in(fresh)

    def take_in(self, records: Iterable[Record]) -> None:
        """New payloads, as a feed brings them; they wait."""
        file = self.folder / f"{self.changes}.jsonl"
        file.write_text("".join(json.dumps(each) + "\n" for each in records))
        ingest_files(self.engines, [file], source="feed")
        self.waiting = waiting(self.engines)
        self.changed = True

    @rule()
    def arrive(self) -> None:
        """Whoever has come or changed is resolved, and a second time nobody is left."""
        RAN["profiles arrived"] += self.arrivals.resolve_all_waiting()
        before = state(self.engines)
        assert self.arrivals.resolve_all_waiting() == 0
        assert state(self.engines) == before
        self.waiting = set()
        RAN["arrive"] += 1

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        some = some_of(data, sorted(self.members()), least=1, most=2)
        assert withdraw_profiles(self.engines, some, arrivals=self.arrivals).profiles == len(some)
        self.waiting.difference_update(some)
        self.changed = True
        RAN["withdraw"] += 1

    @rule(data=st.data(), what=st.sampled_from(("merge", "withdraw", "arrive", "batch")), statement=st.integers(0, 60))
    def crash(self, data: st.DataObject, what: str, statement: int) -> None:
        """What was killed before its commit has not happened at all; the same call goes through afterwards."""
        members = self.members()
        some = some_of(data, sorted(set(members.values())), least=2, most=2)
        versions = [self.version(each) for each in some]
        gone = next(each for each in sorted(members) if members[each] == some[0])
        before = state(self.engines)
        try:
            with killed_at(self.engines, statement):
                if what == "merge":
                    self.act(
                        "merge",
                        lambda: merge(self.engines, self.stewards[0], some, expected_versions=versions, override=True),
                    )
                elif what == "withdraw":
                    withdraw_profiles(self.engines, [gone], arrivals=self.arrivals)
                    self.changed = True
                elif what == "arrive":
                    self.arrivals.resolve_waiting()
                    self.waiting = waiting(self.engines)
                else:
                    resolve_all(self.engines, model=self.model, force=True)
                    self.waiting, self.changed = set(), False
        except UnavailableError:
            assert state(self.engines) == before
            RAN["crash"] += 1
        else:
            RAN["crash, too late"] += 1

    @rule()
    def batch(self) -> None:
        """A run finds nothing new: no id, event, message or item. Where profiles have changed it may, but not the one after."""
        if self.changed:
            resolve_all(self.engines, model=self.model)
            RAN["batch after changes"] += 1
        before = state(self.engines)
        resolve_all(self.engines, model=self.model, force=True)
        assert state(self.engines) == before
        self.waiting, self.changed = set(), False
        RAN["batch"] += 1

    @invariant()
    def the_contract_holds(self) -> None:
        self.contract.check(waiting=self.waiting)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_contract_holds_whatever_happens(
    open_world: Open, folder: Path, record_property: Callable[[str, object], None]
) -> None:
    lines = (folder / "profiles.jsonl").read_text().splitlines()
    records = {each["profile_id"]: each for each in map(json.loads, lines)}
    machine = type("World", (Machine,), {"open_world": staticmethod(open_world), "records": records})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=LONGEST,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    steps = sum(count for name, count in RAN.items() if name not in BESIDE)
    told = ", ".join(f"{name} {count}" for name, count in sorted(RAN.items()))
    record_property("last_line", f"rules of the identity contract, {steps} steps: {told}")
    assert steps >= LEAST
    assert all(RAN[name] for name in RULES)
