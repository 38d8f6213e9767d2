"""Every command that docker-compose.yml gives our image runs as written, on a real PostgreSQL and Redis."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import httpx
import psycopg
import pytest

from examserver.settings import database
from proctor.bus import Watch, open_bus
from proctor.frames import Frame
from tests.deploy.compose import Service, Unset, services
from tests.support.ports import free_port, wait_until
from tests.support.processes import Running

SECRETS = {"POSTGRES_PASSWORD": "letters9", "EXAMSERVER_SECRET_KEY": "a secret of the test alone"}
STARTED_HERE = {"migrate", "server", "proctor"}
SEAT = 7


@dataclass(slots=True)
class Venue:
    """The file's own services on this machine: only addresses and folders are other ones."""

    folder: Path
    postgres: str
    redis: str
    models: Path
    port: int = field(default_factory=free_port)
    started: list[Running] = field(default_factory=list)

    def service(self, name: str) -> Service:
        variables = {"EXAMSERVER_LISTEN": "127.0.0.1", "EXAMSERVER_PORT": str(self.port)}
        return services({**SECRETS, **variables})[name]

    def environment(self, service: Service) -> dict[str, str]:
        """The service's own with this machine's addresses; `examserver` and `python` are this run's."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("EXAMSERVER_")}
        inherited.pop("DJANGO_SETTINGS_MODULE", None)
        own = {name: self.here(value) for name, value in service.environment.items()}
        own["EXAMSERVER_DATABASE"] = self.postgres
        own["EXAMSERVER_DATA"] = str(self.folder)
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {**inherited, **own, "EXAMSERVER_MODELS": str(self.models), "PATH": path}

    def here(self, value: str) -> str:
        return value.replace("redis://redis:6379", self.redis.removesuffix("/0"))

    def start(self, name: str) -> Running:
        """Start the service's command as it is written."""
        service = self.service(name)
        command = [self.here(word) for word in service.command]
        running = Running.start(
            command, environment=self.environment(service), log=self.folder / f"{name}.log"
        )
        self.started.append(running)
        return running

    def migrate(self) -> None:
        running = self.start("migrate")
        assert running.process.wait(120) == 0, running.said()

    def is_healthy(self, name: str) -> bool:
        """Whether the service's own health check, as it is written, is content."""
        kind, *command = self.service(name).healthcheck
        assert kind == "CMD"
        done = subprocess.run(
            command, env=self.environment(self.service(name)), capture_output=True, timeout=30, check=False
        )
        return done.returncode == 0


@pytest.fixture
def venue(tmp_path: Path, postgres: str, redis_server: str, models_dir: Path) -> Iterator[Venue]:
    venue = Venue(tmp_path, postgres, redis_server, models_dir)
    yield venue
    for running in reversed(venue.started):
        running.stop()


def picture() -> bytes:
    """A JPEG of a person, as a camera would send it."""
    from skimage import data

    person = data.astronaut()  # type: ignore[no-untyped-call]
    scaled = cv2.resize(cv2.cvtColor(person, cv2.COLOR_RGB2BGR), (640, 640))
    return cv2.imencode(".jpg", scaled)[1].tobytes()


def test_this_file_starts_every_service_of_ours() -> None:
    assert {service.name for service in services(SECRETS).values() if service.ours} == STARTED_HERE


def test_a_venue_without_its_secrets_does_not_come_up() -> None:
    with pytest.raises(Unset, match="EXAMSERVER_SECRET_KEY"):
        services({"POSTGRES_PASSWORD": "postgres"})


def test_the_database_of_the_file_is_the_service_of_the_file() -> None:
    known = services(SECRETS)
    settings = database(known["server"].environment["EXAMSERVER_DATABASE"])
    own = known[settings["HOST"]].environment
    assert (settings["NAME"], settings["USER"]) == (own["POSTGRES_DB"], own["POSTGRES_USER"])
    assert settings["PASSWORD"] == own["POSTGRES_PASSWORD"] == SECRETS["POSTGRES_PASSWORD"]


def test_migrate_makes_the_tables_and_can_be_run_again(venue: Venue) -> None:
    venue.migrate()
    venue.migrate()
    with psycopg.connect(venue.postgres) as connection:
        (applied,) = connection.execute("SELECT count(*) FROM django_migrations").fetchone() or (0,)
    assert applied > 0


def test_the_server_is_healthy_behind_its_proxy(venue: Venue) -> None:
    venue.migrate()
    server = venue.start("server")
    wait_until(lambda: venue.is_healthy("server") or not server.alive, seconds=60, what="/healthz")
    assert server.alive, server.said()
    forwarded = {"Host": "localhost", "X-Forwarded-Proto": "https"}
    answer = httpx.get(f"http://127.0.0.1:{venue.port}/healthz", headers=forwarded, trust_env=False)
    assert answer.json() == {"ok": True}


def test_the_worker_analyses_a_frame_that_came_through_redis(venue: Venue) -> None:
    bus = open_bus(venue.here("redis://redis:6379/1"))
    bus.watch(Watch(SEAT, time.time()))
    worker = venue.start("proctor")
    bus.put(Frame(SEAT, 1, time.time(), time.time(), picture()))
    wait_until(lambda: bus.status(SEAT).analysed or not worker.alive, seconds=60, what="the analysis")
    assert worker.alive, worker.said()
    thumbnail = bus.thumbnail(SEAT)
    assert thumbnail is not None
    assert thumbnail.jpeg.startswith(b"\xff\xd8")
    bus.close()
