"""What follows from an attempt."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.config import Settings
from creatorgraph.domain.webhook import Attempt, DisabledReason
from creatorgraph.services.webhook.schedule import verdict

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = Settings(data_dir=Path("unused"))
FAILED = Attempt(duration_ms=1, error="x")


def after(attempt: Attempt, tries: int, *, failures: int = 0, since: datetime | None = None, chance: float = 0.0):  # type: ignore[no-untyped-def]
    return verdict(
        attempt, SETTINGS, now=NOW, tries=tries, failures=failures, failing_since=since, chance=lambda: chance
    )


def test_what_was_taken_is_over() -> None:
    found = after(Attempt(duration_ms=1, status=204), 1)
    assert (found.next_at, found.resume_at, found.disabled) == (None, None, None)


def test_the_waits_are_the_settings_and_then_it_is_over() -> None:
    waits = SETTINGS.webhook_retry_seconds
    assert [after(FAILED, tries).next_at - NOW for tries in range(1, len(waits) + 1)] == [
        timedelta(seconds=each) for each in waits
    ]
    assert after(FAILED, len(waits) + 1).next_at is None
    assert timedelta(days=3) < timedelta(seconds=sum(waits)) < timedelta(days=4)


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 9))
def test_chance_adds_a_fifth_at_most(chance: float, tries: int) -> None:
    wait = SETTINGS.webhook_retry_seconds[tries - 1]
    seconds = (after(FAILED, tries, chance=chance).next_at - NOW).total_seconds()
    assert wait <= seconds <= wait * 1.2


def test_a_receiver_may_ask_for_more_time_but_not_for_less() -> None:
    for asked, waited in ((3600.0, 3600), (1.0, 5)):
        found = after(Attempt(duration_ms=1, status=429, error="x", retry_after=asked), 1)
        assert found.next_at == NOW + timedelta(seconds=waited)


def test_an_endpoint_rests_longer_each_time_up_to_five_minutes() -> None:
    rests = [(after(FAILED, 1, failures=n).resume_at - NOW).total_seconds() for n in (0, 1, 2, 6, 7, 5000)]
    assert rests == [5, 10, 20, 300, 300, 300]


@pytest.mark.parametrize(
    ("status", "days", "reason"),
    [(410, None, DisabledReason.GONE), (500, 5.0, DisabledReason.FAILING), (500, 4.9, None), (500, None, None)],
)
def test_what_ends_a_webhook(status: int, days: float | None, reason: DisabledReason | None) -> None:
    since = None if days is None else NOW - timedelta(days=days)
    assert after(Attempt(duration_ms=1, status=status, error="x"), 1, since=since).disabled is reason
