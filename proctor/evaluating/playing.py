"""A session played through the pipeline at its own pace, as if its pictures were received live."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from proctor.bus import NOTHING, Watch
from proctor.evaluating.events import Alert
from proctor.evaluating.films import Film
from proctor.frames import BadFrame, Frame, as_image, decode, shrink
from proctor.looking import Detectors
from proctor.pipeline import Pipeline
from proctor.policies import Rules
from proctor.reports import Code, IncidentReport

TAIL = 60.0  # seconds of silence after a session, in which what is open ends
VIEW = (32, 24)
# Frames that lie in a folder come without gaps: a lost camera cannot be seen in them.
IGNORED = frozenset({Code.CAMERA_LOST})

Views = NDArray[np.uint8]  # (frames, 768): every analysed picture in grey, 32x24


@dataclass(frozen=True, slots=True)
class Look:
    """The scores of one analysed frame, `at` seconds after the session's start."""

    at: float
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Play:
    """What came of one session; `sha256` is of all its JPEGs one after another."""

    name: str
    seconds: float
    alerts: tuple[Alert, ...]
    looks: tuple[Look, ...]
    views: Views
    refused: Mapping[str, int]
    sha256: str


@dataclass(slots=True)
class Player:
    """Gathers what the pipeline says of one film; frame number n is n / fps seconds old."""

    pipeline: Pipeline
    fps: float
    watch: Watch

    def play(self, name: str, film: Film) -> Play:
        """Every picture of the film, then silence."""
        digest, looks, views, reports = hashlib.sha256(), [], [], []
        refused: Counter[str] = Counter()
        count = 0
        for count, jpeg in enumerate(film.jpegs(), 1):
            digest.update(jpeg)
            at = (count - 1) / self.fps
            frame = Frame(self.watch.source, count - 1, at, at, jpeg)
            try:
                analysis = self.pipeline.analyse(frame, self.watch)
            except BadFrame as error:
                refused[error.code] += 1
                continue
            reports += analysis.reports
            looks.append(Look(frame.received_at, {str(code): s for code, s in analysis.scores.items()}))
            views.append(view(frame))
        seconds = count / self.fps
        reports += self.pipeline.tick(self.watch, NOTHING, seconds + TAIL)
        reports += self.pipeline.close(self.watch.source)
        stacked = np.stack(views) if views else np.zeros((0, VIEW[0] * VIEW[1]), np.uint8)
        return Play(
            name, seconds, as_alerts(reports), tuple(looks), stacked, dict(refused), digest.hexdigest()
        )


def play(name: str, film: Film, detectors: Detectors, rules: Rules) -> Play:
    """Play one film through a pipeline of its own; raises BadFilm."""
    watch = Watch(1, 0.0, frozenset(str(code) for code in IGNORED))
    return Player(Pipeline(detectors, rules), film.fps, watch).play(name, film)


def view(frame: Frame) -> NDArray[np.uint8]:
    """The picture in grey, 32x24, as one row."""
    small = shrink(as_image(cv2.cvtColor(decode(frame), cv2.COLOR_BGR2GRAY)), VIEW)
    return small.ravel()


def as_alerts(reports: list[IncidentReport]) -> tuple[Alert, ...]:
    """One alert for each incident that was raised, in order of being told."""
    ends = {report.uid: report.at for report in reports if report.phase == "ended"}
    return tuple(
        Alert(str(report.code), report.started_at, report.at, ends.get(report.uid, report.at))
        for report in reports
        if report.phase == "raised"
    )
