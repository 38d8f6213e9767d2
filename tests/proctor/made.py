"""Frames, watches and reports for tests, with everything not said left plain."""

from functools import lru_cache

from proctor.detections import Detection, Label
from proctor.frames import Frame, encode
from proctor.geometry import Box
from proctor.reports import Code, IncidentReport, Phase, make_still
from proctor.scenes import scene

FULL = Box(0, 0, 640, 480)


@lru_cache(maxsize=32)
def jpeg(name: str = "person", t: float = 0.0) -> bytes:
    return encode(scene(name, t))


def frame(source: int = 1, seq: int = 0, at: float = 0.0, name: str = "person") -> Frame:
    return Frame(source, seq, at, at, jpeg(name, at % 3))


def small_jpeg(fill: int, size: int) -> bytes:
    """Bytes with a JPEG's beginning and end, all alike between them, so that a mixture shows."""
    return b"\xff\xd8" + bytes([fill % 255]) * (size - 4) + b"\xff\xd9"


def seen(label: Label, score: float, box: Box = FULL) -> Detection:
    return Detection(label, score, box)


def report(phase: Phase = "raised", at: float = 5.0, stills: int = 1) -> IncidentReport:
    boxes = (seen(Label.PHONE, 0.5, Box(1.5, 2, 30, 40)),)
    pictures = tuple(make_still(at + n, small_jpeg(n, 100 + n), boxes) for n in range(stills))
    return IncidentReport(f"7-PHONE-{1000}", 7, Code.PHONE, phase, 1.0, at, 0.5, pictures)
