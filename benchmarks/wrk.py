"""wrk, a public load tool: requests per second of a server, what failed, and what a request costs its process."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
import psutil

from benchmarks.benchmark import SkippedError

_SCRIPT = """
local bodies = {
%s
}
local n = 0
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
request = function()
  n = n %% #bodies + 1
  return wrk.format(nil, nil, nil, bodies[n])
end
local threads = {}
setup = function(thread) table.insert(threads, thread) end
init = function() wrong = 0 end
response = function(status, headers, body)
  if status ~= 200 or string.find(body, '"errors"', 1, true) then wrong = wrong + 1 end
end
done = function(summary, latency, requests)
  local bad = 0
  for _, thread in ipairs(threads) do bad = bad + thread:get("wrong") end
  local e = summary.errors
  io.write(string.format("told %%d %%d %%d\\n", summary.requests, summary.duration,
    bad + e.connect + e.read + e.write + e.timeout))
end
"""
_TOLD = re.compile(r"^told (\d+) (\d+) (\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """`cpu_seconds` is what the server's process used for one request."""

    per_second: float
    wrong: int
    cpu_seconds: float


def find_wrk() -> str:
    """Raises SkippedError where it is not installed."""
    found = shutil.which("wrk")
    if found is None:
        raise SkippedError("the load tool wrk is not installed: apt-get install wrk (or brew install wrk)")
    return found


def write_script(path: Path, bodies: Sequence[object]) -> Path:
    """A script that sends the bodies in turn, as JSON, and counts what is not 200 or has errors."""
    quoted = ",\n".join(f"[==[{orjson.dumps(each).decode()}]==]" for each in bodies)
    path.write_text(_SCRIPT % quoted)
    return path


def run_wrk(url: str, script: Path, *, pid: int, seconds: int, connections: int) -> Load:
    """Raises RuntimeError where wrk fails."""
    process = psutil.Process(pid)
    before = process.cpu_times()
    command = [find_wrk(), "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), url]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"})
    after = process.cpu_times()
    told = _TOLD.search(ran.stdout)
    if ran.returncode or told is None:
        raise RuntimeError(f"wrk ended with {ran.returncode}: {ran.stderr[-500:]}{ran.stdout[-500:]}")
    requests, microseconds, wrong = (int(each) for each in told.groups())
    used = after.user + after.system - before.user - before.system
    return Load(per_second=requests / microseconds * 1e6, wrong=wrong, cpu_seconds=used / max(1, requests))
