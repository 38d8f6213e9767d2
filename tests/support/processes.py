"""A process of ours or another's, with a log file, that is gone when the test is."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

GRACE_SECONDS = 15


@dataclass(slots=True)
class Running:
    """One process, the leader of its own group; `log` holds what it printed."""

    process: "subprocess.Popen[bytes]"
    log: Path

    @classmethod
    def start(cls, command: Sequence[str], *, environment: Mapping[str, str], log: Path) -> "Running":
        """Start `command` in its own group, its output appended to `log`."""
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return cls(process, log)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def said(self) -> str:
        """What it printed so far."""
        return self.log.read_text("utf-8", "replace")

    def kill(self) -> None:
        """kill -9, to the whole group; nothing is flushed and nobody is told."""
        self._signal(signal.SIGKILL)
        self.process.wait(GRACE_SECONDS)

    def stop(self) -> None:
        """As an operator ends it: SIGTERM, and SIGKILL when it does not go."""
        self._signal(signal.SIGTERM)
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def _signal(self, number: signal.Signals) -> None:
        if self.alive:
            os.killpg(self.process.pid, number)
