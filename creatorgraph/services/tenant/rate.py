"""Rates: how many requests a plan allows in a window, by key, person or address; counted in process, or on Redis for all.

A sliding window: the last window counts by the share of it that still lies within the time looked at. Where Redis does not
answer, each process counts by itself until it does: then the rate is that of one process.
"""

import hashlib
import ipaddress
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import ConfigurationError, StorageError

from creatorgraph.config import Settings
from creatorgraph.domain.caller import Caller
from creatorgraph.domain.error import CreatorgraphError, UnavailableError
from creatorgraph.domain.tenant import Plan

RETRY_SECONDS = 5.0
"""How long Redis is left alone after it did not answer."""
REDIS_SECONDS = 0.25
"""How long it may take to answer."""
_LOG = logging.getLogger("creatorgraph.rate")


class RateExceededError(CreatorgraphError):
    """Too many requests; `seconds` from now there is room again."""

    code = "rate_limited"

    def __init__(self, limit: int, window: int, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            f"more than {limit} requests in {window} seconds", mend=f"Wait {seconds} seconds, or ask for a larger plan."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is left of a rate: `remaining` requests of `limit` per `window` seconds; `seconds` until there is more."""

    allowed: bool
    limit: int
    window: int
    remaining: int
    seconds: int

    def check(self) -> None:
        """Raises RateExceededError where this request is one too many."""
        if not self.allowed:
            raise RateExceededError(self.limit, self.window, self.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """At most so many requests in so many seconds, for each key and person."""

    requests: int
    seconds: int


def rate_of(settings: Settings, plan: Plan) -> Rate | None:
    """The plan's rate; None where it has none."""
    match plan:
        case Plan.STANDARD:
            return Rate(requests=settings.rate_standard, seconds=settings.rate_seconds)
        case Plan.ENTERPRISE:
            return Rate(requests=settings.rate_enterprise, seconds=settings.rate_seconds)
        case Plan.OPERATOR:
            return None


class Rates:
    """The counters of one process. `close` belongs to the event loop that they were used on."""

    def __init__(self, settings: Settings, *, now: Callable[[], float] = time.monotonic) -> None:
        window = settings.rate_seconds
        self._items: dict[Plan, RateLimitItem] = {
            Plan.STANDARD: RateLimitItemPerSecond(settings.rate_standard, window),
            Plan.ENTERPRISE: RateLimitItemPerSecond(settings.rate_enterprise, window),
        }
        self._address = RateLimitItemPerSecond(settings.rate_address, window)
        self._here = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._redis = _on_redis(settings.redis_url) if settings.redis_url else None
        self._shared = SlidingWindowCounterRateLimiter(self._redis) if self._redis else None
        self._faults: tuple[type[Exception], ...] = (StorageError, OSError, *_errors(self._redis))
        self._now = now
        self._away_until = 0.0

    @property
    def alone(self) -> bool:
        """Whether Redis should count, but this process does."""
        return self._redis is not None and self._now() < self._away_until

    async def take(self, caller: Caller, address: str) -> Allowance | None:
        """Counts one request; None for callers without a rate."""
        if caller.plan is Plan.OPERATOR:
            return None
        item = self._address if caller.tenant_id is None else self._items[caller.plan]
        who = _who(caller, address)
        if self._redis is not None and self._shared is not None and self._now() >= self._away_until:
            try:
                return await _taken(self._shared, item, who)
            except self._faults as error:
                if not self.alone:
                    _LOG.warning("Redis does not count requests (%s): this process does", type(error).__name__)
                self._away_until = self._now() + RETRY_SECONDS
        return await _taken(self._here, item, who)

    async def close(self) -> None:
        if self._redis is not None:
            # the library has no way of closing what it opened
            await cast(Any, self._redis.bridge).storage.aclose()


async def _taken(limiter: SlidingWindowCounterRateLimiter, item: RateLimitItem, who: str) -> Allowance:
    allowed = await limiter.hit(item, who)
    reset, remaining = await limiter.get_window_stats(item, who)
    seconds = max(1, math.ceil(reset - time.time()))
    return Allowance(
        allowed=allowed,
        limit=item.amount,
        window=item.get_expiry(),
        remaining=remaining if allowed else 0,
        seconds=min(seconds, item.get_expiry()),
    )


def _who(caller: Caller, address: str) -> str:
    """What is counted by: the key, the person (by a digest, for it may lie on Redis), or the address."""
    if caller.key_id is not None:
        return f"key:{caller.key_id}"
    if caller.tenant_id is not None:
        return f"person:{hashlib.sha256(caller.subject.encode()).hexdigest()}"
    return f"address:{network_of(address)}"


def network_of(address: str) -> str:
    """The address itself, of IPv6 its /64: whoever has one has all of it."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address):
        return str(known.ipv4_mapped or ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def _on_redis(url: str) -> RedisStorage:
    """Connects at its first use.

    Raises:
        UnavailableError: the extra is missing, or the URL is none.
    """
    try:
        return RedisStorage(
            url,
            implementation="redispy",
            key_prefix="creatorgraph:rate",
            wrap_exceptions=True,
            socket_timeout=REDIS_SECONDS,
            socket_connect_timeout=REDIS_SECONDS,
        )
    except (ConfigurationError, ValueError) as error:
        raise UnavailableError(
            "Redis cannot be used", where="CREATORGRAPH_REDIS_URL", mend="Install the extra redis, or fix the address."
        ) from error


def _errors(storage: RedisStorage | None) -> tuple[type[Exception], ...]:
    found = storage.base_exceptions if storage else ()
    return found if isinstance(found, tuple) else (found,)
