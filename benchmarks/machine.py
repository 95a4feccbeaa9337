"""The machine that a figure was measured on."""

import os
import platform
import re
from pathlib import Path

import psutil

_CPUINFO = Path("/proc/cpuinfo")


def describe() -> str:
    """Processor, cores that this process may use, memory, system and Python; nothing that names the machine itself."""
    cores = len(os.sched_getaffinity(0))
    memory = round(psutil.virtual_memory().total / 2**30)
    return (
        f"{_processor()}, {cores} cores, {memory} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", _CPUINFO.read_text(), re.MULTILINE) if _CPUINFO.exists() else None
    return found[1].strip() if found else platform.processor() or "unknown processor"
