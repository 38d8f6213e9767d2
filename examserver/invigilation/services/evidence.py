"""Keeps the pictures that prove an incident: on the disk under their hash before a row names them. Reads are logged.

What there is no room for is not kept, and its row says so: a full disk costs pictures and stops nothing.
"""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from examserver.invigilation import files
from examserver.invigilation.clauses import incident_rule
from examserver.invigilation.files import BadEvidence
from examserver.invigilation.models import Evidence, Incident
from examserver.invigilation.services.shedding import make_room
from examserver.invigilation.states import Gone, Risk
from examserver.kernel import audit
from examserver.kernel.access import Actor
from proctor.clips import ClipDamaged, read_clip
from proctor.detections import Detection
from proctor.frames import Frame
from proctor.reports import Clip, IncidentReport, Still

__all__ = ["BadEvidence", "EvidenceGone", "Piece", "add_evidence", "keep_pictures", "view_clip", "view_still"]
log = logging.getLogger(__name__)
KIND = Evidence.Kind


class EvidenceGone(LookupError):
    """A piece whose file was never kept, or was removed; the word says why."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A still or a clip as its row will say; `path` is relative to the evidence folder, `size` in bytes."""

    kind: Evidence.Kind
    captured_at: datetime
    sha256: str
    path: str
    size: int
    boxes: list[dict[str, Any]]
    gone: Gone = Gone.HERE


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as an aware datetime in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def keep_pictures(*, report: IncidentReport, now: datetime) -> list[Piece]:
    """Write what the report brings and its incident has not, where there is room, before any row names it.

    BadEvidence when something is not what its hash says.
    """
    rows = Evidence.objects.filter(incident__uid=report.uid)
    known = set(rows.values_list("sha256", flat=True))
    pictures = {still.sha256: still for still in report.stills}
    pairs = [_still(one) for one in pictures.values() if one.sha256 not in known]
    if report.clip is not None and report.clip.sha256 not in known:
        pairs.append(_clip(report.clip))
    technical = incident_rule(report.code).risk is Risk.TECHNICAL
    return [_keep(piece, data, technical, now) for piece, data in pairs]


def _still(still: Still) -> tuple[Piece, bytes]:
    path = f"{still.sha256[:2]}/{still.sha256}.jpg"
    boxes = [_box(one) for one in still.boxes]
    at = moment(still.captured_at)
    return Piece(KIND.STILL, at, still.sha256, path, len(still.jpeg), boxes), still.jpeg


def _clip(clip: Clip) -> tuple[Piece, bytes]:
    path = f"{clip.sha256[:2]}/{clip.sha256}.zip"
    return Piece(KIND.CLIP, moment(clip.began_at), clip.sha256, path, len(clip.data), []), clip.data


def _box(one: Detection) -> dict[str, Any]:
    return {"label": str(one.label), "score": round(one.score, 3), **asdict(one.box)}


def _keep(piece: Piece, data: bytes, technical: bool, now: datetime) -> Piece:
    """The piece as it is now: on the disk, or gone for want of room."""
    if not data:  # left out on its way here
        return replace(piece, gone=Gone.NO_ROOM)
    if hashlib.sha256(data).hexdigest() != piece.sha256:
        raise BadEvidence(piece.sha256)
    clip = piece.kind == KIND.CLIP
    # A clip of a technical incident is the next to go: it pushes nothing else out.
    has_room = make_room(size=piece.size, clip=clip, may_shed=not (clip and technical), now=now)
    kept = has_room and _written(piece, data)
    return piece if kept else replace(piece, gone=Gone.NO_ROOM, size=0)


def _written(piece: Piece, data: bytes) -> bool:
    try:
        files.write_once(piece.path, data)
    except OSError as error:
        log.error("evidence %s was not written: %s", piece.sha256, error)
        return False
    return True


def add_evidence(incident: Incident, pieces: Iterable[Piece]) -> list[Piece]:
    """The rows of the pieces that the incident has not yet, in the caller's transaction; returns these pieces."""
    known = set(incident.evidence.values_list("sha256", flat=True))
    new = [piece for piece in pieces if piece.sha256 not in known]
    Evidence.objects.bulk_create(
        Evidence(
            incident=incident,
            kind=one.kind,
            captured_at=one.captured_at,
            sha256=one.sha256,
            path=one.path,
            size=one.size,
            boxes=one.boxes,
            gone=one.gone,
        )
        for one in new
    )
    return new


def view_still(*, evidence: Evidence, actor: Actor, now: datetime) -> bytes:
    """The JPEG; who looked is recorded. EvidenceGone, BadEvidence when the file is gone or was changed."""
    return _view(evidence, actor, now)


def view_clip(*, evidence: Evidence, actor: Actor, now: datetime) -> list[Frame]:
    """The clip's frames in their order; who looked is recorded. EvidenceGone, BadEvidence."""
    try:
        return read_clip(_view(evidence, actor, now))
    except ClipDamaged as error:
        raise BadEvidence(evidence.sha256) from error


@transaction.atomic
def _view(evidence: Evidence, actor: Actor, now: datetime) -> bytes:
    """The log of views has its own stream: looking changes nothing that a board shows."""
    if evidence.gone:
        raise EvidenceGone(evidence.gone)
    incident = evidence.incident
    data = {
        "kind": evidence.kind,
        "sha256": evidence.sha256,
        "incident": incident.pk,
        "sitting": incident.sitting_id,
    }
    stream = f"evidence:{incident.sitting.session_id}"
    audit.record(audit.Act(stream, "evidence.viewed", f"evidence:{evidence.pk}", str(actor), data), now)
    return files.read(evidence.path, evidence.sha256)
