"""Cases: one person proposes, another confirms; only then anything follows. The reminder gate stands here."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from examserver.delivery import selectors as delivery
from examserver.invigilation import gate, selectors
from examserver.invigilation.models import Case, Incident, Reminder
from examserver.invigilation.services.changes import Change, case_changed
from examserver.invigilation.services.consequences import apply_consequences
from examserver.invigilation.states import (
    CASE_MOVES,
    INCIDENT_MOVES,
    OPEN_CASES,
    CaseState,
    IncidentState,
    Severity,
)
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.transitions import check_move, move
from examserver.registration.notice import CLAUSES, VERSION, Clause, clause


@dataclass(frozen=True, slots=True)
class NewCase:
    """A report against a candidate: the clause, how grave (tier 四 only), in whose words, and on what it rests."""

    clause: str
    severity: Severity = Severity.NONE
    note: str = ""
    incident: Incident | None = None
    reminder: Reminder | None = None


def propose_case(*, sitting_id: int, actor: Actor, new: NewCase, now: datetime) -> Case:
    """A new case: PROPOSED when the actor may sign first for its tier, else OPEN until one who may proposes it too.

    NotAllowed staff_only, unknown_clause, severity_required, severity_not_allowed, note_required, clause_mismatch,
    incident_mismatch, case_exists. IllegalMove when the incident was dismissed.
    """
    found = _check_new(sitting_id, actor, new)
    try:
        with transaction.atomic():
            reported = selectors.open_case(sitting_id, found.code)
            if reported is not None:
                return _sign(reported, actor, new, now)
            return _create(sitting_id, actor, found, new, now)
    except IntegrityError as error:  # somebody else reported the same in the same moment
        raise NotAllowed("case_exists") from error


def _check_new(sitting_id: int, actor: Actor, new: NewCase) -> Clause:
    if not actor.has(*gate.REPORTERS):
        raise NotAllowed("staff_only")
    found = CLAUSES.get(new.clause)
    if found is None:
        raise NotAllowed("unknown_clause")
    if found.severity_required != (new.severity is not Severity.NONE):
        raise NotAllowed("severity_required" if found.severity_required else "severity_not_allowed")
    if found.note_required and not new.note.strip():
        raise NotAllowed("note_required")
    if new.incident is not None and new.incident.sitting_id != sitting_id:
        raise NotAllowed("incident_mismatch")
    if new.reminder is not None and (new.reminder.sitting_id, new.reminder.clause) != (
        sitting_id,
        found.code,
    ):
        raise NotAllowed("clause_mismatch")
    return found


def _create(sitting_id: int, actor: Actor, found: Clause, new: NewCase, now: datetime) -> Case:
    proposed = actor.has(*gate.PROPOSERS[found.tier])
    case = Case.objects.create(
        sitting_id=sitting_id,
        clause=found.code,
        clause_version=VERSION,
        severity=new.severity,
        state=CaseState.PROPOSED if proposed else CaseState.OPEN,
        note=new.note.strip(),
        act_at=_act_at(sitting_id, new, now),
        incident=new.incident,
        reminder=new.reminder,
        opened_by_id=actor.id,
        opened_at=now,
        proposed_by_id=actor.id if proposed else None,
        proposed_at=now if proposed else None,
    )
    if new.incident is not None and new.incident.state != IncidentState.ATTACHED:
        move(new.incident, INCIDENT_MOVES, IncidentState.ATTACHED)
    case_changed(case, Change("case.proposed" if proposed else "case.opened", actor, now, _facts(case)))
    return case


def _sign(reported: Case, actor: Actor, new: NewCase, now: datetime) -> Case:
    """The first signature under what somebody else reported: OPEN -> PROPOSED, with the signer's severity and words."""
    case = locked(reported)
    if case.state != CaseState.OPEN or not actor.has(*gate.PROPOSERS[clause(case.clause).tier]):
        raise NotAllowed("case_exists")
    words = "\n".join(part for part in (case.note, new.note.strip()) if part)
    changes = {"proposed_by_id": actor.id, "proposed_at": now, "severity": new.severity, "note": words}
    move(case, CASE_MOVES, CaseState.PROPOSED, **changes)
    case_changed(case, Change("case.proposed", actor, now, _facts(case)))
    return case


