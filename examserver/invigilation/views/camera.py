"""A candidate's camera over plain HTTP: one frame, and the word that the camera works."""

import hashlib
import logging
from typing import Any

from django.http import HttpRequest

from examserver.delivery import pages
from examserver.delivery.messages import CameraReport
from examserver.delivery.services.sittings import check_camera
from examserver.invigilation.bus import frame_bus, interval_ms
from examserver.kernel import clock
from examserver.kernel.http import ApiError, actor_of, body, json_view
from proctor.bus import BusFull
from proctor.frames import HEADER, MAX_JPEG_BYTES, BadFrame, parse_wire

log = logging.getLogger(__name__)
# A request takes a way of its own, so two of them come closer together than frames of one socket do.
PACE_TOLERANCE = 0.5


def _own_sitting(request: HttpRequest) -> Any:
    sitting = pages.sitting_of(actor_of(request))
    if sitting is None:
        raise ApiError("not_found", 404)
    return sitting


@json_view("POST")
def frame(request: HttpRequest) -> dict[str, Any]:
    """One frame in the body, as on the frame socket; 400 with its code, 429 `no_credit` when it comes too soon."""
    source, now = _own_sitting(request).pk, clock.now().timestamp()
    try:
        _put(request, source, now)
    except ApiError as refused:
        log.warning("sitting %s: frame refused: %s", source, refused.code)
        raise
    return {"credit": 1}


def _put(request: HttpRequest, source: int, now: float) -> None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > HEADER.size + MAX_JPEG_BYTES:
        raise ApiError("too_large", 400)
    bus = frame_bus()
    if now - bus.status(source).received_at < interval_ms() / 1000 * PACE_TOLERANCE:
        raise ApiError("no_credit", 429)
    try:
        bus.put(parse_wire(request.body, source, now))
    except BadFrame as bad:
        raise ApiError(bad.code, 400) from bad
    except BusFull as full:
        raise ApiError("busy", 503) from full


@json_view("POST")
def check(request: HttpRequest) -> dict[str, Any]:
    """The page says that the camera works; it does when a picture of this seat has reached the server."""
    body(request, CameraReport)
    sitting, now = _own_sitting(request), clock.now()
    picture = frame_bus().latest(sitting.pk)
    if picture is None:
        raise ApiError("no_picture", 409)
    digest = hashlib.sha256(picture.jpeg).hexdigest()
    check_camera(sitting=sitting, actor=actor_of(request), picture_sha256=digest, now=now)
    return pages.state(sitting, now)
