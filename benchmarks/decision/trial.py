"""One trial: a copy of a resolved set, a steward who answers from the labels and errs now and then, and a run that learns."""

import random
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum

import sqlalchemy as sa

from benchmarks.accuracy.labelled import LabelledSet
from creatorgraph.domain.decision import Pair, Verdict
from creatorgraph.domain.review import ReviewState
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.graph.embedded.graph import EmbeddedGraph
from creatorgraph.resolution.evaluation import Evaluation, evaluate
from creatorgraph.services.engines import Engines
from creatorgraph.services.resolve import resolve_all
from creatorgraph.services.steward.access import add_steward, caller_by_token
from creatorgraph.services.steward.claim import MOST, claim_items
from creatorgraph.services.steward.decide import decide, skip
from creatorgraph.services.steward.quality import ModelQuality, model_quality
from creatorgraph.services.steward.refusal import ContradictionError, InvalidDecisionError
from creatorgraph.services.steward.undo import undo
from creatorgraph.store.database import Database
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.read.queue import QueueFilter, page_of_items
from creatorgraph.store.read.review import ReviewItemSeen, items_by_pairs

ANSWERS, WRONG = 300, 0.03
"""Items that are decided, and the share of them that is answered wrong on purpose."""
_LOOKS = 2


class Sampling(StrEnum):
    """Which items the steward looks at: the queue's next, or any of it."""

    PRIORITY = "priority"
    RANDOM = "random"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """F1 over pairs before, once the decisions stand, and after the run that may learn from them. `contradicted` answers
    were refused, because they could not stand beside earlier ones; after `mended` of them earlier mistakes were undone."""

    sampling: Sampling
    seed: int
    answered: int
    wrong: int
    contradicted: int
    mended: int
    before: Evaluation
    decided: Evaluation
    trained: Evaluation
    quality: ModelQuality


class Answers:
    """What the labels say, wrong for a share of WRONG of the ANSWERS; UNSURE where they do not know, which does not count."""

    def __init__(self, labelled: LabelledSet, draw: random.Random) -> None:
        self._truth = labelled.truth
        self._unknown = {(min(pair), max(pair)) for pair in labelled.ignored}
        self._draw = draw
        self._lies = frozenset(draw.sample(range(ANSWERS), round(ANSWERS * WRONG)))
        self.given = self.wrong = 0

    def of(self, pair: Pair) -> Verdict:
        left, right = pair
        if pair in self._unknown or left not in self._truth or right not in self._truth:
            return Verdict.UNSURE
        lie = self.given in self._lies
        self.given += 1
        self.wrong += lie
        return self._said(pair, lie=lie)

    def again(self, pair: Pair) -> Verdict:
        """A second look, wrong as often as a first."""
        return self._said(pair, lie=self._draw.random() < WRONG)

    def _said(self, pair: Pair, *, lie: bool) -> Verdict:
        same = (self._truth.get(pair[0]) == self._truth.get(pair[1])) != lie
        return Verdict.SAME if same else Verdict.DIFFERENT


@contextmanager
def copy_of(engines: Engines) -> Iterator[Engines]:
    """The same engines over a database that begins as this one is now; nobody may use it meanwhile."""
    original = sa.make_url(engines.database.url)
    name = f"decision_{secrets.token_hex(6)}"
    engines.database.close()
    _administer(engines, f'CREATE DATABASE {name} TEMPLATE "{original.database}"')
    database = Database(original.set(database=name).render_as_string(hide_password=False))
    try:
        yield replace(engines, database=database, graph=EmbeddedGraph(database.engine))
    finally:
        database.close()
        _administer(engines, f"DROP DATABASE {name} WITH (FORCE)")


def run_trial(engines: Engines, labelled: LabelledSet, sampling: Sampling, seed: int) -> Trial:
    """Changes what is stored: give it a copy."""
    draw = random.Random(seed)
    answers = Answers(labelled, draw)
    steward = _steward(engines)
    before = scored(engines, labelled)
    contradicted = mended = 0
    for item in _items(engines, steward, sampling, draw):
        pair = item.item.pair
        said = answers.of(pair)
        try:
            decide(engines, steward, pair, said, expected_version=item.version)
        except ContradictionError as error:
            contradicted += 1
            mended += _looked_again(engines, steward, answers, pair, said, error)
        if answers.given == ANSWERS:
            break
    decided = scored(engines, labelled)
    resolve_all(engines)
    with engines.database.transaction() as connection:
        quality = model_quality(connection)
    return Trial(
        sampling=sampling,
        seed=seed,
        answered=answers.given,
        wrong=answers.wrong,
        contradicted=contradicted,
        mended=mended,
        before=before,
        decided=decided,
        trained=scored(engines, labelled),
        quality=quality,
    )


def _looked_again(
    engines: Engines, steward: Steward, answers: Answers, pair: Pair, said: Verdict, error: ContradictionError
) -> bool:
    """What a steward does who is shown what the answer contradicts: looks at all of it again, undoes what was a mistake."""
    mistakes = [each for each in (*error.standing, *error.through) if answers.again(each.pair) is not each.verdict]
    kept = answers.again(pair) is said
    for each in mistakes if kept else ():
        # what was undone with another of its act is undone
        with suppress(InvalidDecisionError, ContradictionError):
            undo(engines, steward, each.decision_id)
    with engines.database.transaction() as connection:
        [item] = items_by_pairs(connection, [pair])
    if item is None:
        return False
    if mistakes and kept:
        with suppress(ContradictionError):
            decide(engines, steward, pair, said, expected_version=item.version)
            return True
    if item.claimed_by == steward.steward_id:
        skip(engines, steward, pair, reason="it contradicts what stands", expected_version=item.version)
    return False


def scored(engines: Engines, labelled: LabelledSet) -> Evaluation:
    """What is stored, against the labels."""
    with engines.database.transaction() as connection:
        found = {str(profile): str(creator) for profile, creator in read_memberships(connection).items()}
    return evaluate(found, labelled.truth, labelled.ignored)


def _items(engines: Engines, steward: Steward, sampling: Sampling, draw: random.Random) -> Iterator[ReviewItemSeen]:
    """One after the other, each as it is after what was decided before; no pair more than twice (what is undone comes back)."""
    asked: Counter[Pair] = Counter()
    while sampling is Sampling.PRIORITY:
        waiting = (each for each in claim_items(engines, steward, count=MOST) if asked[each.item.pair] < _LOOKS)
        item = next(waiting, None)
        if item is None:
            return
        asked[item.item.pair] += 1
        yield item
    with engines.database.transaction() as connection:
        pairs = [each.item.pair for each in page_of_items(connection, QueueFilter(), first=100_000).items]
    for pair in draw.sample(pairs, len(pairs)):
        with engines.database.transaction() as connection:
            [item] = items_by_pairs(connection, [pair])
        if item is not None and item.item.state is ReviewState.OPEN:
            yield item


def _steward(engines: Engines) -> Steward:
    found = caller_by_token(engines, add_steward(engines, "bench", Role.STEWARD))
    if found is None:
        raise ValueError("the steward was not made")
    return found


def _administer(engines: Engines, statement: str) -> None:
    """In a database beside the one that is copied: who is connected to a template keeps it from being one."""
    url = sa.make_url(engines.database.url).set(database="template1")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
