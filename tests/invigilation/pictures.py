"""Pictures for tests of evidence: clips and stills of a size, and incidents that bring them."""

from dataclasses import replace

from examserver.invigilation.models import Evidence
from examserver.invigilation.services.incidents import record_incident
from proctor.clips import Subject, pack_clip
from proctor.frames import Frame
from proctor.reports import Clip, Code, Still, make_still
from tests.invigilation.room import Room, jpeg

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE


def padded(shade: int, size: int) -> bytes:
    """A JPEG of about so many bytes: bytes behind the picture's end, and the end again."""
    picture = jpeg(shade)
    return picture + bytes(max(0, size - len(picture) - 2)) + b"\xff\xd9"


def clip(shade: int = 90, size: int = KILOBYTE, frames: int = 1) -> Clip:
    """A clip whose pictures have so many bytes each, two a second."""
    pictures = [Frame(1, n, 1000 + n / 2, 1000 + n / 2, padded(shade + n, size)) for n in range(frames)]
    return pack_clip(Subject("1-PHONE-1", "PHONE", 1), pictures)


def big_still(room: Room, shade: int, size: int) -> Still:
    """A still of about so many bytes, taken in minute 10."""
    return make_still(room.at(10).timestamp(), padded(shade, size), ())


def filmed(room: Room, shown: Clip, code: Code = Code.PHONE, minutes: float = 10) -> Evidence:
    """An incident of candidate 0 whose clip has come; the clip's row."""
    incident = room.notice(code=code, minutes=minutes)
    report = room.report(code, "filmed", minutes=minutes, lasted=13)
    assert record_incident(report=replace(report, clip=shown), now=room.at(minutes + 1)) == incident
    return Evidence.objects.get(incident=incident, sha256=shown.sha256)
