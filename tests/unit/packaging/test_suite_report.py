"""The last lines of a test run: what was left out and why."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

INI = "[pytest]\nmarkers =\n  redis: needs a redis-server\n  slow: takes long\n"


def run(folder: Path, module: str, *arguments: str) -> list[str]:
    (folder / "pytest.ini").write_text(INI)
    (folder / "test_it.py").write_text(module)
    # this test may itself run in a worker
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.suite_report", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        # whatever plugins are installed, those that are named
        env=environment | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.splitlines()


def test_a_whole_run_says_so(tmp_path: Path) -> None:
    lines = run(tmp_path, "def test_a(): pass\n")
    assert lines[-2] == "left out: nothing"
    assert lines[-1].startswith("took ")
    assert "1 passed" in lines[-3]


def test_skips_are_counted_by_suite_and_reason(tmp_path: Path) -> None:
    module = (
        "import pytest\n"
        "@pytest.mark.redis\n@pytest.mark.slow\n@pytest.mark.parametrize('n', [1, 2])\n"
        "def test_a(n): pytest.skip('redis-server is not on PATH')\n"
        "def test_b(): pytest.skip('no reason')\n"
        "@pytest.mark.xfail(strict=True)\ndef test_c(): assert False\n"
    )
    assert run(tmp_path, module)[-3:-1] == [
        "left out: redis (2 tests): redis-server is not on PATH",
        "left out: test_it.py (1 test): no reason",
    ]


def test_a_module_that_cannot_be_imported_is_named(tmp_path: Path) -> None:
    module = "import pytest\npytest.importorskip('not_installed_anywhere', reason='the extra is not installed')\n"
    assert run(tmp_path, module)[-2] == "left out: test_it.py (1 test): the extra is not installed"


@pytest.mark.parametrize("selection", [("-k", "test_a"), ("--deselect", "test_it.py::test_b")])
def test_deselected_tests_are_left_out_too(tmp_path: Path, selection: tuple[str, str]) -> None:
    lines = run(tmp_path, "def test_a(): pass\ndef test_b(): pass\n", *selection)
    assert lines[-2] == "left out: 1 tests that the command line did not select"


@pytest.mark.parametrize("quiet", [(), ("-q",)])
def test_what_tests_tell_comes_last(tmp_path: Path, quiet: tuple[str, ...]) -> None:
    module = "def test_a(record_property):\n    record_property('last_line', 'ran 7 times')\n"
    assert run(tmp_path, module, *quiet)[-3:-1] == ["ran 7 times", "left out: nothing"]


def test_with_workers_everything_is_told_once(tmp_path: Path) -> None:
    module = (
        "import pytest\n"
        "def test_a(record_property):\n    record_property('last_line', 'ran 7 times')\n"
        "@pytest.mark.redis\ndef test_b(): pytest.skip('redis-server is not on PATH')\n"
        "def test_c(): pass\n"
    )
    missing = "import pytest\npytest.importorskip('not_installed_anywhere', reason='the extra is not installed')\n"
    (tmp_path / "test_missing.py").write_text(missing)
    lines = run(tmp_path, module, "-p", "xdist", "-n", "2", "--deselect", "test_it.py::test_c")
    assert lines[-5:-1] == [
        "ran 7 times",
        "left out: redis (1 test): redis-server is not on PATH",
        "left out: test_missing.py (1 test): the extra is not installed",
        "left out: 1 tests that the command line did not select",
    ]
    assert sum(line.startswith("took ") for line in lines) == 1
