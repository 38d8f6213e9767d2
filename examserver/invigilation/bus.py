"""The server's end of the bus on which frames go to the proctor and incidents come back."""

from functools import lru_cache

from django.conf import settings

from proctor.bus import Bus, open_bus


@lru_cache(maxsize=4)
def _open(url: str) -> Bus:
    return open_bus(url)


def frame_bus() -> Bus:
    """The bus of the settings, opened once a process."""
    return _open(settings.FRAME_BUS)


def interval_ms() -> int:
    """How often, in milliseconds, a page may send a frame; 0 for as often as it likes."""
    return int(getattr(settings, "FRAME_INTERVAL_MS", 500))
