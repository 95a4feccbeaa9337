"""Input made to ruin a naive resolver, each case in its own process: bounded memory and pairs, a warning that says why.

How long a case takes is bounded by its pairs; one that compares them all meets the limit that every test has."""

import json
import subprocess
import sys
from dataclasses import dataclass

import pytest

MOST_MEGABYTES = 1_500
"""Peak memory of the whole process, its libraries (200 MB) included."""
MAKE_AND_RESOLVE = """
import json, sys
import numpy as np, pyarrow as pa
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.resolution.profile_table import PROFILE_SCHEMA

count, shared, own_usernames = int(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3] == "own"
letters = np.random.default_rng(0).integers(97, 123, (count, 9), dtype=np.uint8)
columns = {name: pa.nulls(count, PROFILE_SCHEMA.field(name).type) for name in PROFILE_SCHEMA.names}
columns["profile_id"] = pa.array([f"{i:06}" for i in range(count)])
columns["platform"] = pa.array([("x", "instagram")[i % 2] for i in range(count)])
if own_usernames:
    columns["username"] = pa.array([bytes(row).decode() for row in letters])
for name, value in shared.items():
    columns[name] = pa.array([value] * count, PROFILE_SCHEMA.field(name).type)
summary = resolve(pa.table(columns, schema=PROFILE_SCHEMA)).summary
# ru_maxrss of a new process starts at its parent's peak
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({
    "profiles": summary.profiles, "pairs": summary.candidate_pairs, "largest": summary.largest_cluster,
    "warnings": summary.warnings, "megabytes": peak / 1024,
}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abuse:
    """`count` profiles that all have the values of `shared`; the warning must hold the words of `cause`."""

    name: str
    count: int
    shared: dict[str, object]
    cause: tuple[str, ...]
    own_usernames: bool = True


CASES = (
    Abuse(name="nothing", count=1_000, shared={}, cause=("1000 profiles", "nothing"), own_usernames=False),
    Abuse(name="email", count=100_000, shared={"emails": ["hub"]}, cause=("'email'", "100000")),
    Abuse(
        name="called official",
        count=10_000,
        shared={"display_name": "Official", "username": "official"},
        cause=("'official'", "10000"),
        own_usernames=False,
    ),
    # 45,000 profiles that share a value are a billion pairs
    Abuse(
        name="one page",
        count=45_000,
        shared={"urls": ["https://hub.example/page"], "hosts": ["hub.example"]},
        cause=("'address'", "45000"),
    ),
    Abuse(
        name="one name",
        count=45_000,
        shared={"display_name": "John Smith"},
        cause=("'johnsmith'", "45000"),
        own_usernames=False,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_finishes_within_bounds_and_names_the_cause(case: Abuse) -> None:
    arguments = [str(case.count), json.dumps(case.shared), "own" if case.own_usernames else "none"]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", MAKE_AND_RESOLVE, *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["profiles"] == case.count
    assert any(all(word in warning for word in case.cause) for warning in seen["warnings"]), seen["warnings"]
    assert seen["megabytes"] < MOST_MEGABYTES
    assert seen["pairs"] < 10 * case.count
    assert seen["largest"] < 10
