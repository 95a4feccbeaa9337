"""The console and the wheel: no wheel goes out without it, and what is in it names nobody else's host."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from creatorgraph.api.console_route import console_folder

STRANGERS = re.compile(r"""(?:src|href|url\(|from|import\(?)\s*=?\s*["'(]?(https?:)?//[a-z0-9]""", re.IGNORECASE)


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """Enough of the project to build a wheel: one module, no console."""
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore"):
        (tmp_path / name).write_bytes((root / name).read_bytes())
    (tmp_path / "migrations").mkdir()
    (tmp_path / "creatorgraph" / "api").mkdir(parents=True)
    (tmp_path / "creatorgraph" / "__init__.py").write_text("")
    return tmp_path


def build(checkout: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_wheel_without_the_console_is_refused_with_the_mend(checkout: Path) -> None:
    done = build(checkout)
    assert done.returncode != 0
    assert "make console" in done.stderr


def test_a_wheel_has_the_console_that_git_ignores(checkout: Path) -> None:
    folder = checkout / "creatorgraph" / "api" / "console"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>")
    (folder / "assets" / "index.js").write_text("")
    done = build(checkout)
    assert done.returncode == 0, done.stderr
    (wheel,) = (checkout / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"creatorgraph/api/console/index.html", "creatorgraph/api/console/assets/index.js"} <= set(names)


def test_nothing_that_the_console_is_made_of_is_under_the_gpl(root: Path) -> None:
    lock = json.loads((root / "console" / "package-lock.json").read_text(encoding="utf-8"))
    stated = {name: package.get("license", "") for name, package in lock["packages"].items() if name}
    assert {name: licence for name, licence in stated.items() if not licence or "GPL" in licence} == {}


@pytest.mark.skipif(not (console_folder() / "index.html").is_file(), reason="the console is not built (make console)")
def test_what_is_built_loads_nothing_from_elsewhere_and_has_no_inline_script() -> None:
    html = (console_folder() / "index.html").read_text(encoding="utf-8")
    assert not STRANGERS.search(html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    for sheet in console_folder().glob("assets/*.css"):
        assert not STRANGERS.search(sheet.read_text(encoding="utf-8")), sheet.name
