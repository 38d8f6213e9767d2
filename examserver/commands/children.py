"""The processes that a command has started: none outlives it, and none dies unnoticed."""

import ctypes
import signal
import subprocess
import sys
import time
from types import TracebackType
from typing import Self

PR_SET_PDEATHSIG = 1
PATIENCE_SECONDS = 8


def _die_with_parent() -> None:
    """Linux ends the child even when this process is killed with -9; elsewhere Ctrl-C still does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Children:
    """Child processes by name; leaving the block ends them all."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, *arguments: str) -> None:
        """Start `examserver ARGUMENTS`, in a session of its own so that Ctrl-C reaches it once, from here."""
        command = [sys.executable, "-m", "examserver", *arguments]
        self._running[" ".join(arguments[:2])] = subprocess.Popen(
            command,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - nothing but prctl runs there
        )

    def check(self) -> None:
        """SystemExit when a child that should be running is not."""
        for name, child in self._running.items():
            if child.poll() not in (None, 0):
                raise SystemExit(f"{name} ended with {child.returncode}")

    def wait(self) -> int:
        """Until Ctrl-C, or until a child fails."""
        try:
            while True:
                self.check()
                time.sleep(0.5)
        except KeyboardInterrupt:
            return 0

    def stop(self) -> None:
        """End every child: politely, then with force."""
        for child in reversed(self._running.values()):
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for child in reversed(self._running.values()):
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
