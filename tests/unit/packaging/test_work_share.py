"""How the tests are shared out among the processes of a run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.work_share import share_of


@pytest.mark.parametrize(
    ("nodeid", "share"),
    [
        ("tests/unit/test_a.py::test_it[a::b]", "tests/unit/test_a.py"),
        ("tests/e2e/test_page.py::test_page[light]", "tests/e2e/"),
        ("tests/contract/graph/test_graph.py::test_it", "tests/contract/graph/"),
    ],
)
def test_a_file_stays_together_and_a_folder_that_shares_something_dear(nodeid: str, share: str) -> None:
    assert share_of(nodeid) == share


def test_files_with_slow_tests_come_first_and_each_file_goes_to_one_process(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  slow: takes long\n")
    body = (
        "import os\nimport pytest\n{mark}\n@pytest.mark.parametrize('n', range(6))\ndef test_it(n, testrun_uid):\n    "
    )
    body += "print('ran', __name__, os.environ['PYTEST_XDIST_WORKER'], os.environ['OMP_NUM_THREADS'])\n"
    for name, mark in (("a", ""), ("b", ""), ("c", "@pytest.mark.slow")):
        (tmp_path / f"test_{name}.py").write_text(body.format(mark=mark))
    arguments = ["-p", "xdist", "-p", "tests.work_share", "-p", "no:cacheprovider", "-rP", "-v"]
    sharing = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    # this test may itself run in such a process
    told = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    environment = {n: v for n, v in os.environ.items() if n not in told and not n.startswith("PYTEST_XDIST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, *sharing],
        cwd=tmp_path,
        env=environment | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    ran = {tuple(line.split()[1:]) for line in done.stdout.splitlines() if line.startswith("ran ")}
    assert sorted(name for name, _, _ in ran) == ["test_a", "test_b", "test_c"]
    assert {threads for _, _, threads in ran} == {"1"}
    first = {
        line.split("[gw")[1][0]: line
        for line in reversed(done.stdout.splitlines())
        if "PASSED" in line and "[gw" in line
    }
    assert any("test_c" in line for line in first.values())
