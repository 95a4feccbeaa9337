"""A state machine over the services and a real PostgreSQL: whatever stewards do in whatever order, the contract holds."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Verdict, standing_decisions
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewState
from creatorgraph.resolution.contradiction import contradictions
from creatorgraph.resolution.identity import final, replay
from creatorgraph.services.model_file import read_model
from creatorgraph.services.resolve import model_path, resolve_all
from creatorgraph.services.steward.access import list_stewards
from creatorgraph.services.steward.act import Outcome
from creatorgraph.services.steward.decide import decide
from creatorgraph.services.steward.merge import merge
from creatorgraph.services.steward.refusal import ContradictionError
from creatorgraph.services.steward.split import move, split
from creatorgraph.services.steward.undo import undo
from creatorgraph.store.read.bulk import read_decisions, read_memberships
from creatorgraph.store.read.history import events_between
from creatorgraph.store.read.queue import QueueFilter, page_of_items
from creatorgraph.store.table import creator
from tests.integration.steward.conftest import Open
from tests.integration.steward.look import state

EXAMPLES, STEPS = 8, 25
RAN: Counter[str] = Counter()
"""How often each rule ran, over all examples; printed at the end."""


class Stewards(RuleBasedStateMachine):
    """Two stewards decide, undo, merge, split and move on a resolved world; now and then a run goes over everything."""

    open_world: Open

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.engines = self.stack.enter_context(self.open_world())
        self.stewards = [each for each in list_stewards(self.engines) if each.name in ("ann", "bo")]
        self.model = read_model(model_path(self.engines.settings))
        self.made: list[str] = []
        self.ever: set[CreatorId] = set(self.members().values())
        self.retired: set[CreatorId] = set()

    def teardown(self) -> None:
        self.stack.close()

    def members(self) -> dict[ProfileId, CreatorId]:
        with self.engines.database.transaction() as connection:
            return read_memberships(connection)

    def version(self, creator_id: CreatorId) -> int:
        with self.engines.database.transaction() as connection:
            statement = sa.select(creator.c.version).where(creator.c.creator_id == creator_id)
            return int(connection.scalar(statement) or 0)

    def act(self, name: str, do: Callable[[], Outcome]) -> None:
        """Runs an act. A contradiction is a fair answer; it must change nothing, which the invariants see."""
        try:
            outcome = do()
        except ContradictionError:
            RAN[f"{name}, contradicted"] += 1
            return
        RAN[name] += 1
        self.made.append(outcome.decisions[-1].decision_id)

    @rule(data=st.data(), verdict=st.sampled_from(Verdict), who=st.integers(0, 1), override=st.booleans())
    def decide(self, data: st.DataObject, verdict: Verdict, who: int, override: bool) -> None:
        with self.engines.database.transaction() as connection:
            states = tuple(ReviewState) if override else (ReviewState.OPEN,)
            items = page_of_items(connection, QueueFilter(states=states), first=50).items
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

    @rule()
    def batch(self) -> None:
        """A run finds nothing that the acts have not done: no id, no event, no message, no item."""
        RAN["batch"] += 1
        before = state(self.engines)
        resolve_all(self.engines, model=self.model)
        assert state(self.engines) == before

    @invariant()
    def the_log_replays_to_the_tables(self) -> None:
        with self.engines.database.transaction() as connection:
            members = read_memberships(connection)
            log = events_between(connection, first=0, last=2**62, limit=10**6)
            redirects = {
                CreatorId(row.creator_id): row.successor_id
                for row in connection.execute(sa.select(creator).where(creator.c.retired_at.is_not(None)))
            }
        replayed = replay(log)
        assert dict(replayed.membership) == members
        assert dict(replayed.successor) == redirects
        # redirects lead to the living, and nobody comes back from the dead
        living = set(members.values())
        assert all(final(each, redirects) in living for each in redirects)
        assert not living & self.retired
        self.retired |= redirects.keys()
        self.ever |= living

    @invariant()
    def decisions_hold(self) -> None:
        members = self.members()
        with self.engines.database.transaction() as connection:
            log = read_decisions(connection)
        assert contradictions(log) == []
        for (left, right), held in standing_decisions(log).items():
            if held.verdict is Verdict.DIFFERENT:
                assert members[left] != members[right]
            elif held.verdict is Verdict.SAME:
                assert members[left] == members[right]


@pytest.mark.slow
def test_the_contract_holds_whatever_stewards_do(open_world: Open, capsys: pytest.CaptureFixture[str]) -> None:
    machine = type("Machine", (Stewards,), {"open_world": staticmethod(open_world)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    with capsys.disabled():
        print("\nrules:", ", ".join(f"{name} {count}" for name, count in sorted(RAN.items())))  # noqa: T201
    assert all(RAN[name] for name in ("decide", "undo", "merge", "split", "move", "batch"))
