"""The pictures that prove an incident: the one that began it, the strongest, the last."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from proctor.detections import Detection
from proctor.frames import Frame
from proctor.reports import Code, Still, make_still

RECENT = 8


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame with what was seen in it and its score for each code."""

    frame: Frame
    seen: tuple[Detection, ...]
    scores: Mapping[Code, float]

    @property
    def at(self) -> float:
        return self.frame.received_at


@dataclass(frozen=True, slots=True)
class Pins:
    """The shots of an episode that must not be forgotten."""

    first: Shot
    strongest: Shot


class Evidence:
    """A bounded memory of one source: a few last shots, and two for every episode going on."""

    def __init__(self) -> None:
        self._recent: deque[Shot] = deque(maxlen=RECENT)
        self._pins: dict[Code, Pins] = {}

    def keep(self, shot: Shot, started: Mapping[Code, float]) -> None:
        """Remember a shot; `started` says which episodes are going on and since when."""
        self._recent.append(shot)
        self._pins = {code: self._pin(code, since, shot) for code, since in started.items()}

    def _pin(self, code: Code, since: float, shot: Shot) -> Pins:
        pins = self._pins.get(code)
        if pins is None:
            within = [one for one in self._recent if one.at >= since] or [shot]
            return Pins(within[0], max(within, key=lambda one: one.scores.get(code, 0.0)))
        stronger = shot.scores.get(code, 0.0) > pins.strongest.scores.get(code, 0.0)
        return Pins(pins.first, shot if stronger else pins.strongest)

    def pick(self, code: Code) -> tuple[Still, ...]:
        """One to three stills in order of time; none only where no frame ever came."""
        pins = self._pins.get(code)
        last = list(self._recent)[-1:]
        chosen = [pins.first, pins.strongest, *last] if pins else last
        frames = {id(shot.frame): shot for shot in chosen}
        ordered = sorted(frames.values(), key=lambda shot: shot.at)
        return tuple(make_still(shot.frame.captured_at, shot.frame.jpeg, shot.seen) for shot in ordered)
