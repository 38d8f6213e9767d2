"""The real parts every test may ask for; each is started once, and each test finds it clean."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.browser import Browsers
from tests.support.postgres import Cluster
from tests.support.redis import RedisServer
from tests.support.server import DATABASE, ServerProcess, environment, run_command
from tools import chromium as chromium_tool
from tools.compile_locale import compile_stale


@pytest.fixture(scope="session", autouse=True)
def compiled_locale() -> None:
    """Pages speak both languages in tests too, however pytest was started."""
    compile_stale()


@pytest.fixture(autouse=True)
def forgotten_papers() -> None:
    """Papers never change and are kept in memory; a test's papers are rolled back, and the next one's are others."""
    from itembank import selectors

    for kept in vars(selectors).values():
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()


@pytest.fixture(autouse=True)
def official_language() -> None:
    """A page that an earlier test asked for in English leaves that language to its thread."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite tests use a file, as the product does; a memory database locks otherwise."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / DATABASE)


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """Where the weights are; fails, and does not skip, where they are missing or wrong."""
    from proctor import models

    directory = Path(os.environ["EXAMSERVER_MODELS"])
    models.verify(directory)
    return directory


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """One real PostgreSQL server for the whole run."""
    cluster = Cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def postgres(postgres_cluster: Cluster) -> Iterator[str]:
    """The URL of an empty PostgreSQL database of this test's own."""
    url = postgres_cluster.new_database()
    yield url
    postgres_cluster.drop(url)


@pytest.fixture(scope="session")
def redis_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One real Redis server for the whole run."""
    server = RedisServer.start(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def redis_server(redis_process: RedisServer) -> str:
    """The URL of a Redis server that holds nothing yet."""
    redis_process.empty()
    return redis_process.url


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that `examserver migrate` made; servers start from copies of it."""
    data = tmp_path_factory.mktemp("migrated")
    run_command(environment(data), "migrate")
    return data / DATABASE


@pytest.fixture
def prepared_server(tmp_path: Path, migrated_database: Path) -> Iterator[ServerProcess]:
    """A server with a migrated database that is not running yet, to fill it first with `manage`."""
    server = ServerProcess.prepare(tmp_path / "venue", database=migrated_database)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def module_server(
    tmp_path_factory: pytest.TempPathFactory, migrated_database: Path
) -> Iterator[ServerProcess]:
    """As `prepared_server`, one for all tests of a file."""
    server = ServerProcess.prepare(tmp_path_factory.mktemp("venue") / "data", database=migrated_database)
    yield server
    server.stop()


@pytest.fixture
def server(prepared_server: ServerProcess) -> ServerProcess:
    """A running `examserver serve` on a free port: `url`, `socket_url`, `kill()`, `restart()`, `manage()`."""
    prepared_server.start()
    return prepared_server


@pytest.fixture(scope="module")
def browsers() -> Iterator[Browsers]:
    """Starts real Chromiums: `plain()`, `with_camera(film)`.

    Not for the whole run: while Playwright is up, its thread counts as asynchronous and Django refuses
    the ORM there.
    """
    from playwright.sync_api import sync_playwright

    executable = chromium_tool.ensure(may_install=False)
    with sync_playwright() as playwright:
        browsers = Browsers(playwright, executable)
        yield browsers
        browsers.close()


@pytest.fixture(scope="module")
def chromium(browsers: Browsers) -> object:
    """A Chromium without a camera, Playwright's `Browser`."""
    return browsers.plain()
