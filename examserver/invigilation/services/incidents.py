"""Takes in what the proctor reports, and what staff decide about it. Nothing here changes a sitting or a score."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from examserver.delivery import selectors as delivery
from examserver.delivery.timing import is_paused
from examserver.invigilation.clauses import incident_rule, proposed_clauses
from examserver.invigilation.models import Incident
from examserver.invigilation.services.changes import Change, incident_changed
from examserver.invigilation.services.evidence import Piece, add_evidence, keep_pictures, moment
from examserver.invigilation.states import INCIDENT_MOVES, DismissReason, Gone, IncidentState
from examserver.kernel.access import SYSTEM, Actor
from examserver.kernel.transitions import move
from proctor.reports import IncidentReport

log = logging.getLogger(__name__)


UID_LENGTH = 64


class ForeignReport(ValueError):
    """A report about another sitting than the one its incident belongs to."""


class BadUid(ValueError):
    """A name that an incident cannot carry: empty, or longer than 64 characters."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What the server itself noticed at a seat, from when to when; it goes on while `ended` is None.

    `uid` names the happening: the same one twice is one incident. `facts` is plain JSON for the audit entry.
    """

    sitting_id: int
    code: str
    uid: str
    began: datetime
    ended: datetime | None
    facts: Mapping[str, Any]


def record_incident(*, report: IncidentReport, now: datetime) -> Incident | None:
    """Store one phase of an incident; again, it changes nothing. None when the sitting was not open at that time.

    Pictures are on the disk before the row that names them; those without room there are named as gone, and nothing
    stops. Raises UnknownIncident, BadEvidence, ForeignReport.
    """
    proposed = proposed_clauses(report.code, report.at - report.started_at)
    known = Incident.objects.filter(uid=report.uid).exists()
    if not (known or (report.phase != "filmed" and _was_open(report))):
        log.warning("incident %s dropped: sitting %s was not open", report.uid, report.source)
        return None
    pieces = keep_pictures(report=report, now=now)
    with transaction.atomic():
        incident, created = Incident.objects.select_for_update().get_or_create(
            uid=report.uid,
            defaults={
                "sitting_id": report.source,
                "code": report.code.value,
                "started_at": moment(report.started_at),
                "seen_at": moment(max(report.at, report.started_at)),
                "score": report.score,
                "clauses": proposed,
            },
        )
        if incident.sitting_id != report.source:
            raise ForeignReport(report.uid)
        added = add_evidence(incident, pieces)
        if _follow(incident, report) or created or added:
            action = f"incident.{'raised' if created else report.phase}"
            incident_changed(incident, Change(action, SYSTEM, now, _facts(report, added)))
    return incident


def _was_open(report: IncidentReport) -> bool:
    """Whether the candidate was at work when it was reported; the report itself may come in after the hand-in."""
    try:
        sitting = delivery.sitting(report.source)
    except ObjectDoesNotExist:
        return False
    at = moment(report.at)
    begun = sitting.started_at is not None and sitting.started_at <= at
    over = sitting.submitted_at is not None and sitting.submitted_at < moment(report.started_at)
    paused = is_paused([entry for entry in delivery.ledger(sitting) if entry.at <= at])
    return begun and not over and not paused


def _follow(incident: Incident, report: IncidentReport) -> bool:
    """Bring the row up to the report; False when it says nothing new. A clip comes later than what it shows."""
    if report.phase == "filmed":
        return False
    seen_at, score = moment(report.at), max(incident.score, report.score)
    before = (incident.seen_at, incident.score, incident.ended_at)
    incident.seen_at, incident.score = max(incident.seen_at, seen_at), score
    if report.phase == "ended" and incident.ended_at is None:
        incident.ended_at = max(seen_at, incident.started_at)
    if before == (incident.seen_at, incident.score, incident.ended_at):
        return False
    lasted = (incident.seen_at - incident.started_at).total_seconds()
    incident.clauses = incident.clauses or proposed_clauses(incident.code, lasted)
    incident.save(update_fields=["seen_at", "score", "ended_at", "clauses"])
    return True


def _facts(report: IncidentReport, added: Sequence[Piece]) -> dict[str, object]:
    """What the audit keeps: every picture by its hash, also those that found no room."""
    missing = [piece.sha256 for piece in added if piece.gone is Gone.NO_ROOM]
    return {
        "uid": report.uid,
        "code": report.code.value,
        "phase": report.phase,
        "score": round(report.score, 3),
        "stills": [piece.sha256 for piece in added if piece.kind == "STILL"],
        "clips": [piece.sha256 for piece in added if piece.kind == "CLIP"],
        "no_room": missing,
    }


def _nothing(_incident: Incident) -> None:
    pass


@transaction.atomic
def note_incident(*, noted: Noted, now: datetime, belongs: Callable[[Incident], None] = _nothing) -> Incident:
    """Store what the server itself noticed; the same `uid` again changes nothing, or ends what went on.

    `belongs` attaches to the incident what its card shows, before the card is told.
    Raises UnknownIncident, BadUid, ForeignReport, and ObjectDoesNotExist where there is no such sitting.
    """
    if not 0 < len(noted.uid) <= UID_LENGTH:
        raise BadUid(noted.uid)
    delivery.sitting(noted.sitting_id)
    incident, created = _noted_row(noted)
    if (incident.sitting_id, incident.code) != (noted.sitting_id, noted.code):
        raise ForeignReport(noted.uid)
    belongs(incident)
    ended = not created and _end(incident, noted.ended)
    if created or ended:
        facts = {"uid": noted.uid, "code": noted.code, "facts": dict(noted.facts)}
        action = "incident.raised" if created else "incident.ended"
        incident_changed(incident, Change(action, SYSTEM, now, facts))
    return incident


def _end(incident: Incident, at: datetime | None) -> bool:
    """End what goes on; False when it had ended, or still goes on."""
    if at is None or incident.ended_at is not None:
        return False
    incident.ended_at = max(at, incident.started_at)
    incident.seen_at = max(incident.seen_at, incident.ended_at)
    incident.save(update_fields=["seen_at", "ended_at"])
    return True


def _noted_row(noted: Noted) -> tuple[Incident, bool]:
    """The row and whether it is new; the server is sure of what it says, so the score is 1."""
    ended = None if noted.ended is None else max(noted.ended, noted.began)
    return Incident.objects.select_for_update().get_or_create(
        uid=noted.uid,
        defaults={
            "sitting_id": noted.sitting_id,
            "code": noted.code,
            "started_at": noted.began,
            "seen_at": ended or noted.began,
            "ended_at": ended,
            "score": 1.0,
            "clauses": list(incident_rule(noted.code).clauses),
        },
    )


@transaction.atomic
def acknowledge_incident(*, incident: Incident, actor: Actor, now: datetime) -> None:
    """Somebody has looked at it; repeated, it changes nothing."""
    if incident.state == IncidentState.ACKNOWLEDGED:
        return
    move(incident, INCIDENT_MOVES, IncidentState.ACKNOWLEDGED)
    incident_changed(incident, Change("incident.acknowledged", actor, now, {}))


@transaction.atomic
def dismiss_incident(*, incident: Incident, actor: Actor, reason: DismissReason, now: datetime) -> None:
    """Staff find nothing in it; the row stays, for the detector's statistics."""
    move(incident, INCIDENT_MOVES, IncidentState.DISMISSED, dismissed_because=reason, decided_at=now)
    incident_changed(incident, Change("incident.dismissed", actor, now, {"reason": reason}))
