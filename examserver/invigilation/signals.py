"""What a candidate's page may say that it noticed, and when that becomes an incident. Pure.

A signal is a kind, two times and a size. There is no field in which a text could travel but the camera's name, and of
that only the entry of `virtual_cameras.json` that it matches is kept.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from examserver.registration.notice import Closed

FOLDER = Path(__file__).parent
LONGEST_MS = 12 * 3600 * 1000
LATEST_MS = 2**42  # the year 2109
PAGE = r"^[0-9a-f]{16}$"


class Kind(StrEnum):
    """What a page notices; `virtual_camera` is the name of a camera, and mostly of a real one."""

    AWAY = "away"
    FULLSCREEN_EXIT = "fullscreen_exit"
    SECOND_DISPLAY = "second_display"
    PASTE = "paste"
    COPY = "copy"
    PRINT_SCREEN = "print_screen"
    DEVTOOLS = "devtools"
    VIRTUAL_CAMERA = "virtual_camera"
    CAMERA_MUTED = "camera_muted"
    CAMERA_ENDED = "camera_ended"
    CAMERA_DEVICES = "camera_devices"
    CLOCK_SKEW = "clock_skew"
    NETWORK_GAP = "network_gap"


class Told(Closed, frozen=True):
    """One signal on the wire, docs/protocol.md: `n` counts a page's signals, `lasting` says that it goes on.

    `at` is when it began by the server's clock as the page knows it, `page_at` by the machine's own, `lasted` how
    long it has been so far; all in ms.
    """

    page: Annotated[str, Meta(pattern=PAGE)]
    n: Annotated[int, Meta(ge=1, lt=2**31)]
    kind: Kind
    at: Annotated[int, Meta(ge=0, lt=LATEST_MS)]
    page_at: Annotated[int, Meta(ge=0, lt=LATEST_MS)]
    lasted: Annotated[int, Meta(ge=0, le=LONGEST_MS)] = 0
    lasting: bool = False
    size: Annotated[int, Meta(ge=0, lt=2**31)] = 0
    label: Annotated[str, Meta(max_length=200)] = ""


class Outcome(StrEnum):
    """What became of a signal; in every case the page may forget it."""

    TAKEN = "taken"
    NOT_OPEN = "not_open"
    BAD_TIME = "bad_time"


class Rule(Closed, frozen=True):
    """When signals of one kind become an incident of `code`; the fields are explained in signals.toml."""

    code: str
    seconds: Annotated[float, Meta(ge=0)] = 0.0
    size: Annotated[int, Meta(ge=0)] = 0
    times: Annotated[int, Meta(ge=0)] = 0
    within: Annotated[float, Meta(ge=0)] = 0.0
    apart: Annotated[float, Meta(ge=0)] = 0.0
    outside: bool = True


class Limits(Closed, frozen=True):
    """How many signals a request and a sitting's minute may bring, and how far ahead of the server a time may lie."""

    batch: int
    a_minute: int
    future_seconds: float


@dataclass(frozen=True, slots=True)
class Lapse:
    """A signal as the rules see it; `ended` is the last that was heard of one that goes on."""

    began: datetime
    ended: datetime
    size: int = 0

    @property
    def seconds(self) -> float:
        """How long it lasted."""
        return (self.ended - self.began).total_seconds()


def leaves_page(paper: Mapping[str, Any]) -> bool:
    """Whether the work of a paper, as the candidate gets it, needs other programs than the page."""
    tasks = paper.get("tasks", ())
    return any(task["materials"] or any(d["kind"] == "file" for d in task["deliverables"]) for task in tasks)


def counts_alone(rule: Rule, lapse: Lapse) -> bool:
    """Whether it is an incident by itself."""
    return lapse.seconds >= rule.seconds and lapse.size >= rule.size


def counted_together(rule: Rule, lapse: Lapse, lesser: Sequence[Lapse]) -> Sequence[int]:
    """Which of the `lesser` before it make an episode with it, by place; empty when they are too few."""
    since = lapse.began - timedelta(seconds=rule.within)
    near = [place for place, one in enumerate(lesser) if since < one.began <= lapse.began]
    return near if rule.times and len(near) + 1 >= rule.times else ()


def belongs_to(rule: Rule, lapse: Lapse, last_ended: datetime | None) -> bool:
    """Whether it is still the incident of its code that ended at `last_ended`."""
    if last_ended is None:
        return False
    return abs(lapse.began - last_ended) < timedelta(seconds=rule.apart)


@cache
def _file() -> dict[str, object]:
    return tomllib.loads((FOLDER / "signals.toml").read_text("utf-8"))


@cache
def limits() -> Limits:
    """The limits of signals.toml."""
    return msgspec.convert(_file()["limits"], Limits)


@cache
def rules() -> dict[Kind, Rule]:
    """Every kind's rule; a kind without one is an error."""
    return {kind: msgspec.convert(_file()[kind.value], Rule) for kind in Kind}


class _CameraFile(Closed, frozen=True):
    """The file of names that virtual cameras bear."""

    names: list[Annotated[str, Meta(min_length=4)]]


@cache
def camera_names(path: Path) -> tuple[str, ...]:
    """The names that the file `path` lists, in lower case."""
    names = msgspec.json.decode(path.read_bytes(), type=_CameraFile).names
    return tuple(name.casefold() for name in names)


def virtual_camera(label: str, names: Sequence[str]) -> str:
    """The listed name that `label` contains; empty for any other camera."""
    plain = " ".join(label.casefold().split())
    return next((name for name in names if name in plain), "")
