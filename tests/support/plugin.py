"""Loaded before Django's settings: a data folder of the tests' own, and the database they asked for."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLE = "EXAMSERVER_TEST_DATABASE"
DATABASES = ("sqlite", "postgres")
OURS = "EXAMSERVER_"
KEPT = {VARIABLE, "EXAMSERVER_MODELS", "EXAMSERVER_CHROMIUM", "EXAMSERVER_FIXTURES"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=DATABASES,
        default=os.environ.get(VARIABLE, "sqlite"),
        help=f"what the Django tests run on (or the variable {VARIABLE})",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> Generator[None]:
    """Runs around pytest-django's own hook, which loads the settings."""
    options = parser.parse_known_args(args)
    if not (options.help or options.version):
        prepare(Path(tempfile.mkdtemp(prefix="examserver-tests-")), options.database)
    return (yield)


def prepare(folder: Path, database: str) -> None:
    """Set the environment that the settings read; what a person's shell holds of ours stays out."""
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith(OURS) and name not in KEPT]:
        del os.environ[name]
    os.environ.setdefault("EXAMSERVER_MODELS", str(ROOT / "var" / "models"))
    os.environ["EXAMSERVER_DATA"] = str(folder / "data")
    if database == "postgres":
        cluster = postgres.Cluster.start()
        atexit.register(cluster.stop)
        os.environ["EXAMSERVER_DATABASE"] = cluster.url("postgres")
