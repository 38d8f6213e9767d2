"""A report as bytes: one line of JSON, then the stills' JPEGs one after another."""

import hashlib
import json
from typing import Any

from proctor.detections import Detection, Label
from proctor.geometry import Box
from proctor.reports import Code, IncidentReport, Still

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
    }
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join((line, b"\n", *(still.jpeg for still in report.stills)))


def still_head(still: Still) -> Json:
    """All of a still but its bytes."""
    boxes = [[one.label, one.score, one.box.x1, one.box.y1, one.box.x2, one.box.y2] for one in still.boxes]
    return {
        "captured_at": still.captured_at,
        "size": len(still.jpeg),
        "sha256": still.sha256,
        "boxes": boxes,
    }


def decode_report(data: bytes) -> IncidentReport:
    """Read a report; raises ReportDamaged."""
    line, _, pictures = data.partition(b"\n")
    try:
        head = json.loads(line)
        return IncidentReport(
            uid=head["uid"],
            source=head["source"],
            code=Code(head["code"]),
            phase=head["phase"],
            started_at=head["started_at"],
            at=head["at"],
            score=head["score"],
            stills=read_stills(head["stills"], pictures),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ReportDamaged(f"not a report: {error}") from error


def read_stills(heads: list[Json], pictures: bytes) -> tuple[Still, ...]:
    """Cut the stills out of the bytes after the line; raises ValueError where one is not what was written."""
    stills = []
    start = 0
    for head in heads:
        jpeg = pictures[start : start + head["size"]]
        start += head["size"]
        if hashlib.sha256(jpeg).hexdigest() != head["sha256"]:
            raise ValueError("a still does not match its hash")
        stills.append(Still(head["captured_at"], jpeg, head["sha256"], read_boxes(head["boxes"])))
    if start != len(pictures):
        raise ValueError("bytes left over after the stills")
    return tuple(stills)


def read_boxes(rows: list[list[Any]]) -> tuple[Detection, ...]:
    return tuple(Detection(Label(label), score, Box(*corners)) for label, score, *corners in rows)
