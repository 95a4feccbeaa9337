"""The commands that make, the image and the compose file start exist, with the options that they are given."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from creatorgraph.cli import app


def is_known(arguments: list[str]) -> bool:
    """Whether the program has this command and these options: they are parsed before help is shown."""
    return CliRunner().invoke(app, [*arguments, "--help"]).exit_code == 0


def composed(root: Path) -> list[list[str]]:
    services = yaml.safe_load((root / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    started = [list(services[name]["command"]) for name in ("api", "worker")]
    checks = [service["healthcheck"]["test"][1:] for service in services.values()]
    return started + [check[1:] for check in checks if check[0] == "creatorgraph"]


def made(root: Path) -> list[list[str]]:
    text = (root / "Makefile").read_text(encoding="utf-8")
    text = re.sub(r"\$\(if \$\(filter 0,\$\(SERVE\)\),([^)]*)\)", r"\1", text)
    text = text.replace("$(GRAPH)", "embedded").replace("$(DATA_DIR)", "folder")
    return [line.split() for line in re.findall(r"\$\(BIN\)/creatorgraph (\w.+)", text)]


def imaged(root: Path) -> list[list[str]]:
    (line,) = re.findall(r"^CMD \[(.+)\]$", (root / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    return [re.findall(r'"([^"]+)"', line)]


@pytest.mark.parametrize("source", [composed, made, imaged])
def test_the_commands_exist(root: Path, source: Callable[[Path], list[list[str]]]) -> None:
    commands = source(root)
    assert commands
    assert [command for command in commands if not is_known(command)] == []


@pytest.mark.parametrize("arguments", [["serv"], ["serve", "--hots", "x"]])
def test_a_wrong_command_would_be_noticed(arguments: list[str]) -> None:
    assert not is_known(arguments)
