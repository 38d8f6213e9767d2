"""What a board is told every two seconds about each seat: who is connected, what is saved, how the camera is doing."""

from datetime import datetime

import msgspec

from examserver.delivery import presence
from examserver.delivery import selectors as delivery
from examserver.delivery.selectors import Progress
from examserver.delivery.states import SittingState
from examserver.invigilation.bus import frame_bus
from examserver.invigilation.camera import CameraFacts, CameraState, camera_state
from examserver.kernel import chain
from examserver.kernel.access import Actor
from examserver.kernel.clock import wire
from proctor.bus import SourceStatus

ONLINE_SECONDS = 15  # three missed pings
_NOTHING_SAVED = Progress(0, None)


class SeatLine(msgspec.Struct, frozen=True, kw_only=True):
    """One seat; times in ms since the epoch."""

    online: bool
    seen_at: int | None
    answered: int
    unsaved: int
    saved_at: int | None
    frame_at: int | None
    analysed_at: int | None
    camera: CameraState


def watched_since(state: str, started_at: datetime | None, waived: bool) -> float:
    """Since when a sitting's camera is watched, in seconds since 1970; 0 when it is not."""
    watched = state == SittingState.IN_PROGRESS and started_at is not None and not waived
    return started_at.timestamp() if watched and started_at is not None else 0.0


def seats(actor: Actor, session_id: int, now: datetime) -> dict[str, SeatLine]:
    """Every seat of a session that `actor` may see, by sitting; Session.DoesNotExist otherwise."""
    sittings = list(delivery.sittings_of(delivery.session_for(actor, session_id)))
    ids = [sitting.pk for sitting in sittings]
    pages, saved = presence.read(ids), delivery.progress(session_id)
    cameras = frame_bus().statuses(ids)
    return {
        str(one.pk): _line(
            pages[one.pk],
            saved.get(one.pk, _NOTHING_SAVED),
            cameras[one.pk],
            _Moment(now, watched_since(one.state, one.started_at, one.camera_waived)),
        )
        for one in sittings
    }


def read(actor: Actor, session_id: int, now: datetime) -> dict[str, object]:
    """The fields of a telemetry message; its number is read first, so that what came later is not taken as sent."""
    number = chain.last_number(delivery.stream(session_id))
    return {"number": number, "seats": seats(actor, session_id, now)}


class _Moment(msgspec.Struct, frozen=True):
    """The present, and since when the seat's camera is watched."""

    now: datetime
    watched_since: float


def _line(page: presence.Presence, saved: Progress, camera: SourceStatus, moment: _Moment) -> SeatLine:
    facts = CameraFacts(camera.received_at, camera.analysed_at, moment.watched_since)
    seen = page.seen_at
    return SeatLine(
        online=seen is not None and (moment.now - seen).total_seconds() < ONLINE_SECONDS,
        seen_at=wire(seen),
        answered=saved.answered,
        unsaved=page.unsaved,
        saved_at=wire(saved.saved_at),
        frame_at=_milliseconds(camera.received_at),
        analysed_at=_milliseconds(camera.analysed_at),
        camera=camera_state(facts, moment.now.timestamp()),
    )


def _milliseconds(seconds: float) -> int | None:
    return round(seconds * 1000) if seconds else None
