"""`creatorgraph evaluate` on the sample: figures, report, and the report in a browser."""

import json
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from creatorgraph.sample import congress
from tests.integration.cli.conftest import Cli

TRUTH = congress.PROFILES.with_name("truth.csv.gz")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def cli(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """Without a database: its address would fail at the first touch."""
    data_dir = tmp_path_factory.mktemp("data")
    (data_dir / "model").symlink_to(model_folder)
    return Cli(
        data_dir=data_dir,
        environment={
            "CREATORGRAPH_DATA_DIR": str(data_dir),
            "CREATORGRAPH_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "CREATORGRAPH_THREADS": "2",
        },
    )


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Labelled true pairs of the sample, with a column of two values and one of many."""
    members: dict[str, list[str]] = {}
    for profile, entity in congress.truth().items():
        members.setdefault(entity, []).append(profile)
    several = sorted(sorted(group)[:2] for group in members.values() if len(group) > 1)
    path = tmp_path_factory.mktemp("pairs") / "pairs.csv"
    lines = [f"{one},{other},{'odd' if i % 2 else 'even'},{i}" for i, (one, other) in enumerate(several)]
    path.write_text("\n".join(["profile_id_l,profile_id_r,parity,number", *lines]) + "\n")
    return path


@pytest.fixture(scope="module")
def report(cli: Cli, pairs: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    path = tmp_path_factory.mktemp("report") / "new" / "out.html"
    result = cli("evaluate", congress.PROFILES, "--truth", TRUTH, "--pairs", pairs, "--report", path, "--json")
    assert result.exit_code == 0, result.output
    return path, json.loads(result.stdout)


def test_figures_are_those_that_we_say_of_the_sample(report: tuple[Path, dict[str, object]]) -> None:
    path, said = report
    scores = said["scores"]
    assert isinstance(scores, dict)
    assert scores["pairs_and_b_cubed"]["f1"] >= 0.95
    assert scores["calibration"]["ece_width"] <= 0.1
    assert {s["dimension"] for s in scores["slices"]} >= {"name", "username", "platform pair"}
    assert [s["dimension"] for s in scores["labelled_slices"]] == ["parity"]
    assert said["profiles"] == 1658
    assert said["report"] == str(path)


def test_the_report_is_for_its_owner_alone_and_of_moderate_size(report: tuple[Path, dict[str, object]]) -> None:
    path, _ = report
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.stat().st_size < 4_000_000
    assert [each.name for each in path.parent.iterdir()] == ["out.html"]


def test_a_browser_draws_the_charts_without_any_network(report: tuple[Path, dict[str, object]], tmp_path: Path) -> None:
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        pytest.skip("no Chromium on PATH")
    path, _ = report
    done = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path}",
            "--proxy-server=127.0.0.1:1",
            "--window-size=1200,30000",
            "--virtual-time-budget=60000",
            "--dump-dom",
            path.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    drawn = done.stdout
    assert ">This chart could not be drawn" not in drawn
    # in view: probabilities, two of thresholds, two of calibration, weights, m and u, unlinkables, open cases
    assert drawn.count('class="marks"') >= 9
    assert len(re.findall(r"<path[^>]*aria-roledescription=\"bar\"", drawn)) > 100


def test_a_summary_for_people_and_what_needs_no_truth(cli: Cli, tmp_path: Path) -> None:
    result = cli("evaluate", congress.PROFILES, "--report", tmp_path / "out.html")
    assert result.exit_code == 0, result.output
    assert "1,658" in result.stdout
    assert "Against the truth" not in result.stdout
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "The deepest doubts" in text
    assert "The largest creators" in text


@pytest.mark.parametrize("option", ["--ignore", "--pairs"])
def test_labels_of_pairs_need_the_truth(cli: Cli, tmp_path: Path, pairs: Path, option: str) -> None:
    result = cli("evaluate", congress.PROFILES, option, pairs, "--report", tmp_path / "out.html")
    assert result.exit_code == 2
    assert option in result.stderr
    assert not (tmp_path / "out.html").exists()


def test_a_truth_that_cannot_be_used_costs_no_run(cli: Cli, tmp_path: Path) -> None:
    truth = tmp_path / "truth.csv"
    truth.write_text("profile,entity\na,b\n")
    result = cli("evaluate", congress.PROFILES, "--truth", truth, "--report", tmp_path / "out.html")
    assert result.exit_code == 2
    assert "truth.csv:1" in result.stderr
    assert "profile_id" in result.stderr
