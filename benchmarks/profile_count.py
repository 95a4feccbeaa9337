"""How many synthetic profiles the large benchmarks take."""

import os

VARIABLE = "CREATORGRAPH_BENCH_PROFILES"


def profile_count(standard: int) -> int:
    """The environment's number (make bench PROFILES=n), else `standard`."""
    return int(os.environ.get(VARIABLE) or standard)


def area(name: str, profiles: int, standard: int) -> str:
    """The first part of the names of measurements: a trial with another number never takes the place of the standard's."""
    return name if profiles == standard else f"{name}_{profiles}"
