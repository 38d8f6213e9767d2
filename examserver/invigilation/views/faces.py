"""The check of a face at the desk, over HTTP. Pictures are looked at and dropped."""

from typing import Annotated, Any

import msgspec
from django.http import HttpRequest

from examserver.invigilation import face_comparing
from examserver.invigilation.models import FaceCheck
from examserver.invigilation.services import face_checks
from examserver.invigilation.states import Severity
from examserver.invigilation.views.bodies import DONE, Nothing, Reason
from examserver.invigilation.views.finding import sitting_for
from examserver.kernel import clock
from examserver.kernel.http import ApiError, actor_of, body, json_view
from examserver.people.selectors import photo_path
from proctor.frames import MAX_JPEG_BYTES, BadFrame

Picture = Annotated[bytes, msgspec.Meta(max_length=MAX_JPEG_BYTES)]


class Pictures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Three JPEGs in base64, and which version of the consent the candidate agreed to."""

    consent: str
    pictures: tuple[Picture, Picture, Picture]


class Suspicion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A case of impersonation, from the desk."""

    note: str
    severity: Severity


@json_view("POST")
def check(request: HttpRequest, sitting: int) -> dict[str, Any]:
    """Compare three pictures with the photograph on file; 400 with the code of a bad frame."""
    given, actor = body(request, Pictures), actor_of(request)
    found = sitting_for(actor, sitting)
    face_checks.check_may_compare(sitting_id=found.pk, actor=actor, consent=given.consent)
    for picture in given.pictures:
        _check_picture(picture)
    answer = face_comparing.compare_faces(photo_path(found.ticket.candidate), given.pictures)
    made = face_checks.record_comparison(sitting_id=found.pk, actor=actor, answer=answer, now=clock.now())
    return _shown(made)


def _check_picture(picture: bytes) -> None:
    try:
        face_comparing.check_picture(picture)
    except BadFrame as bad:
        raise ApiError(bad.code, 400) from bad


def _shown(check: FaceCheck) -> dict[str, Any]:
    return {"outcome": check.outcome, "reason": check.reason, "state": check.state}


@json_view("POST")
def refused(request: HttpRequest, sitting: int) -> dict[str, Any]:
    """The candidate does not want to be compared."""
    body(request, Nothing)
    actor = actor_of(request)
    found = sitting_for(actor, sitting)
    return _shown(face_checks.record_refusal(sitting_id=found.pk, actor=actor, now=clock.now()))


@json_view("POST")
def release(request: HttpRequest, sitting: int) -> dict[str, Any]:
    """A second person lets a held candidate in."""
    reason, actor = body(request, Reason).reason, actor_of(request)
    found = sitting_for(actor, sitting)
    face_checks.release(sitting_id=found.pk, actor=actor, note=reason, now=clock.now())
    return DONE


@json_view("POST")
def report(request: HttpRequest, sitting: int) -> dict[str, Any]:
    """A second person opens a case of impersonation."""
    given, actor = body(request, Suspicion), actor_of(request)
    pk, now = sitting_for(actor, sitting).pk, clock.now()
    face_checks.report(sitting_id=pk, actor=actor, note=given.note, severity=given.severity, now=now)
    return DONE
