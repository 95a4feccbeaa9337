import pytest

from creatorgraph.api.rejection import MOST_FAILURES, MOST_LOOKS, WINDOW_SECONDS, Attempts, RejectedError

ONE, ANOTHER = "192.0.2.1", "192.0.2.2"
NOBODYS, GOOD = b"nobody's", b"somebody's"


def fail(attempts: Attempts, client: str, times: int) -> int:
    """How many of the attempts are told that they are too many."""
    refused = 0
    for _ in range(times):
        try:
            attempts.failed(client, NOBODYS)
        except RejectedError as error:
            refused += error.status == 429
    return refused


def test_attempts_are_forgotten_after_the_window_and_counted_by_client() -> None:
    now = 0.0
    attempts = Attempts(now=lambda: now)
    assert fail(attempts, ONE, MOST_FAILURES) == 0
    assert fail(attempts, ONE, 2) == 2
    assert fail(attempts, ANOTHER, 1) == 0
    now = WINDOW_SECONDS
    assert fail(attempts, ONE, 1) == 0


def test_who_waits_as_long_as_the_answer_says_may_try_again() -> None:
    now = 0.0
    attempts = Attempts(now=lambda: now)
    for second in range(MOST_FAILURES + 4):
        now = second
        fail(attempts, ONE, 1)
    with pytest.raises(RejectedError) as refused:
        attempts.failed(ONE, NOBODYS)
    now += int(refused.value.headers["retry-after"])
    assert fail(attempts, ONE, 1) == 0


def test_what_is_somebodys_is_looked_up_whatever_else_comes_from_its_network() -> None:
    attempts = Attempts(now=lambda: 0.0)
    fail(attempts, ONE, MOST_LOOKS - 1)
    attempts.check(ONE, GOOD)
    attempts.succeeded(GOOD)
    fail(attempts, ONE, 1)
    with pytest.raises(RejectedError):
        attempts.check(ONE, NOBODYS)
    attempts.check(ONE, GOOD)
    attempts.check(ANOTHER, NOBODYS)
    # it was revoked
    fail(attempts, ONE, 1)
    with pytest.raises(RejectedError):
        attempts.failed(ONE, GOOD)
    with pytest.raises(RejectedError):
        attempts.check(ONE, GOOD)


def test_addresses_of_one_network_count_together() -> None:
    attempts = Attempts(now=lambda: 0.0)
    assert sum(fail(attempts, f"2001:db8::{place:x}", 1) for place in range(MOST_FAILURES + 5)) == 5
    assert fail(attempts, "2001:db8:0:1::1", 1) == 0


def test_networks_that_failed_long_ago_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("creatorgraph.api.rejection._MOST_NETWORKS", 2)
    attempts = Attempts(now=lambda: 0.0)
    for client in (ONE, ANOTHER, "192.0.2.3"):
        fail(attempts, client, MOST_FAILURES)
    assert fail(attempts, ANOTHER, 1) == 1
    assert fail(attempts, ONE, 1) == 0
