"""Free ports of this machine, and waiting until something answers there."""

import socket
import time
from collections.abc import Callable


class NeverReady(AssertionError):
    """What was waited for did not come."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def listens(port: int) -> bool:
    """Whether something accepts connections on 127.0.0.1."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(holds: Callable[[], object], *, seconds: float, what: str) -> None:
    """Return when `holds()` is true; NeverReady, naming `what`, after `seconds`."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise NeverReady(f"{what}: not within {seconds:g} s")
        time.sleep(0.05)
