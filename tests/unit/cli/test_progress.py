"""Progress is seen only where it takes a while."""

from io import StringIO

import pytest
from rich.console import Console

from creatorgraph.cli import progress as module
from creatorgraph.cli.progress import BarProgress, LineProgress, told_on_stderr


def console(*, terminal: bool) -> Console:
    return Console(file=StringIO(), width=100, force_terminal=terminal, highlight=False)


def text(of: Console) -> str:
    assert isinstance(of.file, StringIO)
    return of.file.getvalue()


def test_quick_work_leaves_no_line() -> None:
    to = console(terminal=False)
    progress = LineProgress(to)

    progress.stage("Reading", 100)
    for _ in range(100):
        progress.advance()

    assert text(to) == ""


def test_lines_are_rare_and_say_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("creatorgraph.cli.progress.time.monotonic", lambda: now)
    to = console(terminal=False)
    progress = LineProgress(to, every=5)

    progress.stage("reading profiles", 3000)
    for second in range(1, 13):
        now = float(second)
        progress.advance(200)
    progress.stage("finding pairs")
    now = 20.0
    progress.stage("scoring")

    assert text(to).splitlines() == ["Reading profiles: 1,000 of 3,000", "Reading profiles: 2,000 of 3,000", "Scoring"]


def test_bar_appears_after_a_second_and_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    to = console(terminal=True)
    with BarProgress(to) as progress:
        bars = progress._bars
        progress.stage("reading", 10)
        assert list(bars.get_renderables()) == []

        monkeypatch.setattr(module, "SHOWN_AFTER_SECONDS", 0.0)
        progress.advance(4)
        assert len(list(bars.get_renderables())) == 1
        (task,) = bars.tasks
        assert (task.description, task.completed, task.total) == ("Reading", 4, 10)

        progress.stage("writing")
        assert [each.description for each in bars.tasks] == ["Writing"]


def test_stdout_stays_clean(capsys: pytest.CaptureFixture[str]) -> None:
    with told_on_stderr() as progress:
        progress.stage("reading")

    assert capsys.readouterr().out == ""
