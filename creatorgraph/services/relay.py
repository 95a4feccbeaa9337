"""Carries what changed from the outbox to graph, vector indexes, search documents and webhooks; at least once, idempotently."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.graph.projection import read_all, read_batch
from creatorgraph.services.engines import Engines
from creatorgraph.services.index import refresh_indexes
from creatorgraph.services.private.matching import note_changes
from creatorgraph.services.search_document import refresh_documents
from creatorgraph.store.advisory import lock
from creatorgraph.store.read.bulk import read_members
from creatorgraph.store.read.profile import creators_of_profiles
from creatorgraph.store.write.notice import tell_derived
from creatorgraph.store.write.outbox import (
    Message,
    acknowledge,
    acknowledge_all,
    prune,
    record_failure,
    unread,
)
from creatorgraph.store.write.webhook_message import fan_out

GRAPH, INDEX, SEARCH, PRIVATE, WEBHOOK = "graph", "index", "search", "private", "webhook"
CONSUMERS = (GRAPH, INDEX, SEARCH, PRIVATE, WEBHOOK)
MESSAGES_AT_ONCE = 10
"""At up to 1,000 ids a message: what one refresh reads into memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relayed:
    """Messages that one pass applied, and why a consumer could not go on (None: it could)."""

    messages: int
    failures: dict[str, str]


def relay(engines: Engines) -> Relayed:
    """One pass: each consumer takes what it has not seen until nothing is left or its engine fails.

    A consumer that fails keeps its place and is tried again at the next pass; the others go on.
    """
    applied, failures = 0, {}
    steps: dict[str, Callable[[Engines, Sequence[Message]], None]] = {
        GRAPH: _to_graph,
        INDEX: _to_index,
        SEARCH: _to_search,
        PRIVATE: note_changes,
        WEBHOOK: _to_webhooks,
    }
    for consumer, apply in steps.items():
        try:
            while done := _step(engines, consumer, apply):
                applied += done
        except UnavailableError as error:
            failures[consumer] = str(error)
            with engines.database.transaction() as connection:
                record_failure(connection, consumer, str(error))
    with engines.database.transaction() as connection:
        prune(connection, CONSUMERS)
    return Relayed(messages=applied, failures=failures)


def rebuild_graph(engines: Engines, progress: Progress = Silent()) -> None:
    """Drops the graph and projects everything from PostgreSQL; what changes meanwhile follows through the outbox."""
    if not engines.graph.projected:
        return
    progress.stage("Projecting the graph")
    engines.graph.prepare()
    engines.graph.clear()
    snapshot = engines.database.engine.execution_options(isolation_level="REPEATABLE READ")
    with snapshot.begin() as connection:
        for batch in read_all(connection):
            engines.graph.refresh(batch)
            progress.advance(len(batch.profiles))
        # same snapshot: a change that it did not see stays unread
        acknowledge_all(connection, GRAPH)
        tell_derived(connection)


def _step(engines: Engines, consumer: str, apply: Callable[[Engines, Sequence[Message]], None]) -> int:
    with engines.database.transaction() as connection:
        lock(connection, f"creatorgraph.relay.{consumer}")
        messages = unread(connection, consumer, limit=MESSAGES_AT_ONCE)
        if messages:
            apply(engines, messages)
            acknowledge(connection, consumer, messages[-1])
            tell_derived(connection)
    return len(messages)


def _to_graph(engines: Engines, messages: Sequence[Message]) -> None:
    # the message only says what to look at: the state applied is the one that PostgreSQL has now
    profiles = {ProfileId(i) for m in messages for i in m.payload.get("profiles", ())}
    creators = sorted({i for m in messages for i in m.payload.get("creators", ())})
    if not engines.graph.projected:
        return
    with engines.database.transaction() as connection:
        profiles.update(read_members(connection, creators))
        batch = read_batch(connection, sorted(profiles), [CreatorId(i) for i in creators])
    engines.graph.refresh(batch)


def _to_index(engines: Engines, messages: Sequence[Message]) -> None:
    topics = ("profile.changed", "profile.deleted")
    ids = {ProfileId(i) for m in messages if m.topic in topics for i in m.payload["profiles"]}
    if ids:
        refresh_indexes(engines, ids)


def _to_search(engines: Engines, messages: Sequence[Message]) -> None:
    profiles = sorted({ProfileId(i) for m in messages for i in m.payload.get("profiles", ())})
    with engines.database.transaction() as connection:
        owners = {each for each in creators_of_profiles(connection, profiles) if each is not None}
        named = {CreatorId(i) for m in messages for i in m.payload.get("creators", ())}
        refresh_documents(connection, owners | named)


def _to_webhooks(engines: Engines, messages: Sequence[Message]) -> None:
    # written apart from the acknowledgement: the place in the outbox tells what was written already
    with engines.database.for_operator() as connection:
        fan_out(connection, [each.sequence for each in messages if "creators" in each.payload], datetime.now(UTC))
