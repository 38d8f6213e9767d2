"""A server of the tests is a real one: it dies when it is killed and comes back on the same data."""

import signal
import sqlite3

import httpx
import pytest

from tests.support.ports import NeverReady
from tests.support.server import DATABASE, ServerProcess


def test_a_server_answers_on_its_own_port_and_data(server: ServerProcess) -> None:
    assert httpx.get(f"{server.url}/healthz", trust_env=False).json() == {"ok": True}
    with sqlite3.connect(server.data / DATABASE) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_killed_server_is_gone_at_once_and_comes_back_on_the_same_port(server: ServerProcess) -> None:
    url = server.url
    server.kill()
    assert server.running is not None
    assert server.running.process.returncode == -signal.SIGKILL
    assert not server.is_healthy()
    server.restart()
    assert (server.url, server.is_healthy()) == (url, True)


def test_a_server_that_cannot_start_says_why(prepared_server: ServerProcess) -> None:
    prepared_server.settings["EXAMSERVER_DATABASE"] = "oracle://somewhere"
    with pytest.raises(NeverReady, match="unknown scheme"):
        prepared_server.start()
