import os
import subprocess
import sys

import pytest

from search_engine.processes import began, is_alive, machine


def test_this_process_lives():
    assert is_alive(os.getpid(), began(os.getpid()))


@pytest.mark.skipif(sys.platform == "win32", reason="there only silence tells")
def test_a_process_that_has_ended_does_not():
    child = subprocess.Popen([sys.executable, "-c", ""])
    began_at = began(child.pid)
    child.wait()
    assert not is_alive(child.pid, began_at)


@pytest.mark.skipif(sys.platform != "linux", reason="no /proc")
def test_another_process_with_its_number_is_another_one():
    assert not is_alive(os.getpid(), "1")


@pytest.mark.skipif(sys.platform != "linux", reason="no /proc")
def test_one_that_nobody_has_waited_for_has_ended():
    child = subprocess.Popen([sys.executable, "-c", ""])
    began_at = began(child.pid)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not is_alive(child.pid, began_at)
    child.wait()


def test_a_machine_has_a_name():
    assert machine() and machine() == machine()
