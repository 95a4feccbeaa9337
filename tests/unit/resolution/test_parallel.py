import threading

import pytest

from creatorgraph.resolution.parallel import in_order


@pytest.mark.parametrize("threads", [1, 2, 7, None])
def test_results_come_in_the_order_of_the_rows(threads: int | None) -> None:
    found = list(in_order(lambda rows: list(range(rows.start, rows.stop)), 23, 5, threads))
    assert [len(part) for part in found] == [5, 5, 5, 5, 3]
    assert [row for part in found for row in part] == list(range(23))


def test_of_no_rows_the_work_is_done_once() -> None:
    assert list(in_order(lambda rows: rows, 0, 5)) == [slice(0, 0)]


def test_slices_are_worked_on_side_by_side() -> None:
    # each waits for the other: one after the other they would never come through
    meeting = threading.Barrier(2, timeout=240)
    assert len(list(in_order(lambda _: meeting.wait(), 2, 1, 2))) == 2


@pytest.mark.parametrize("threads", [1, 3])
def test_an_error_stops_the_rest(threads: int) -> None:
    begun = []

    def work(rows: slice) -> None:
        begun.append(rows.start)
        if rows.start == 2:
            raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        list(in_order(work, 1000, 1, threads))
    assert len(begun) < 1000


def test_whoever_stops_listening_stops_the_work() -> None:
    begun = []
    results = in_order(lambda rows: begun.append(rows.start), 1000, 1, 2)
    next(results)
    results.close()
    assert len(begun) < 1000
