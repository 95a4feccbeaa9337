"""A test that fails leaves what it did behind; one that passes leaves nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest


def test_a_failure_keeps_a_trace_and_a_picture(open_page: Callable[..., Any], artefacts: Path) -> None:
    name = "test_a_failure_keeps_a_trace_and_a_picture-nobody"
    trace, picture = artefacts / f"trace-{name}.zip", artefacts / f"failed-{name}.png"
    with open_page(who=None) as (page, _):
        page.goto("/console/sign-in")
    assert not trace.exists()

    def fails() -> None:
        with open_page(who=None) as (page, _):
            page.goto("/console/sign-in")
            page.get_by_label("Token", exact=True).wait_for()
            raise AssertionError("on purpose")

    with pytest.raises(AssertionError, match="on purpose"):
        fails()
    with ZipFile(trace) as kept:
        assert "trace.trace" in kept.namelist()
        assert b"/console/sign-in" in kept.read("trace.trace")
    assert picture.read_bytes().startswith(b"\x89PNG")
    # what stays after a run is what has failed in it
    trace.unlink()
    picture.unlink()
