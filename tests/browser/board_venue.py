"""A room at work for the board's pages: two seats in theory, one of them with incidents that have pictures and a clip.

`python -m tests.browser.board_venue` fills the database that the settings name and prints the room.
"""

import sys
from datetime import datetime, timedelta

import msgspec

PASSWORD = "a long password"


class BoardRoom(msgspec.Struct, frozen=True):
    """The session and the sittings of seats A01 and A02."""

    session: int
    first: int
    second: int


def fill() -> BoardRoom:
    """Theory has been running for twenty minutes; A01 shows a phone twice and has been empty once."""
    from examserver.kernel import clock
    from tests.delivery.venue import build

    now = clock.now()
    start = now - timedelta(minutes=20)
    venue = build(start, seats=2, start_in_hours=0)
    for index in (0, 1):
        venue.make_ready(index, start)
    venue.start(start)
    first, second = venue.sitting(0), venue.sitting(1)
    for minutes, code in ((15, "PHONE"), (9, "SEAT_EMPTY"), (3, "PHONE")):
        notice(first.pk, code, now - timedelta(minutes=minutes))
    return BoardRoom(first.session_id, first.pk, second.pk)


def notice(sitting: int, code: str, began: datetime) -> None:
    """What the proctor would report of an incident of 12 s, with a still and a clip of eight frames."""
    from examserver.invigilation.services.incidents import record_incident
    from proctor.clips import Subject, pack_clip
    from proctor.detections import Detection, Label
    from proctor.frames import Frame
    from proctor.geometry import Box
    from proctor.reports import Code, IncidentReport, make_still

    at = began.timestamp()
    boxes = (Detection(Label.PHONE, 0.61, Box(60, 40, 110, 90)),)
    uid = f"{sitting}-{code}-{round(at)}"
    film = [Frame(sitting, n, at + n - 2, at + n - 2, picture(20 * n + 20)) for n in range(8)]
    report = IncidentReport(
        uid=uid,
        source=sitting,
        code=Code(code),
        phase="ended",
        started_at=at,
        at=at + 12,
        score=0.61,
        stills=(make_still(at, picture(60), boxes),),
        clip=pack_clip(Subject(uid, code, sitting), film),
    )
    record_incident(report=report, now=began + timedelta(seconds=13))


def picture(shade: int) -> bytes:
    """A JPEG of 160x120 in one shade."""
    import numpy as np

    from proctor.frames import encode

    return encode(np.full((120, 160, 3), shade, np.uint8))


def main() -> None:
    """Fill the database, print the room."""
    import django

    django.setup()
    sys.stdout.write(msgspec.json.encode(fill()).decode())


if __name__ == "__main__":
    main()
