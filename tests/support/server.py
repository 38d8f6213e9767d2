"""A real `examserver serve` in a process of its own, with a data folder of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.support.ports import NeverReady, free_port, wait_until
from tests.support.processes import Running

DATABASE = "examserver.sqlite3"
START_SECONDS = 60
COMMAND = (sys.executable, "-m", "examserver")


def environment(data: Path, **settings: str) -> dict[str, str]:
    """The environment of a server of `data`; nothing of ours is inherited but where the weights are."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("EXAMSERVER_")}
    inherited.pop("DJANGO_SETTINGS_MODULE", None)
    ours = {"EXAMSERVER_DATA": str(data), "EXAMSERVER_MODELS": os.environ["EXAMSERVER_MODELS"], **settings}
    return {**inherited, "PYTHONUNBUFFERED": "1", **ours}


def run_command(settings: Mapping[str, str], *arguments: str) -> str:
    """Run one `examserver` command to its end; returns what it printed, fails with it when it failed."""
    return run_module(settings, "examserver", *arguments)


def run_module(settings: Mapping[str, str], module: str, *arguments: str) -> str:
    """Run `python -m MODULE` to its end; returns what it printed, fails with it when it failed."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env={"DJANGO_SETTINGS_MODULE": "examserver.settings", **settings},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{module} {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
    return done.stdout


@dataclass(slots=True)
class ServerProcess:
    """One server: start, kill -9, start again on the same port and data."""

    data: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    running: Running | None = None

    @classmethod
    def prepare(cls, data: Path, *, database: Path, **settings: str) -> "ServerProcess":
        """A server, not yet started, whose SQLite file is a copy of the migrated `database`."""
        data.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(database, data / DATABASE)
        return cls(data, environment(data, **settings))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def manage(self, *arguments: str) -> str:
        """Run another `examserver` command on the same data."""
        return run_command(self.settings, *arguments)

    def run_module(self, module: str, *arguments: str) -> str:
        """Run a module of the tests on the same data, as to fill a venue; returns what it printed."""
        return run_module(self.settings, module, *arguments)

    def start(self) -> None:
        """Start it; returns when /healthz answers."""
        command = [*COMMAND, "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        self.running = Running.start(command, environment=self.settings, log=self.log)
        try:
            wait_until(self.is_over_or_healthy, seconds=START_SECONDS, what="/healthz")
        except NeverReady as error:
            self.stop()
            raise NeverReady(f"{error}\n{self.log.read_text('utf-8', 'replace')[-4000:]}") from None
        if not self.running.alive:
            raise NeverReady(f"the server ended\n{self.running.said()[-4000:]}")

    def is_over_or_healthy(self) -> bool:
        return self.running is None or not self.running.alive or self.is_healthy()

    def is_healthy(self) -> bool:
        """Whether /healthz says 200."""
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5, trust_env=False).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """kill -9, in the middle of whatever it was doing."""
        assert self.running is not None, "the server is not running"
        self.running.kill()

    def restart(self) -> None:
        """kill -9 if it still runs, and start again."""
        if self.running is not None:
            self.running.kill()
        self.start()

    def stop(self) -> None:
        if self.running is not None:
            self.running.stop()
