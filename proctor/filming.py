"""The last pictures of a seat, always at hand, and the clips that are cut from them when something is raised."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from proctor.clips import Subject, pack_clip
from proctor.frames import Frame
from proctor.reports import IncidentReport

BEFORE = 10.0  # seconds before an incident began
AFTER = 10.0  # seconds after it was raised
SPAN = 45.0  # and up to 25 s that may lie between
MOST_BYTES = 2 * 1024 * 1024


class Reel:
    """The frames of the last `span` seconds, fewer and wider apart where they would take more than `most_bytes`."""

    def __init__(self, span: float = SPAN, most_bytes: int = MOST_BYTES) -> None:
        self._span, self._most_bytes = span, most_bytes
        self._frames: deque[Frame] = deque()
        self.size = 0  # bytes of all pictures

    def add(self, frame: Frame) -> None:
        """Remember a frame; what is older than the span goes, and what a clock that was set back left in the future."""
        now = frame.received_at
        while self._frames and self._frames[-1].received_at > now:
            self.size -= len(self._frames.pop().jpeg)
        while self._frames and now - self._frames[0].received_at > self._span:
            self.size -= len(self._frames.popleft().jpeg)
        self._frames.append(frame)
        self.size += len(frame.jpeg)
        while len(self._frames) > 2 and self.size > self._most_bytes:
            self._thin()

    def _thin(self) -> None:
        """Let go of the frame that is missed least: its neighbours are closest together; the oldest of such."""
        at = [frame.received_at for frame in self._frames]
        gaps = [after - before for before, after in zip(at, at[2:], strict=False)]
        least = gaps.index(min(gaps)) + 1
        self.size -= len(self._frames[least].jpeg)
        del self._frames[least]

    def between(self, first: float, last: float) -> list[Frame]:
        """The frames received in this time, both ends included."""
        return [frame for frame in self._frames if first <= frame.received_at <= last]


@dataclass(frozen=True, slots=True)
class Film:
    """A clip that is wanted: of which incident, and from when to when."""

    report: IncidentReport
    first: float
    last: float

    def is_over(self, now: float) -> bool:
        """Whether nothing more can come: its time has passed, or the clock was set back to before it."""
        return now >= self.last or now < self.report.at - AFTER


class Filming:
    """The reel of one source and the films that are being made there."""

    def __init__(self) -> None:
        self._reel = Reel()
        self._films: list[Film] = []

    def add(self, frame: Frame) -> None:
        """Remember a frame."""
        self._reel.add(frame)

    def begin(self, reports: Iterable[IncidentReport]) -> None:
        """Film what was raised."""
        raised = [one for one in reports if one.phase == "raised"]
        self._films += [Film(one, one.started_at - BEFORE, one.at + AFTER) for one in raised]

    def finished(self, now: float) -> list[IncidentReport]:
        """The films whose last second is over; one without a single frame is none."""
        done = [film for film in self._films if film.is_over(now)]
        self._films = [film for film in self._films if not film.is_over(now)]
        return [report for film in done for report in self._cut(film, now)]

    def finish(self, at: float) -> list[IncidentReport]:
        """All films as far as they have come, when the source is no longer watched."""
        done, self._films = self._films, []
        return [report for film in done for report in self._cut(film, max(at, film.report.at))]

    def _cut(self, film: Film, now: float) -> list[IncidentReport]:
        frames = self._reel.between(film.first, film.last)
        if not frames:
            return []
        told = film.report
        clip = pack_clip(Subject(told.uid, told.code, told.source), frames)
        return [replace(told, phase="filmed", at=now, stills=(), clip=clip)]
