import pytest

from creatorgraph.api.rejection import MOST_FAILURES, WINDOW_SECONDS, Attempts, RejectedError


def test_attempts_are_forgotten_after_the_window_and_counted_by_client() -> None:
    now = 0.0
    attempts = Attempts(now=lambda: now)
    for _ in range(MOST_FAILURES):
        attempts.check("one")
        attempts.failed("one")
    with pytest.raises(RejectedError) as error:
        attempts.check("one")
    assert error.value.status == 429
    attempts.check("another")
    now = WINDOW_SECONDS
    attempts.check("one")


def test_clients_that_failed_long_ago_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("creatorgraph.api.rejection._MOST_CLIENTS", 2)
    attempts = Attempts(now=lambda: 0.0)
    for client in ("a", "b", "c"):
        for _ in range(MOST_FAILURES):
            attempts.failed(client)
    attempts.check("a")
    for client in ("b", "c"):
        with pytest.raises(RejectedError):
            attempts.check(client)