def _act_at(sitting_id: int, new: NewCase, now: datetime) -> datetime:
    """When it happened: the incident, else the reminder, else now, but not later than the sitting's end."""
    if new.incident is not None:
        return new.incident.started_at
    if new.reminder is not None:
        return new.reminder.issued_at
    over = delivery.sitting(sitting_id).submitted_at
    return min(now, over) if over is not None else now


def _facts(case: Case) -> dict[str, object]:
    return {"clause": case.clause, "severity": case.severity, "note": case.note, "incident": case.incident_id}


def locked(case: Case) -> Case:
    """The case as it is now, held until the caller's transaction ends."""
    return Case.objects.select_for_update(of=("self",)).select_related("sitting", "incident").get(pk=case.pk)


@transaction.atomic
def confirm_case(*, case: Case, actor: Actor, note: str, now: datetime) -> Case:
    """The second signature, and what follows from it, in one transaction.

    NotAllowed reminder_required (the gate), second_person_needed, role_needed, not_on_duty. IllegalMove unless
    PROPOSED.
    """
    case = locked(case)
    check_move(CASE_MOVES, CaseState(case.state), CaseState.CONFIRMED)
    reminder = pass_gate(case)
    _check_second(case, actor)
    move(
        case,
        CASE_MOVES,
        CaseState.CONFIRMED,
        confirmed_by_id=actor.id,
        confirmed_at=now,
        reminder_id=reminder,
        decision_note=note.strip(),
    )
    case_changed(case, Change("case.confirmed", actor, now, {**_facts(case), "decision": note.strip()}))
    apply_consequences(case, actor, now)
    return case


def pass_gate(case: Case) -> int | None:
    """The id of the reminder that opens the gate; None where the clause needs none; reminder_required."""
    facts = selectors.case_facts(case)
    if not gate.gate_holds(facts):
        raise NotAllowed("reminder_required")
    if not facts.clause.reminder_required:
        return case.reminder_id
    best = gate.best_reminder(facts)
    return best.id if best is not None else None


def _check_second(case: Case, actor: Actor) -> None:
    if actor.id == case.proposed_by_id:
        raise NotAllowed("second_person_needed")
    tier = clause(case.clause).tier
    if not actor.has(*gate.CONFIRMERS[tier]):
        raise NotAllowed("role_needed")
    by_the_room = tier == gate.ROOM_TIER and not actor.has(Role.CHIEF_INVIGILATOR)
    if by_the_room and not delivery.is_on_duty(case.sitting.session_id, actor.id):
        raise NotAllowed("not_on_duty")


@transaction.atomic
def withdraw_case(*, case: Case, actor: Actor, note: str, now: datetime) -> Case:
    """Nothing follows from it: by who reported or proposed it, the chief or the office, with a reason.

    NotAllowed role_needed, reason_needed; IllegalMove once it is confirmed.
    """
    case = locked(case)
    if case.state not in OPEN_CASES:
        check_move(CASE_MOVES, CaseState(case.state), CaseState.PROPOSED)
    own = actor.id in (case.opened_by_id, case.proposed_by_id)
    if not (own or actor.has(Role.CHIEF_INVIGILATOR, Role.OFFICER)):
        raise NotAllowed("role_needed")
    if not note.strip():
        raise NotAllowed("reason_needed")
    changes = {"withdrawn_by_id": actor.id, "withdrawn_at": now, "decision_note": note.strip()}
    move(case, CASE_MOVES, CaseState.WITHDRAWN, **changes)
    case_changed(case, Change("case.withdrawn", actor, now, {"note": note.strip()}))
    return case
