"""The jobs. Each may run twice or be killed half-way: it then ends in the same state."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import dramatiq
from dramatiq import Actor, Broker, Message

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.erasure import carry_out_erasures
from creatorgraph.services.export_job.work import work_on_exports
from creatorgraph.services.private.matching import match_waiting
from creatorgraph.services.relay import rebuild_graph, relay
from creatorgraph.services.resolve import resolve_all
from creatorgraph.services.retention import expire_all

QUEUE = "creatorgraph"
EXPORT_SLICES = 10
_SECOND = 1000
_HOUR = timedelta(hours=1) // timedelta(milliseconds=1)

# milliseconds; a relay is tried again by the schedule, so it never waits in the queue for another try
OPTIONS: dict[str, dict[str, Any]] = {
    "arrive": {"time_limit": _HOUR, "max_retries": 0},
    "relay": {"time_limit": _HOUR, "max_retries": 0},
    "resolve": {"time_limit": 12 * _HOUR, "max_retries": 3, "min_backoff": 30 * _SECOND},
    "rebuild_graph": {"time_limit": 12 * _HOUR, "max_retries": 3, "min_backoff": 30 * _SECOND},
    "expire": {"time_limit": _HOUR, "max_retries": 0},
    "match_private": {"time_limit": _HOUR, "max_retries": 0},
    "erase": {"time_limit": _HOUR, "max_retries": 0},
    "export": {"time_limit": _HOUR, "max_retries": 0},
}


def declare_actors(broker: Broker, engines: Callable[[], Engines]) -> dict[str, Actor[[], None]]:
    """Declares every job on the broker; `engines` is called when the first of them runs."""

    @cache
    def arrivals() -> Arrivals:
        # the model stays in memory from one job to the next
        return Arrivals(engines())

    @cache
    def matching() -> Matching:
        return Matching(engines())

    jobs: dict[str, Callable[[Engines], object]] = {
        "arrive": lambda _: arrivals().resolve_all_waiting(),
        "relay": relay,
        "resolve": resolve_all,
        "rebuild_graph": rebuild_graph,
        "expire": expire_all,
        "match_private": lambda opened: match_waiting(opened, matching()),
        "erase": lambda opened: carry_out_erasures(opened, arrivals=arrivals()),
        # the schedule asks again while something is left, so that other jobs get their turn
        "export": lambda opened: work_on_exports(opened, slices=EXPORT_SLICES),
    }

    def declare(name: str, job: Callable[[Engines], object]) -> Actor[[], None]:
        def perform() -> None:
            job(engines())

        return dramatiq.actor(actor_name=name, broker=broker, queue_name=QUEUE, **OPTIONS[name])(perform)

    return {name: declare(name, job) for name, job in jobs.items()}


def enqueue(broker: Broker, job: str) -> None:
    """Puts a job into the queue; the process that sends needs no actors.

    Raises:
        InvalidInputError: there is no such job.
    """
    if job not in OPTIONS:
        raise InvalidInputError(f"there is no job {job}", mend=f"Choose one of {', '.join(OPTIONS)}.")
    broker.declare_queue(QUEUE)
    broker.enqueue(Message(queue_name=QUEUE, actor_name=job, args=(), kwargs={}, options={}))
