"""A pytest plugin: the last lines of a run name what was left out and why, what tests have to tell, how long it took
and what the install takes.

With pytest-xdist the tests' reports come to the controller, which alone tells; each worker hands over what it alone knows."""

import sys
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from requirements.lock import FOLDER
from requirements.size import folder_size, megabytes

LOCK = FOLDER / "run.txt"
NAMED = "suite_report"
DESELECTED = "deselected"
TOLD = "last_line"
"""What a test gives its `record_property` under this name is told at the end."""


@dataclass(slots=True, eq=False)
class SuiteReport:
    """Collects skips while the run goes on. `suites` are the project's own markers that stand for an engine or extra."""

    suites: frozenset[str]
    started: float = field(default_factory=monotonic)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    deselected: int = 0
    told: list[str] = field(default_factory=list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.told += [str(text) for name, text in report.user_properties if name == TOLD]
        if report.skipped and not hasattr(report, "wasxfail"):
            marked = sorted(self.suites.intersection(report.keywords))
            self._leave_out(marked[0] if marked else report.nodeid.partition("::")[0], report.longrepr)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._leave_out(report.nodeid, report.longrepr)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.deselected += len(items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        # every worker collects, and so deselects, the same
        self.deselected = max(self.deselected, getattr(node, "workeroutput", {}).get(DESELECTED, 0))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, None, None]:
        """Outermost, so that its lines come after pytest's own summary."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[DESELECTED] = self.deselected
        yield
        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None and terminal.verbosity >= -1 and not session.config.option.collectonly:
            for line in self.lines():
                terminal.write_line(line)

    def lines(self) -> list[str]:
        named = [
            f"left out: {suite} ({count} {'test' if count == 1 else 'tests'}): {reason}"
            for (suite, reason), count in sorted(self.left_out.items())
        ]
        if self.deselected:
            named.append(f"left out: {self.deselected} tests that the command line did not select")
        environment = megabytes(folder_size(Path(sys.prefix)))
        return [
            *self.told,
            *(named or ["left out: nothing"]),
            f"took {monotonic() - self.started:.0f} s; the environment holds {environment}",
        ]

    def _leave_out(self, suite: str, reason: object) -> None:
        text = str(reason[-1]) if isinstance(reason, tuple) else str(reason)
        self.left_out[suite, text.removeprefix("Skipped: ")] += 1


def pytest_configure(config: pytest.Config) -> None:
    declared = (line.partition(":")[0].strip() for line in config.getini("markers"))
    suites = frozenset(
        name for name in declared if name in ("neo4j", "redis", "sentence_transformers", "spark", "browser")
    )
    config.pluginmanager.register(SuiteReport(suites=suites), NAMED)
