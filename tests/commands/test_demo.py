"""`examserver demo`: everything comes up from one command, and nothing outlives it, however it ends."""

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.support.ports import free_port, wait_until
from tests.support.server import COMMAND, environment

END_SECONDS = 20


@pytest.fixture
def demo(tmp_path: Path, models_dir: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A demo venue that has said that it is ready."""
    log = tmp_path / "demo.log"
    command = [*COMMAND, "demo", "--port", str(free_port())]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=environment(tmp_path / "venue"), stdout=output, stderr=output, start_new_session=True
        )
    wait_until(lambda: b"has started" in log.read_bytes(), seconds=120, what="a started room")
    yield process
    process.kill()


def all_gone(processes: list[psutil.Process]) -> bool:
    """Whether every one has ended, within a while."""
    end = time.monotonic() + END_SECONDS
    while time.monotonic() < end:
        if not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in processes):
            return True
        time.sleep(0.2)
    return False


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_demo(demo: subprocess.Popen[bytes], how: signal.Signals) -> None:
    children = psutil.Process(demo.pid).children(recursive=True)
    assert len(children) >= 3, "server, worker and simulated people"
    demo.send_signal(how)
    demo.wait(END_SECONDS)
    assert all_gone(children)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="frames lie in a folder where there is no /dev/shm")
def test_a_demo_that_is_ended_leaves_no_frames_in_memory(demo: subprocess.Popen[bytes]) -> None:
    before = set(Path("/dev/shm").glob("examserver-*"))
    demo.send_signal(signal.SIGINT)
    demo.wait(END_SECONDS)
    assert len(before - set(Path("/dev/shm").glob("examserver-*"))) >= 1
