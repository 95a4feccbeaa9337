"""What follows from an attempt: when it is made again, how long the endpoint rests, when nobody tries any more."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from creatorgraph.config import Settings
from creatorgraph.domain.webhook import Attempt, DisabledReason
from creatorgraph.store.write.webhook_message import Verdict

_GONE = 410
_JITTER = 0.2
"""The most that chance adds, as a share: those that failed together do not come back together."""
_REST_SECONDS, _REST_MOST = 5.0, 300.0


def verdict(
    attempt: Attempt,
    settings: Settings,
    *,
    now: datetime,
    tries: int,
    failures: int,
    failing_since: datetime | None,
    chance: Callable[[], float] = random.random,
) -> Verdict:
    """`tries` counts this attempt of the message since it was queued last; `failures` those of the endpoint in a row before it,
    and `failing_since` is the first of them (None: this would be it). `chance` gives numbers in [0, 1).

    A message is sent again after the settings' waits, then no more. After a failure the endpoint rests for five seconds, twice
    as long after each further one up to five minutes, so that one that is down is not asked for each message that waits.
    """
    if attempt.error is None:
        return Verdict()
    disabled = None
    if attempt.status == _GONE:
        disabled = DisabledReason.GONE
    elif failing_since is not None and now - failing_since >= timedelta(days=settings.webhook_disable_days):
        disabled = DisabledReason.FAILING
    rest = min(_REST_SECONDS * 2 ** min(failures, 10), _REST_MOST)
    return Verdict(
        next_at=_next_at(attempt, settings, now=now, tries=tries, chance=chance),
        resume_at=now + timedelta(seconds=rest),
        disabled=disabled,
    )


def _next_at(
    attempt: Attempt, settings: Settings, *, now: datetime, tries: int, chance: Callable[[], float]
) -> datetime | None:
    waits = settings.webhook_retry_seconds
    if tries > len(waits) or attempt.status == _GONE:
        return None
    wait = waits[tries - 1] * (1 + _JITTER * chance())
    return now + timedelta(seconds=max(wait, attempt.retry_after or 0))
