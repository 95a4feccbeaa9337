"""What is said of the machine."""

import platform
import socket

from benchmarks.machine import describe


def test_the_machine_is_described_but_not_named() -> None:
    text = describe()
    assert "cores" in text
    assert "GiB" in text
    assert platform.python_version() in text
    assert socket.gethostname() not in text
