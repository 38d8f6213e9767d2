"""What a worker's pipeline is given and what it answers, written down so that it can be played again.

A recording holds pictures of people: it is made only where somebody asks for it.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from proctor.bus import SourceStatus, Watch
from proctor.codec import encode_report
from proctor.frames import BadFrame, Frame
from proctor.incidents import Episode
from proctor.leaving import Left, write_left
from proctor.logbook import Logbook, Room
from proctor.looking import Detectors
from proctor.pipeline import Analysis, Pipeline
from proctor.policies import Rules
from proctor.records import Json, Kind, Record
from proctor.reports import IncidentReport
from proctor.runs import Start, begin_run

log = logging.getLogger(__name__)
FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where to record, and how many bytes all recordings there may take together."""

    directory: Path
    most_bytes: int

    def __post_init__(self) -> None:
        if self.most_bytes <= 0:
            raise ValueError("a recording of no bytes at all cannot be made")


class RecordingRefused(RuntimeError):
    """The place where a recording is wanted takes none."""


class RecordedPipeline(Pipeline):
    """A pipeline that writes down its calls and their outcomes; what it answers is the same."""

    def __init__(
        self, detectors: Detectors, rules: Rules, opened: Iterable[Episode], logbook: Logbook
    ) -> None:
        super().__init__(detectors, rules, opened)
        self._logbook = logbook

    def analyse(self, frame: Frame, watch: Watch) -> Analysis:
        # Before it is looked at: a picture that brings the process down is the one to have.
        self._logbook.write(frame.source, frame_record(frame, watch))
        try:
            analysis = super().analyse(frame, watch)
        except Exception as error:
            self._logbook.write(frame.source, Record(Kind.OUTCOME, {"fault": fault_name(error)}))
            raise
        self._logbook.write(frame.source, Record(Kind.OUTCOME, {"reports": as_told(analysis.reports)}))
        return analysis

    def tick(self, watch: Watch, status: SourceStatus, now: float) -> list[IncidentReport]:
        reports = super().tick(watch, status, now)
        facts = {"now": now, **watch_facts(watch), "status": asdict(status), "reports": as_told(reports)}
        self._logbook.write(watch.source, Record(Kind.TICK, facts))
        return reports

    def close(self, source: int) -> list[IncidentReport]:
        reports = super().close(source)
        self._logbook.write(source, Record(Kind.CLOSE, {"reports": as_told(reports)}))
        return reports

    def adopt(self, source: int, left: Left) -> None:
        super().adopt(source, left)
        told = write_left(left).decode()
        self._logbook.write(source, Record(Kind.ADOPT, {"left": told, "reports": []}))

    def drop(self, source: int) -> None:
        super().drop(source)
        self._logbook.write(source, Record(Kind.DROP, {"reports": []}))


def frame_record(frame: Frame, watch: Watch) -> Record:
    """A frame with its header and what is not to be reported of it."""
    facts = {
        "seq": frame.seq,
        "captured_at": frame.captured_at,
        "received_at": frame.received_at,
        **watch_facts(watch),
    }
    return Record(Kind.FRAME, facts, frame.jpeg)


def watch_facts(watch: Watch) -> Json:
    return {"since": watch.since, "ignored": sorted(watch.ignored)}


def fault_name(error: Exception) -> str:
    """A refused frame's reason, or one word for everything that is nobody's intention."""
    return error.code if isinstance(error, BadFrame) else FAILED


def as_told(reports: Sequence[IncidentReport]) -> list[Json]:
    """Each report as facts and the SHA-256 of its bytes; its pictures are among the frames."""
    return [as_facts(encode_report(report)) for report in reports]


def as_facts(encoded: bytes) -> Json:
    head: Json = json.loads(encoded.partition(b"\n")[0])
    return {"sha256": hashlib.sha256(encoded).hexdigest(), **head}


@contextmanager
def open_pipeline(
    detectors: Detectors, rules: Rules, start: Start, wanted: Wanted | None
) -> Iterator[Pipeline]:
    """A worker's pipeline, recorded where that is wanted; raises RecordingRefused."""
    if wanted is None:
        yield Pipeline(detectors, rules, start.opened)
        return
    try:
        folder = begin_run(wanted.directory, start)
    except OSError as error:
        raise RecordingRefused(f"nothing can be recorded in {wanted.directory}: {error.strerror}") from error
    log.warning("every picture is recorded into %s, %d bytes at most", folder, wanted.most_bytes)
    logbook = Logbook(folder, Room(wanted.directory, wanted.most_bytes))
    try:
        yield RecordedPipeline(detectors, rules, start.opened, logbook)
    finally:
        logbook.close()
