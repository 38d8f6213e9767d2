"""A report as bytes: one line of JSON, then the stills' JPEGs one after another, then the clip."""

import hashlib
import json
from typing import Any

from proctor.detections import Detection, Label
from proctor.geometry import Box
from proctor.reports import PHASES, Clip, Code, IncidentReport, Phase, Still

Json = dict[str, Any]


class ReportDamaged(ValueError):
    """Bytes that are not a whole report, or whose stills are not the ones that were written."""


def encode_report(report: IncidentReport) -> bytes:
    """The bytes that `decode_report` reads."""
    head = {
        "uid": report.uid,
        "source": report.source,
        "code": report.code,
        "phase": report.phase,
        "started_at": report.started_at,
        "at": report.at,
        "score": report.score,
        "stills": [still_head(still) for still in report.stills],
        "clip": None if report.clip is None else clip_head(report.clip),
    }
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    clip = b"" if report.clip is None else report.clip.data
    return b"".join((line, b"\n", *(still.jpeg for still in report.stills), clip))


def still_head(still: Still) -> Json:
    """All of a still but its bytes."""
    boxes = [[one.label, one.score, one.box.x1, one.box.y1, one.box.x2, one.box.y2] for one in still.boxes]
    return {
        "captured_at": still.captured_at,
        "size": len(still.jpeg),
        "sha256": still.sha256,
        "boxes": boxes,
    }


def clip_head(clip: Clip) -> Json:
    """All of a clip but its bytes."""
    return {
        "began_at": clip.began_at,
        "ended_at": clip.ended_at,
        "frames": clip.frames,
        "size": len(clip.data),
        "sha256": clip.sha256,
    }


def decode_report(data: bytes) -> IncidentReport:
    """Read a report; raises ReportDamaged."""
    line, _, pictures = data.partition(b"\n")
    try:
        head = json.loads(line)
        cut = Cutter(pictures)
        report = IncidentReport(
            uid=head["uid"],
            source=head["source"],
            code=Code(head["code"]),
            phase=read_phase(head["phase"]),
            started_at=head["started_at"],
            at=head["at"],
            score=head["score"],
            stills=tuple(read_still(one, cut) for one in head["stills"]),
            clip=read_clip_head(head.get("clip"), cut),
        )
        cut.check_end()
        return report
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ReportDamaged(f"not a report: {error}") from error


class Cutter:
    """Takes one piece after another from the bytes after the line; raises ValueError for one that was changed."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, head: Json) -> bytes:
        """The next piece; without bytes where it was left out on its way."""
        piece = self._data[self._at : self._at + head["size"]]
        self._at += head["size"]
        if head["size"] and hashlib.sha256(piece).hexdigest() != head["sha256"]:
            raise ValueError("a picture does not match its hash")
        return piece

    def check_end(self) -> None:
        if self._at != len(self._data):
            raise ValueError("bytes left over after the pictures")


def read_phase(word: str) -> Phase:
    """A phase that is one; raises ValueError."""
    return PHASES[PHASES.index(word)]


def read_still(head: Json, cut: Cutter) -> Still:
    return Still(head["captured_at"], cut.take(head), head["sha256"], read_boxes(head["boxes"]))


def read_clip_head(head: Json | None, cut: Cutter) -> Clip | None:
    if head is None:
        return None
    return Clip(head["began_at"], head["ended_at"], head["frames"], cut.take(head), head["sha256"])


def read_boxes(rows: list[list[Any]]) -> tuple[Detection, ...]:
    return tuple(Detection(Label(label), score, Box(*corners)) for label, score, *corners in rows)
