"""Answers kept on Redis for all processes of one server, by generation numbers.

`epoch` counts the changes that were heard of; a tag's mark is the epoch of its last change. An answer is kept with the epoch that
was read before anything else was, and is given while no mark of its tags is above it. A mark that is not there counts as a change
just now, so that Redis may throw away what it likes. Every process marks what it hears; until its marks are made, or where Redis
did not answer, it reads nothing here. What nobody heard of (no process listened, Redis began anew) drops everything.
"""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any, cast

import sqlalchemy as sa

from creatorgraph.domain.error import CreatorgraphError, UnavailableError
from creatorgraph.domain.usage import Use
from creatorgraph.services.answer_cache import DERIVED, LISTED, Answer
from creatorgraph.store.database import Database

RETRY_SECONDS = 5.0
"""How long Redis is left alone after it did not answer."""
REDIS_SECONDS = 0.25
"""How long it may take to answer."""
_ALL = "all"
_LOG = logging.getLogger("creatorgraph.answer")

_EPOCH = """
local function epoch()
  local found = redis.call('GET', KEYS[1])
  if found then return found end
  local now = redis.call('TIME')
  found = now[1] .. string.format('%06d', now[2])
  redis.call('SET', KEYS[1], found)
  return found
end
"""
_LOOK = (
    _EPOCH
    + """
local now = epoch()
local kept = redis.call('HMGET', KEYS[2], 'at', 'tags', 'cost', 'rows', 'body')
if not kept[1] then return {now} end
for tag in string.gmatch(kept[2], '%S+') do
  local mark = redis.call('GET', ARGV[1] .. tag)
  if not mark or tonumber(mark) > tonumber(kept[1]) then return {now} end
end
return {now, kept[2], kept[3], kept[4], kept[5]}
"""
)
_KEEP = (
    _EPOCH
    + """
local now, fresh = epoch(), true
for tag in string.gmatch(ARGV[3], '%S+') do
  local mark = redis.call('GET', ARGV[1] .. tag)
  if not mark then mark = now end
  redis.call('SET', ARGV[1] .. tag, mark, 'EX', ARGV[7])
  if tonumber(mark) > tonumber(ARGV[2]) then fresh = false end
end
if fresh then
  redis.call('HSET', KEYS[2], 'at', ARGV[2], 'tags', ARGV[3], 'cost', ARGV[4], 'rows', ARGV[5], 'body', ARGV[6])
  redis.call('EXPIRE', KEYS[2], ARGV[8])
end
return fresh and 1 or 0
"""
)
_CHANGE = (
    _EPOCH
    + """
epoch()
local now = redis.call('INCR', KEYS[1])
for n = 3, #ARGV do redis.call('SET', ARGV[1] .. ARGV[n], now, 'EX', ARGV[2]) end
return now
"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The epoch (None: Redis is not asked now) and the answer with its tags, where there is one."""

    epoch: str | None
    answer: Answer | None = None
    tags: frozenset[str] = frozenset()


NOTHING = Looked(epoch=None)


class SharedAnswers:
    """For one event loop; `run` makes the marks. `mark` names what answers depend on beside their keys: version and settings."""

    def __init__(
        self, url: str, database: Database, *, seconds: float, mark: str, now: Callable[[], float] = monotonic
    ) -> None:
        try:
            from redis import RedisError
            from redis.asyncio import Redis
            from redis.asyncio.retry import Retry
            from redis.backoff import NoBackoff

            self._redis = Redis.from_url(
                url,
                socket_timeout=REDIS_SECONDS,
                socket_connect_timeout=REDIS_SECONDS,
                retry=Retry(NoBackoff(), 0),
                redis_connect_func=self._connected,
            )
        except (ImportError, ValueError) as error:
            raise UnavailableError(
                "Redis cannot be used",
                where="CREATORGRAPH_REDIS_URL",
                mend="Install the extra redis, or fix the address.",
            ) from error
        self._faults = (RedisError, OSError, TimeoutError)
        self._database = database
        self._seconds = seconds
        self._mark, self._now = mark, now
        self._prefix = ""
        self._server: bytes | None = None
        self._pending: set[str] = set()
        self._marking = False
        self._wake = asyncio.Event()
        self._away_until = 0.0
        self._look, self._keep, self._change = (self._redis.register_script(each) for each in (_LOOK, _KEEP, _CHANGE))

    @property
    def holds(self) -> bool:
        """Whether it may be asked: every change that was heard of is marked, and Redis answers."""
        marked = not self._pending and not self._marking
        return marked and bool(self._prefix) and self._now() >= self._away_until

    @property
    def away(self) -> bool:
        """Whether Redis did not answer a moment ago."""
        return self._now() < self._away_until

    async def look(self, key: bytes) -> Looked:
        if not self.holds:
            return NOTHING
        try:
            found = await self._call(self._look, [self._epoch, self._place(key)], [self._tag_prefix])
        except self._faults as error:
            self._fault(error)
            return NOTHING
        # what was heard meanwhile may not be marked yet
        if not self.holds or len(found) == 1:
            return Looked(epoch=found[0].decode()) if self.holds else NOTHING
        epoch, tags, cost, rows, body = found
        answer = Answer(body=body, use=Use(cost=int(cost), rows=int(rows)))
        return Looked(epoch=epoch.decode(), answer=answer, tags=frozenset(tags.decode().split()) - {_ALL})

    async def keep(self, key: bytes, epoch: str, answer: Answer, tags: Iterable[str]) -> None:
        if not self.holds:
            return
        use, told = answer.use, " ".join(sorted({*tags, _ALL}))
        seconds = max(1, int(self._seconds))
        arguments = [self._tag_prefix, epoch, told, use.cost, use.rows, answer.body, 2 * seconds, seconds]
        try:
            await self._call(self._keep, [self._epoch, self._place(key)], arguments)
        except self._faults as error:
            self._fault(error)

    def changed(self, tags: Iterable[str]) -> None:
        self._pending.update((*tags, LISTED, DERIVED))
        self._wake.set()

    def clear(self) -> None:
        self._pending.add(_ALL)
        self._wake.set()

    def begin(self) -> None:
        """Changes are heard of from here on; which database they are of is asked anew."""
        self._prefix = ""
        self.clear()

    async def run(self) -> None:
        """Marks what has changed, until it is cancelled."""
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                if not await self._marked():
                    await asyncio.sleep(max(0.0, self._away_until - self._now()) or REDIS_SECONDS)
                    self._wake.set()
        finally:
            await self._redis.aclose()

    async def _marked(self) -> bool:
        told, self._pending, self._marking = self._pending, set(), True
        try:
            if not self._prefix:
                name = await self._database.ask(_identity)
                self._prefix = hashlib.blake2b(f"{self._mark}\0{name}".encode(), digest_size=8).hexdigest()
            if told:
                seconds = 2 * max(1, int(self._seconds))
                await self._call(self._change, [self._epoch], [self._tag_prefix, seconds, *sorted(told)])
        except self._faults as error:
            self._fault(error)
            return False
        except CreatorgraphError as error:
            _LOG.debug("the database is not known: %s", error)
            self._pending |= told
            return False
        finally:
            self._marking = False
        return True

    async def _connected(self, connection: Any) -> None:
        """Redis that has begun anew may have older marks: everything is dropped."""
        await connection.on_connect()
        await connection.send_command("INFO", "server")
        said = await connection.read_response()
        text = said if isinstance(said, bytes) else str(said).encode()
        server = next((each for each in text.splitlines() if each.startswith(b"run_id:")), b"")
        if self._server not in (None, server):
            self.clear()
        self._server = server

    def _fault(self, error: Exception) -> None:
        if self._now() >= self._away_until:
            _LOG.warning("Redis keeps no answers (%s): this process does", type(error).__name__)
        self._away_until = self._now() + RETRY_SECONDS
        self.clear()

    async def _call(self, script: Any, keys: list[Any], arguments: list[Any]) -> Any:
        return await cast(Awaitable[Any], script(keys=keys, args=arguments))

    @property
    def _epoch(self) -> str:
        # one slot of a cluster, by the braces
        return f"creatorgraph:answer:{{{self._prefix}}}:epoch"

    @property
    def _tag_prefix(self) -> str:
        return f"creatorgraph:answer:{{{self._prefix}}}:tag:"

    def _place(self, key: bytes) -> str:
        return f"creatorgraph:answer:{{{self._prefix}}}:kept:{key.hex()}"


def _identity(connection: sa.Connection) -> str:
    """Names this database among all that processes with one Redis may serve, until it is started again."""
    row = connection.execute(
        sa.text(
            "SELECT current_database(), oid, pg_postmaster_start_time() FROM pg_database WHERE datname = current_database()"
        )
    ).one()
    return " ".join(map(str, row))
