"""Takes in what the proctor reports, and what staff decide about it. Nothing here changes a sitting or a score."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from examserver.delivery import selectors as delivery
from examserver.delivery.timing import is_paused
from examserver.invigilation.clauses import incident_rule
from examserver.invigilation.models import Evidence, Incident
from examserver.invigilation.services.changes import Change, incident_changed
from examserver.invigilation.services.evidence import StoredStill, moment, store_stills
from examserver.invigilation.states import INCIDENT_MOVES, DismissReason, IncidentState
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

    The stills are on the disk before the row that names them. Raises UnknownIncident, BadEvidence, ForeignReport.
    """
    rule = incident_rule(report.code)
    if not (Incident.objects.filter(uid=report.uid).exists() or _was_open(report)):
        log.warning("incident %s dropped: sitting %s was not open", report.uid, report.source)
        return None
    stills = store_stills(report.stills)
    with transaction.atomic():
        incident, created = Incident.objects.select_for_update().get_or_create(
            uid=report.uid,
            defaults={
                "sitting_id": report.source,
                "code": report.code.value,
                "started_at": moment(report.started_at),
                "seen_at": moment(max(report.at, report.started_at)),
                "score": report.score,
                "clauses": list(rule.clauses),
            },
        )
        if incident.sitting_id != report.source:
            raise ForeignReport(report.uid)
        added = _add_evidence(incident, stills)
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
    """Bring the row up to the report; False when it says nothing new."""
    seen_at, score = moment(report.at), max(incident.score, report.score)
    before = (incident.seen_at, incident.score, incident.ended_at)
    incident.seen_at, incident.score = max(incident.seen_at, seen_at), score
    if report.phase == "ended" and incident.ended_at is None:
        incident.ended_at = max(seen_at, incident.started_at)
    if before == (incident.seen_at, incident.score, incident.ended_at):
        return False
    incident.save(update_fields=["seen_at", "score", "ended_at"])
    return True


def _add_evidence(incident: Incident, stills: Sequence[StoredStill]) -> list[str]:
    known = set(incident.evidence.values_list("sha256", flat=True))
    new = {still.sha256: still for still in stills if still.sha256 not in known}
    Evidence.objects.bulk_create(
        Evidence(incident=incident, captured_at=s.captured_at, sha256=s.sha256, path=s.path, boxes=s.boxes)
        for s in new.values()
    )
    return list(new)


def _facts(report: IncidentReport, added: Sequence[str]) -> dict[str, object]:
    return {
        "uid": report.uid,
        "code": report.code.value,
        "phase": report.phase,
        "score": round(report.score, 3),
        "stills": list(added),
    }


@transaction.atomic
def note_incident(*, noted: Noted, now: datetime) -> Incident:
    """Store what the server itself noticed; the same `uid` again changes nothing, or ends what went on.

    Raises UnknownIncident, BadUid, ForeignReport, and ObjectDoesNotExist where there is no such sitting.
    """
    if not 0 < len(noted.uid) <= UID_LENGTH:
        raise BadUid(noted.uid)
    delivery.sitting(noted.sitting_id)
    incident, created = _noted_row(noted)
    if (incident.sitting_id, incident.code) != (noted.sitting_id, noted.code):
        raise ForeignReport(noted.uid)
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
    move(incident, INCIDENT_MOVES, IncidentState.DISMISSED, dismissed_because=reason)
    incident_changed(incident, Change("incident.dismissed", actor, now, {"reason": reason}))
