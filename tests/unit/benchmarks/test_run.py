"""Choosing and running benchmarks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.benchmark import Benchmark, SkippedError, select
from benchmarks.command import main
from benchmarks.measurement import Measurement
from benchmarks.registry import BENCHMARKS
from benchmarks.result import read_results


def fixed(*names: str, value: float = 1.0) -> Benchmark:
    def run(folder: Path) -> Iterator[Measurement]:
        assert folder.is_dir()
        for name in names:
            yield Measurement(name=name, value=value, unit="s", bar="< 2")

    return Benchmark(run=run, names=names)


def broken(name: str) -> Benchmark:
    def run(folder: Path) -> Iterator[Measurement]:
        yield Measurement(name=name, value=1, unit="s")
        raise RuntimeError("out of order")

    return Benchmark(run=run, names=(name, f"{name}.never"))


def lacking(name: str) -> Benchmark:
    def run(folder: Path) -> Iterator[Measurement]:
        if not (folder / "engine").exists():
            raise SkippedError("there is no engine")
        yield Measurement(name=name, value=1, unit="s")

    return Benchmark(run=run, names=(name,))


def test_names_are_measured_once() -> None:
    names = [name for benchmark in BENCHMARKS for name in benchmark.names]
    assert names
    assert len(names) == len(set(names))


def test_every_benchmark_module_is_registered() -> None:
    modules = {benchmark.run.__module__ for benchmark in BENCHMARKS}
    folder = Path(__file__).parents[3] / "benchmarks"
    declaring = {f"benchmarks.{path.stem}" for path in folder.glob("*.py") if "= Benchmark(" in path.read_text()}
    assert modules == declaring


def test_a_name_outside_the_areas_is_refused() -> None:
    with pytest.raises(ValueError, match="is no name of a measurement"):
        fixed("speed.fast")


def test_selection_is_by_any_of_the_names() -> None:
    first, second = fixed("search.a", "ingest.b"), fixed("api.c")
    assert select([first, second], "ingest") == [first]
    assert select([first, second], r"\.c$") == [second]
    assert select([first, second], ".") == [first, second]


def test_results_and_page_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results, page = tmp_path / "latest.json", tmp_path / "docs" / "benchmarks.md"
    assert main([], benchmarks=[fixed("search.a"), fixed("api.c", value=3.0)], results=results, page=page) == 0
    assert [(result.name, result.holds) for result in read_results(results)] == [("api.c", False), ("search.a", True)]
    assert "`search.a`" in page.read_text()
    assert capsys.readouterr().out.endswith("2 measurements, 1 of 2 bars hold, 0 failures\n")


def test_a_partial_run_keeps_the_rest(tmp_path: Path) -> None:
    results, page = tmp_path / "latest.json", tmp_path / "benchmarks.md"
    main([], benchmarks=[fixed("search.a"), fixed("api.c")], results=results, page=page)
    main(["--only", "api"], benchmarks=[fixed("search.a"), fixed("api.c", value=1.5)], results=results, page=page)
    assert {result.name: result.value for result in read_results(results)} == {"search.a": 1.0, "api.c": 1.5}
    assert "`search.a`" in page.read_text()


def test_one_failure_is_told_and_loses_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results, page = tmp_path / "latest.json", tmp_path / "benchmarks.md"
    assert main([], benchmarks=[broken("search.a"), fixed("api.c")], results=results, page=page) == 1
    assert [result.name for result in read_results(results)] == ["api.c", "search.a"]
    assert capsys.readouterr().err == "search.a: RuntimeError: out of order\n"


@pytest.mark.parametrize("only", ["(", "no_such_thing"])
def test_a_choice_of_nothing_is_an_error(tmp_path: Path, only: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--only", only], benchmarks=[fixed("search.a")], results=tmp_path / "r", page=tmp_path / "p")
    assert stopped.value.code == 2
    assert only in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("measured", [("search.a", "search.a"), ("search.a",), ("search.a", "search.c")])
def test_what_is_measured_is_what_was_declared(tmp_path: Path, measured: tuple[str, ...]) -> None:
    benchmark = Benchmark(run=fixed(*measured).run, names=("search.a", "search.b"))
    with pytest.raises(ValueError, match=r"not measured: search\.b|measured twice or not among"):
        list(benchmark.measure(tmp_path))


def test_what_the_machine_lacks_is_skipped_and_its_last_figure_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results, page = tmp_path / "latest.json", tmp_path / "page.md"
    main([], benchmarks=[fixed("graph.one")], results=results, page=page)
    assert main([], benchmarks=[lacking("graph.one")], results=results, page=page) == 0
    assert "graph.one: skipped" in capsys.readouterr().out
    assert [result.name for result in read_results(results)] == ["graph.one"]
