"""A process is its number and its start time."""

import os
import signal
import subprocess
import sys

from creatorgraph.graph.neo4j.local.process import ProcessIdentity


def test_a_reused_number_is_another_process() -> None:
    me = ProcessIdentity.of(os.getpid())
    assert me is not None
    assert me.alive
    assert not ProcessIdentity(pid=me.pid, started=me.started - 1).alive


def test_an_ended_process_is_not_alive_even_before_it_is_reaped() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        identity = ProcessIdentity.of(child.pid)
        assert identity is not None
        identity.send(signal.SIGKILL)
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert not identity.alive
    identity.send(signal.SIGKILL)
