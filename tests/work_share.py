"""A pytest plugin: how pytest-xdist shares the tests out among its workers, and that a worker leaves room for the others.

Without pytest-xdist, or without workers, it does nothing.
"""

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler.loadfile import LoadFileScheduling

if "PYTEST_XDIST_WORKER" in os.environ:
    # before the libraries are loaded that read it: workers are as many as cores, and OpenMP's threads wait by spinning
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")

TOGETHER = ("tests/e2e/", "tests/contract/graph/")
"""Folders whose files share what takes long to make: a served world, a running Neo4j."""


def share_of(nodeid: str) -> str:
    """The tests that one worker has together: a file's, or those of a whole folder."""
    folder = next((folder for folder in TOGETHER if nodeid.startswith(folder)), None)
    return folder or nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "LoadFileScheduling":
    from xdist.scheduler.loadfile import LoadFileScheduling

    scheduling = LoadFileScheduling(config, log)
    scheduling._split_scope = share_of
    return scheduling


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, so that no worker is left alone with it at the end."""
    long = {share_of(item.nodeid) for item in items if item.get_closest_marker("slow")}.union(TOGETHER)
    items.sort(key=lambda item: share_of(item.nodeid) not in long)
