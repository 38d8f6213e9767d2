"""What a board is told every two seconds about each seat: who is connected, what is saved, how the camera is doing."""

from datetime import datetime

import msgspec

from examserver.delivery import presence
from examserver.delivery import selectors as delivery
from examserver.delivery.selectors import Progress
from examserver.delivery.states import SittingState
from examserver.invigilation.bus import frame_bus
from examserver.invigilation.camera import CameraFacts, CameraState, camera_state
from examserver.invigilation.coverage import coverages
from examserver.invigilation.hearing import LISTENER, Hearing
from examserver.invigilation.lookout import LOOKOUT
from examserver.kernel import chain
from examserver.kernel.access import Actor
from examserver.kernel.clock import wire
from proctor.bus import SourceStatus
from proctor.coverage import Cause

ONLINE_SECONDS = 15  # three missed pings
_NOTHING_SAVED = Progress(0, None)


class SeatLine(msgspec.Struct, frozen=True, kw_only=True):
    """One seat; times in ms since the epoch.

    `coverage`: which part of its seconds was analysed, 0 to 1, None before the first one. `gap`: why it is not analysed
    now, one of proctor.coverage.Cause, empty while it is or need not be. `signals`: whether the
    page's watch still tells.
    """

    online: bool
    seen_at: int | None
    answered: int
    unsaved: int
    saved_at: int | None
    frame_at: int | None
    analysed_at: int | None
    camera: CameraState
    coverage: float | None
    gap: str
    signals: Hearing


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
    watched = {one.pk: watched_since(one.state, one.started_at, one.camera_waived) for one in sittings}
    shares = {pk: coverage.share for pk, coverage in coverages(ids).items()}
    gaps = LOOKOUT.present_gaps([pk for pk, since in watched.items() if since], now.timestamp())
    return {
        str(pk): _line(
            pages[pk],
            saved.get(pk, _NOTHING_SAVED),
            cameras[pk],
            _Moment(now, watched[pk], shares[pk], gaps.get(pk), LISTENER.state(pk)),
        )
        for pk in ids
    }


def read(actor: Actor, session_id: int, now: datetime) -> dict[str, object]:
    """The fields of a telemetry message; its number is read first, so that what came later is not taken as sent."""
    number = chain.last_number(delivery.stream(session_id))
    return {"number": number, "seats": seats(actor, session_id, now)}


class _Moment(msgspec.Struct, frozen=True):
    """The present, since when the seat's camera is watched, and how well that went so far."""

    now: datetime
    watched_since: float
    coverage: float | None
    gap: Cause | None
    signals: Hearing


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
        coverage=moment.coverage,
        gap=moment.gap or "",
        signals=moment.signals,
    )


def _milliseconds(seconds: float) -> int | None:
    return round(seconds * 1000) if seconds else None
