"""One labelled set in the database: resolved at once, then anew by arrival in random orders, with the same model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sqlalchemy as sa

from benchmarks.accuracy.labelled import LabelledSet
from benchmarks.stored import engines_of
from creatorgraph.ingest.batch import parse_file
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.resolution.evaluation import Evaluation, evaluate
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.model_file import read_model
from creatorgraph.services.resolve import model_path, resolve_all
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.write.profile import IncomingProfile

Clusters = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What one order of arrival came to; order 0 is the run over everything. `at_once` profiles came together."""

    order: int
    at_once: int
    score: Evaluation
    clusters: Clusters


def orders(labelled: LabelledSet, folder: Path, *, times: int) -> Iterator[Order]:
    """The run first, then `times` orders: of every number that come at once each in its turn."""
    with engines_of(folder) as engines:
        hasher = ContactHasher(engines.settings.contact_secret())
        parsed = [each for batch in parse_file(labelled.profiles, hasher=hasher) for _, each in batch.parsed]
        incoming = [IncomingProfile(profile=each.profile, payload=each.redacted) for each in parsed]
        Arrivals(engines).take_in(incoming, source=labelled.name)
        resolve_all(engines)
        model = read_model(model_path(engines.settings))
        yield _outcome(engines, labelled, 0, len(incoming))
        for order in range(1, times + 1):
            at_once = AT_ONCE[order % len(AT_ONCE)]
            with engines.database.transaction() as connection:
                connection.execute(sa.text("TRUNCATE profile, creator, review_item, outbox CASCADE"))
            # the model with nobody there yet
            resolve_all(engines, force=True, model=model)
            _arrive(engines, incoming, order, at_once)
            yield _outcome(engines, labelled, order, at_once)


AT_ONCE = (64, 8, 64, 200)
"""Profiles that come together, by the number of the order; Arrivals takes at most 64 in one step."""


def _arrive(engines: Engines, incoming: Sequence[IncomingProfile], seed: int, at_once: int) -> None:
    arrivals = Arrivals(engines)
    shuffled = np.random.default_rng(seed).permutation(len(incoming))
    for begin in range(0, len(shuffled), at_once):
        arrivals.take_in([incoming[row] for row in shuffled[begin : begin + at_once]], source="stream")


def _outcome(engines: Engines, labelled: LabelledSet, order: int, at_once: int) -> Order:
    with engines.database.transaction() as connection:
        found = {str(profile): str(creator) for profile, creator in read_memberships(connection).items()}
    members: dict[str, set[str]] = {}
    for profile, creator in found.items():
        members.setdefault(creator, set()).add(profile)
    return Order(
        order=order,
        at_once=at_once,
        score=evaluate(found, labelled.truth, labelled.ignored),
        clusters=frozenset(frozenset(each) for each in members.values()),
    )
