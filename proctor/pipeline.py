"""One frame through all stages: picture, detections, tracks, scores, incidents, evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from proctor.bus import SourceStatus, Thumbnail, Watch
from proctor.detections import Detection
from proctor.evidence import Evidence, Shot
from proctor.filming import Filming
from proctor.frames import Frame, Image, decode, encode, shrink
from proctor.incidents import Episode, IncidentMachine, Observation, as_report
from proctor.leaving import Left
from proctor.looking import Detectors, Looker, Sight
from proctor.policies import Rules
from proctor.remembering import EVERY, NOTHING_KNOWN, Remembered
from proctor.reports import Code, IncidentReport

SILENT_AFTER = 2.0  # seconds without a frame from which the camera may be lost
THUMBNAIL_WIDTH = 160
THUMBNAIL_QUALITY = 70
THUMBNAIL_SECONDS = 1.0  # boards draw every two seconds


@dataclass(frozen=True, slots=True)
class Analysis:
    """What came of one frame; no thumbnail when the last one is still fresh."""

    seen: tuple[Detection, ...]
    scores: dict[Code, float]
    reports: list[IncidentReport]
    thumbnail: Thumbnail | None


@dataclass(slots=True)
class Seat:
    """Everything remembered of one source."""

    machine: IncidentMachine
    looker: Looker
    evidence: Evidence = field(default_factory=Evidence)
    filming: Filming = field(default_factory=Filming)
    seen_at: float = 0.0
    pictured_at: float = -THUMBNAIL_SECONDS
    ignored_at: dict[str, float] = field(default_factory=dict)
    remembered: Remembered = NOTHING_KNOWN
    remembered_at: float = float("-inf")

    def prove(self, reports: list[IncidentReport], now: float) -> list[IncidentReport]:
        """The reports with their stills, and the clips that are finished at `now`; what was raised is filmed."""
        self.seen_at = now
        self.filming.begin(reports)
        return [*(with_stills(report, self.evidence) for report in reports), *self.filming.finished(now)]

    def began(self, sight: Sight, watch: Watch, frame: Frame) -> dict[Code, float]:
        """Since when what is seen is known to be there; what was allowed then counts from when it no longer was."""
        self.ignored_at.update(dict.fromkeys(watch.ignored, frame.received_at))
        return {code: at for code, at in sight.began.items() if at > self.ignored_at.get(code, float("-inf"))}

    def remember(self, now: float) -> None:
        """Note now and then what a worker after this one should know; often until there is something to know."""
        if not self.remembered or abs(now - self.remembered_at) >= EVERY:
            self.remembered, self.remembered_at = self.looker.remembered(), now

    def thumbnail(self, image: Image, captured_at: float) -> Thumbnail | None:
        """A small picture, unless the last one is fresh; a clock that was set back does not count as fresh."""
        if 0 <= captured_at - self.pictured_at < THUMBNAIL_SECONDS:
            return None
        self.pictured_at = captured_at
        return make_thumbnail(image, captured_at)


class Pipeline:
    """All stages for any number of sources; `opened` are episodes that an earlier worker left open."""

    def __init__(self, detectors: Detectors, rules: Rules, opened: Iterable[Episode] = ()) -> None:
        self._detectors, self._rules = detectors, rules
        self._seats: dict[int, Seat] = {}
        left_open = list(opened)
        for source in {episode.source for episode in left_open}:
            mine = [episode for episode in left_open if episode.source == source]
            self._seats[source] = self._new_seat(source, mine)

    @property
    def sources(self) -> frozenset[int]:
        """The sources that something is remembered of."""
        return frozenset(self._seats)

    def analyse(self, frame: Frame, watch: Watch) -> Analysis:
        """All stages of one frame, at the time it was received; raises BadFrame("undecodable")."""
        image = decode(frame)
        seat = self._seat(frame.source)
        sight = seat.looker.look(frame, image)
        seat.remember(frame.received_at)
        told = {code: 0.0 if code in watch.ignored else score for code, score in sight.scores.items()}
        told[Code.CAMERA_LOST] = 0.0
        reports = seat.machine.step(Observation(told, seat.began(sight, watch, frame)), frame.received_at)
        started = {episode.code: episode.started_at for episode in seat.machine.episodes()}
        ended = {report.code: report.started_at for report in reports}
        seat.evidence.keep(Shot(frame, sight.seen, sight.scores), {**started, **ended})
        seat.filming.add(frame)
        reports = seat.prove(reports, frame.received_at)
        return Analysis(sight.seen, sight.scores, reports, seat.thumbnail(image, frame.captured_at))

    def tick(self, watch: Watch, status: SourceStatus, now: float) -> list[IncidentReport]:
        """Time passing for one source: the camera may be lost, and what is no longer seen ends."""
        seat = self._seat(watch.source)
        last = max(watch.since, status.received_at)
        silent = now - last >= SILENT_AFTER and Code.CAMERA_LOST not in watch.ignored
        lost = {Code.CAMERA_LOST: 1.0} if silent else {}
        reports = seat.machine.step(Observation(lost, dict.fromkeys(lost, last)), now)
        return seat.prove(reports, now)

    def close(self, source: int) -> list[IncidentReport]:
        """Forget a source; what was open there ends, and its clips are cut as they are."""
        seat = self._seats.pop(source, None)
        return [*seat.machine.finish(), *seat.filming.finish(seat.seen_at)] if seat else []

    def is_suspicious(self, source: int) -> bool:
        """Whether something is going on at a source, reported or not yet."""
        seat = self._seats.get(source)
        return bool(seat and seat.machine.episodes())

    def left(self, source: int) -> Left:
        """What a worker after this one needs, to go on with a source."""
        seat = self._seats.get(source)
        if seat is None:
            return Left()
        episodes, samples = tuple(seat.machine.episodes()), seat.machine.samples()
        return Left(episodes, samples, remembered=seat.remembered)

    def adopt(self, source: int, left: Left) -> None:
        """Go on with a source that another worker has looked after; nothing is reported of that.

        What was being filmed there is lost with its pictures; what was told last is filmed from here on.
        """
        self._seats[source] = seat = self._new_seat(source, left.episodes)
        seat.machine.resume(left.samples)
        seat.looker.recall(left.remembered)
        seat.remembered = left.remembered
        seat.filming.begin(as_report(one, "raised", one.told_at) for one in left.episodes if one.raised)

    def drop(self, source: int) -> None:
        """Forget a source that another worker goes on with: nothing of it ends."""
        self._seats.pop(source, None)

    def _seat(self, source: int) -> Seat:
        if source not in self._seats:
            self._seats[source] = self._new_seat(source)
        return self._seats[source]

    def _new_seat(self, source: int, opened: Iterable[Episode] = ()) -> Seat:
        machine = IncidentMachine(source, self._rules.policies, opened)
        return Seat(machine, Looker(self._detectors, self._rules.look))


def with_stills(report: IncidentReport, evidence: Evidence) -> IncidentReport:
    """The report with its pictures; an end needs none."""
    return report if report.phase == "ended" else replace(report, stills=evidence.pick(report.code))


def make_thumbnail(image: Image, captured_at: float) -> Thumbnail:
    """The picture 160 pixels wide."""
    height, width = image.shape[:2]
    size = (THUMBNAIL_WIDTH, max(1, round(height * THUMBNAIL_WIDTH / width)))
    return Thumbnail(encode(shrink(image, size), THUMBNAIL_QUALITY), captured_at)
