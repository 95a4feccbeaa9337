"""What is kept of a run, and the page made of it."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measurement import Measurement
from benchmarks.report import render
from benchmarks.result import Result, merge, read_results, result_of, write_results

WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def result(name: str, value: float = 3.0, machine: str = "a machine", bar: str | None = "ratio >= 2") -> Result:
    measured = Measurement(name=name, value=value, unit="ms", peer="a peer", peer_value=2.0, bar=bar)
    return result_of(measured, machine=machine, when=WHEN)


def test_a_file_has_exactly_these_keys_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "results" / "latest.json"
    write_results(path, [result("search.p95")])
    (entry,) = orjson.loads(path.read_bytes())
    assert entry == {
        "name": "search.p95",
        "value": 3.0,
        "unit": "ms",
        "peer": "a peer",
        "peer_value": 2.0,
        "ratio": 1.5,
        "bar": "ratio >= 2",
        "holds": False,
        "machine": "a machine",
        "when": "2026-01-02T03:04:05+00:00",
    }
    assert read_results(path) == [result("search.p95")]
    assert [found.name for found in path.parent.iterdir()] == ["latest.json"]


def test_nothing_is_kept_yet(tmp_path: Path) -> None:
    assert read_results(tmp_path / "latest.json") == []


def test_what_was_not_run_this_time_stays() -> None:
    kept = [result("search.p95", 1.0), result("ingest.rate", 2.0)]
    assert merge(kept, [result("search.p95", 9.0)]) == [result("ingest.rate", 2.0), result("search.p95", 9.0)]


names = st.sampled_from(["search.a", "search.b", "ingest.a", "api.a"])
some_results = st.lists(st.builds(result, names, st.floats(min_value=1, max_value=9)), max_size=6)


@given(kept=some_results, fresh=some_results)
def test_merging_is_sorted_complete_and_idempotent(kept: list[Result], fresh: list[Result]) -> None:
    merged = merge(kept, fresh)
    assert [found.name for found in merged] == sorted({found.name for found in (*kept, *fresh)})
    assert merge(merged, fresh) == merged
    assert {found.name for found in fresh} <= {found.name for found in merged if found in fresh}


def test_the_page_has_a_section_for_each_area_that_has_results_in_order() -> None:
    page = render([result("ingest.rate"), result("search.p95"), result("resolution.f1")])
    headings = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]
    assert headings == ["resolution", "search", "ingest", "Machines"]


def test_a_row_has_the_figure_its_peer_and_the_verdict() -> None:
    (row,) = (line for line in render([result("search.p95")]).splitlines() if "`search.p95`" in line)
    assert row == "| `search.p95` | 3 ms | a peer: 2 ms | 1.5 | ratio >= 2 | **no** | 1 | 2026-01-02 |"


def test_machines_are_numbered() -> None:
    page = render([result("search.a", machine="zeta"), result("search.b", machine="alpha")])
    assert "1. alpha\n2. zeta\n" in page
    (row,) = (line for line in page.splitlines() if "`search.a`" in line)
    assert "| 2 |" in row


@pytest.mark.parametrize(
    ("value", "shown"), [(12345.6, "12,346 ms"), (0.9953, "0.9953 ms"), (0.123456, "0.123 ms"), (1.0, "1 ms")]
)
def test_figures_are_short_but_do_not_hide_a_near_miss(value: float, shown: str) -> None:
    assert f"| {shown} |" in render([result("search.p95", value)])


def test_a_bar_in_a_cell_does_not_break_the_table() -> None:
    odd = result_of(Measurement(name="search.p95", value=1, unit="a|b"), machine="a machine", when=WHEN)
    assert "1 a\\|b" in render([odd])
