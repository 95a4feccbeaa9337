"""A state machine over the services and a real PostgreSQL: whatever happens in whatever order, the identity contract holds."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

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
from tests.integration.steward.remembered_weight import RememberedWeights

EXAMPLES, STEPS = 40, 50
RULES = ("decide", "undo", "merge", "split", "move", "claim", "lapse", "change", "arrive", "withdraw", "crash", "batch")
Record = dict[str, Any]
SCORING = RememberedWeights()
RAN: Counter[str] = Counter()
"""How often each rule ran, over all examples; printed at the end."""


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
        found = data.draw(st.sampled_from(items))
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

    @precondition(lambda self: self.made)
    @rule(data=st.data(), who=st.integers(0, 1))
    def undo(self, data: st.DataObject, who: int) -> None:
        chosen = data.draw(st.integers(0, len(self.made) - 1))
        decision_id = self.made.pop(chosen)
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
        some = data.draw(st.lists(st.sampled_from(living), min_size=2, max_size=3, unique=True))
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
        origin = data.draw(st.sampled_from(several))
        profiles = sorted(p for p, c in self.members().items() if c == origin)
        group = data.draw(st.lists(st.sampled_from(profiles), min_size=1, max_size=len(profiles) - 1, unique=True))
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
        profile = data.draw(st.sampled_from(sorted(p for p, c in members.items() if sizes[c] > 1)))
        origin = members[profile]
        target = None if alone else data.draw(st.sampled_from(sorted(set(members.values()) - {origin})))
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
        some = data.draw(st.lists(st.sampled_from(sorted(self.records)), min_size=1, max_size=3, unique=True))
        looks = self.records[data.draw(st.sampled_from(sorted(self.records)))]
        RAN["change"] += 1
        fresh = [
            {**self.records[each], "bio": looks.get("bio"), "display_name": looks.get("display_name")}
            | {"followers": 1000 + RAN["change"]}
            for each in some
        ]
        self.take_in(fresh)

    def take_in(self, records: Iterable[Record]) -> None:
        """New payloads, as a feed brings them; they wait."""
        file = self.folder / f"{RAN['change']}.jsonl"
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
        some = data.draw(st.lists(st.sampled_from(sorted(self.members())), min_size=1, max_size=2, unique=True))
        assert withdraw_profiles(self.engines, some, arrivals=self.arrivals).profiles == len(some)
        self.waiting.difference_update(some)
        self.changed = True
        RAN["withdraw"] += 1

    @rule(data=st.data(), what=st.sampled_from(("merge", "withdraw", "arrive", "batch")), statement=st.integers(0, 60))
    def crash(self, data: st.DataObject, what: str, statement: int) -> None:
        """What was killed before its commit has not happened at all; the same call goes through afterwards."""
        members = self.members()
        some = data.draw(st.lists(st.sampled_from(sorted(set(members.values()))), min_size=2, max_size=2, unique=True))
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
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    told = ", ".join(f"{name} {count}" for name, count in sorted(RAN.items()))
    record_property("last_line", f"rules of the identity contract, {EXAMPLES * STEPS} steps: {told}")
    assert sum(RAN.values()) >= EXAMPLES * STEPS
    assert all(RAN[name] for name in RULES)
