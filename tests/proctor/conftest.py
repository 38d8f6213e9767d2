"""Both rooms a bus can live in, each found empty."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from proctor.bus import Bus, open_bus
from proctor.buses.shared import SharedBus

Opener = Callable[[], Bus]


@pytest.fixture
def shared_url(tmp_path: Path) -> Iterator[str]:
    """The address of a bus in shared memory, given back afterwards."""
    directory = tmp_path / "bus"
    yield f"shared:{directory}"
    SharedBus(directory).discard()


@pytest.fixture(params=["shared", "redis"])
def bus_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty bus, of each kind."""
    fixture = {"shared": "shared_url", "redis": "redis_server"}[request.param]
    url: str = request.getfixturevalue(fixture)
    return url


@pytest.fixture
def opener(bus_url: str) -> Iterator[Opener]:
    """Opens the same bus as another process would; all are closed afterwards."""
    opened: list[Bus] = []

    def open_another() -> Bus:
        opened.append(open_bus(bus_url))
        return opened[-1]

    yield open_another
    for bus in opened:
        bus.close()
