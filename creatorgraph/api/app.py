"""The application: routes, protections, and what runs beside the requests."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from creatorgraph import __version__
from creatorgraph.api.accept import Compression
from creatorgraph.api.admission import Admission, RateHeaders
from creatorgraph.api.answer import Answers
from creatorgraph.api.answer_route import KeptAnswers
from creatorgraph.api.body import BodyLimit
from creatorgraph.api.caller import callers
from creatorgraph.api.console_route import DOCUMENTS, add_console, console_folder
from creatorgraph.api.graphql_route import contexts, graphql_router
from creatorgraph.api.header import SecurityHeaders
from creatorgraph.api.health import health_router
from creatorgraph.api.rejection import Attempts, RejectedError, rejected
from creatorgraph.api.rest.access import Served
from creatorgraph.api.rest.document import add_rest
from creatorgraph.api.session import session_router
from creatorgraph.api.socket import Sockets
from creatorgraph.config import Settings
from creatorgraph.domain.error import CreatorgraphError, UnavailableError
from creatorgraph.graphql.document import read_documents
from creatorgraph.graphql.schema import build_schema
from creatorgraph.services.answer_cache import AnswerCache
from creatorgraph.services.answer_store import SharedAnswers
from creatorgraph.services.answer_watch import AnswerWatch
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.feed import Feed
from creatorgraph.services.tenant.meter import Meter
from creatorgraph.services.tenant.rate import Rates

Background = Callable[[], Awaitable[None]]

MAX_BODY = 1 << 20
"""Bytes of one request."""
RELOAD_SECONDS = 1.0
"""How often the vector index is asked whether another process has saved a newer one; the question reads one small file."""

SWITCH_SECONDS = 0.0005
"""For so long a thread that works in Python may keep one waiting that wants to. Python's own 5 ms are five times what a search
of a million vectors takes."""

_LOG = logging.getLogger("creatorgraph.api")


def create_app(
    engines: Engines,
    *,
    background: Sequence[Background] = (),
    reload_seconds: float = RELOAD_SECONDS,
    console: Path | None = None,
) -> FastAPI:
    """The API over `engines`, which stay the caller's to close; the caller binds the address too.

    `console` is the folder of the built console (None: the package's own).

    It answers at once: encoder and index load beside the first requests, and a search that comes earlier waits for them.
    Each of `background` runs beside the requests until it returns or the API stops; one that fails is logged, no more.
    """
    settings = engines.settings
    cache = AnswerCache(
        entries=settings.answer_cache_entries,
        most_bytes=settings.answer_cache_megabytes << 20,
        seconds=settings.answer_cache_seconds,
    )
    shared = _shared(engines)
    watch = AnswerWatch(cache, engines.database, shared=shared)
    feed, attempts, sockets = Feed(engines.database, listeners=[watch]), Attempts(), Sockets(engines)
    rates, meter = Rates(settings), Meter(engines.database)
    admission = Admission(callers(engines, attempts), rates, meter)
    own: tuple[Background, ...] = (
        lambda: _warm(engines),
        lambda: _follow_index(engines, reload_seconds),
        feed.run,
        watch.run,
        *([shared.run] if shared else ()),
        sockets.run,
        meter.run,
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        sys.setswitchinterval(SWITCH_SECONDS)
        tasks = [asyncio.create_task(_kept(each)) for each in (*own, *background)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await rates.close()
            # connections of this event loop cannot outlive it
            await engines.database.aclose()

    app = FastAPI(title="creatorgraph", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(RejectedError, rejected)
    app.add_exception_handler(UnavailableError, rejected)
    documents = read_documents((console or console_folder()) / DOCUMENTS, alone=settings.registered_documents)
    matching = Matching(engines)
    schema = build_schema(
        introspection=settings.profile == "development", documents=documents, most_cost=settings.query_cost
    )
    answers = Answers(schema, cache, watch, most_cost=settings.query_cost, shared=shared)
    context = contexts(engines, admission, feed, matching)
    app.include_router(graphql_router(engines, admission, feed, sockets, answers, matching, context))
    add_rest(app, Served(engines=engines, admission=admission, matching=matching))
    app.include_router(session_router(engines, attempts))
    app.include_router(health_router(engines, rates, answers))
    add_console(app, console)
    # the last one added is the outermost
    app.add_middleware(Compression, minimum_size=1024)
    app.add_middleware(KeptAnswers, answers=answers, admission=admission, documents=documents, context=context)
    app.add_middleware(BodyLimit, most=MAX_BODY)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "POST"],
            allow_headers=["content-type", "authorization", "if-none-match"],
            expose_headers=["etag", "location", "content-location", "retry-after"],
        )
    app.add_middleware(RateHeaders)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_answered_hosts(settings))
    return app


def _shared(engines: Engines) -> SharedAnswers | None:
    """Answers kept on Redis, where there is one and any are kept; for processes of one version with the same settings alone."""
    settings = engines.settings
    if settings.redis_url is None or not settings.answer_cache_entries:
        return None
    # what differs from one process to another without changing what is answered
    own = {"data_dir", "host", "port", "database_url", "redis_url", "threads", "memory_limit"}
    mark = f"{__version__}\0{settings.model_dump_json(exclude=own)}"
    return SharedAnswers(settings.redis_url, engines.database, seconds=settings.answer_cache_seconds, mark=mark)


def _answered_hosts(settings: Settings) -> list[str]:
    """On loopback only this machine's names: another site's page cannot reach us by pointing its own name here."""
    if settings.allowed_hosts:
        return list(settings.allowed_hosts)
    return ["localhost", "127.0.0.1", "[::1]"] if settings.host in ("localhost", "127.0.0.1", "::1") else ["*"]


async def _warm(engines: Engines) -> None:
    """Loads encoder and index, and runs the encoder once: its first call is the slow one."""
    await asyncio.to_thread(engines.profile_index)
    await asyncio.to_thread(lambda: engines.encoder().encode(["warm"]))


async def _follow_index(engines: Engines, seconds: float) -> None:
    """Takes in what the worker has saved. A damaged index is said once; the one in memory goes on serving."""
    said: str | None = None
    while True:
        await asyncio.sleep(seconds)
        try:
            index = await asyncio.to_thread(engines.profile_index)
            await asyncio.to_thread(index.reload_if_changed)
            said = None
        except CreatorgraphError as error:
            if str(error) != said:
                said = str(error)
                _LOG.warning("the vector index cannot be loaded: %s", said)


async def _kept(run: Background) -> None:
    try:
        await run()
    except CreatorgraphError as error:
        _LOG.warning("a background task has stopped: %s", error)
    except Exception:  # noqa: BLE001  one task must not take the API with it
        _LOG.exception("a background task has failed")
