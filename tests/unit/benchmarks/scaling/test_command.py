"""One command: simulate, keep, refresh the page."""

from pathlib import Path

import pytest

from benchmarks.scaling.command import main
from benchmarks.scaling.result import Simulation, read_simulation


def never() -> Simulation:
    raise AssertionError("simulated")


def test_it_keeps_what_was_simulated_and_writes_the_page(
    tmp_path: Path, simulation: Simulation, capsys: pytest.CaptureFixture[str]
) -> None:
    results, page = tmp_path / "results" / "scaling.json", tmp_path / "docs" / "scaling.md"
    assert main([], simulate=lambda: simulation, bench=tmp_path / "none.json", results=results, page=page) == 0
    assert read_simulation(results) == simulation
    assert "bench-scaling.measured" in page.read_text()
    assert capsys.readouterr().out == "scaling.md: projected from runs of up to 10,000 profiles\n"


def test_the_page_alone_comes_from_what_is_kept(tmp_path: Path, simulation: Simulation) -> None:
    results, page = tmp_path / "scaling.json", tmp_path / "scaling.md"
    main([], simulate=lambda: simulation, bench=tmp_path / "none.json", results=results, page=page)
    written = page.read_text()
    page.write_text(f"# By hand\n\n{written}")
    assert main(["--page"], simulate=never, bench=tmp_path / "none.json", results=results, page=page) == 0
    assert page.read_text() == f"# By hand\n\n{written}"


@pytest.mark.parametrize("kept", [None, "{}", "no JSON"])
def test_results_that_cannot_be_read_are_said_and_nothing_is_written(
    tmp_path: Path, kept: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    results, page = tmp_path / "scaling.json", tmp_path / "scaling.md"
    if kept is not None:
        results.write_text(kept)
    assert main(["--page"], simulate=never, bench=tmp_path / "none.json", results=results, page=page) == 1
    assert "run without --page" in capsys.readouterr().err
    assert not page.exists()
