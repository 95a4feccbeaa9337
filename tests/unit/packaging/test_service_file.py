"""docker-compose.yml, the Dockerfile and the workflow: valid, and safe by default."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml


@pytest.fixture(scope="module")
def compose(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((root / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize(
    ("schema", "path"),
    [("vendor.compose-spec", "docker-compose.yml"), ("vendor.github-workflows", ".github/workflows/ci.yml")],
)
def test_the_file_fits_its_schema(root: Path, schema: str, path: str) -> None:
    checker = Path(sys.executable).parent / "check-jsonschema"
    done = subprocess.run(
        [checker, "--builtin-schema", schema, root / path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_services_are_there_each_with_a_health_check(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"postgres", "neo4j", "redis", "api", "worker"}
    for name, service in compose["services"].items():
        assert service["healthcheck"]["test"], name


def test_the_application_waits_for_healthy_engines(compose: dict[str, Any]) -> None:
    for name in ("api", "worker"):
        waits = compose["services"][name]["depends_on"]
        assert {engine: wait["condition"] for engine, wait in waits.items()} == dict.fromkeys(
            ("postgres", "neo4j", "redis"), "service_healthy"
        )


def test_every_variable_is_required_and_no_secret_has_a_default(root: Path) -> None:
    text = (root / "docker-compose.yml").read_text(encoding="utf-8")
    variables = re.findall(r"(?<!\$)\$\{([^}]*)\}", text)
    assert variables
    assert [variable for variable in variables if not re.fullmatch(r"CREATORGRAPH_\w+:\?.+", variable)] == []


def test_only_the_api_has_a_port_and_on_loopback(compose: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert list(published) == ["api"]
    assert all(port.startswith("127.0.0.1:") for port in published["api"])


def test_data_lives_in_named_volumes(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["volumes"], name
        assert {volume.partition(":")[0] for volume in service["volumes"]} <= set(compose["volumes"]), name


def test_the_application_has_no_privileges(compose: dict[str, Any]) -> None:
    for name in ("api", "worker"):
        service = compose["services"][name]
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True


def test_the_image_installs_by_hash_and_runs_without_root(root: Path) -> None:
    lines = (root / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    installs = [line for line in lines if "pip install" in line]
    assert installs
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs)
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["creatorgraph"]
    assert any(line.startswith("HEALTHCHECK ") for line in lines)


def test_the_workflow_pins_its_actions_and_may_only_read(root: Path) -> None:
    workflow = yaml.safe_load((root / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    used = [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action) for action in used)
