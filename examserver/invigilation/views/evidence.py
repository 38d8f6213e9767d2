"""The logged views of evidence, a still and a clip as its frames one after another; and legal holds."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse

from examserver.invigilation.files import BadEvidence
from examserver.invigilation.pictures import HEADER
from examserver.invigilation.services.evidence import EvidenceGone, view_clip, view_still
from examserver.invigilation.services.exporting import export_incident
from examserver.invigilation.services.retention import lift_hold, place_hold
from examserver.invigilation.views.bodies import DONE, Nothing, Reason
from examserver.invigilation.views.finding import evidence_for, incident_for, sitting_for
from examserver.kernel import clock
from examserver.kernel.http import ApiError, actor_of, body, json_view
from proctor.frames import Frame

log = logging.getLogger(__name__)
NOT_KEPT = {"Cache-Control": "private, no-store"}
Seen = TypeVar("Seen")


@json_view("GET")
def evidence_still(request: HttpRequest, sitting: int, still: int) -> HttpResponse:
    """The picture; who looked is in the audit, and no browser keeps it."""
    picture = _look(request, sitting, still, "STILL", view_still)
    return HttpResponse(picture, content_type="image/jpeg", headers=NOT_KEPT)


@json_view("GET")
def evidence_clip(request: HttpRequest, sitting: int, clip: int) -> HttpResponse:
    """The clip's frames as a board's bundle of pictures has them, each with its number in place of a sitting's."""
    frames = _look(request, sitting, clip, "CLIP", view_clip)
    data = b"".join(part for frame in frames for part in (_head(frame), frame.jpeg))
    return HttpResponse(data, content_type="application/octet-stream", headers=NOT_KEPT)


def _head(frame: Frame) -> bytes:
    return HEADER.pack(frame.seq & 0xFFFFFFFF, round(frame.captured_at * 1000), len(frame.jpeg))


def _look(request: HttpRequest, sitting: int, pk: int, kind: str, view: Callable[..., Seen]) -> Seen:
    """What the view gives; 404 outside the actor's rooms, 410 where the file is gone, 409 where it was changed."""
    actor = actor_of(request)
    evidence = evidence_for(actor, sitting, pk)
    if evidence.kind != kind:
        raise ApiError("not_found", 404)
    try:
        return view(evidence=evidence, actor=actor, now=clock.now())
    except EvidenceGone as error:
        raise ApiError("evidence_gone", 410, why=str(error)) from error
    except BadEvidence as error:
        log.exception("evidence %s is not what was recorded", evidence.pk)
        raise ApiError("evidence_damaged", 409) from error


@json_view("GET")
def incident_export(request: HttpRequest, incident: int) -> HttpResponse:
    """The record of an incident as a zip: pictures, row, and its part of the audit chain."""
    actor = actor_of(request)
    found = incident_for(actor, incident)
    try:
        data = export_incident(incident=found, actor=actor, now=clock.now())
    except BadEvidence as error:
        log.exception("incident %s cannot be exported", found.pk)
        raise ApiError("evidence_damaged", 409) from error
    named = {"Content-Disposition": f'attachment; filename="incident-{found.pk}.zip"'}
    return HttpResponse(data, content_type="application/zip", headers={**NOT_KEPT, **named})


@json_view("POST")
def hold(request: HttpRequest, sitting: int) -> dict[str, bool]:
    """No evidence of the sitting is deleted until the hold is lifted."""
    reason, actor = body(request, Reason).reason, actor_of(request)
    place_hold(sitting_id=sitting_for(actor, sitting).pk, actor=actor, reason=reason, now=clock.now())
    return DONE


@json_view("POST")
def lift(request: HttpRequest, sitting: int) -> dict[str, bool]:
    """The rules of retention apply again."""
    body(request, Nothing)
    actor = actor_of(request)
    lift_hold(sitting_id=sitting_for(actor, sitting).pk, actor=actor, now=clock.now())
    return DONE
