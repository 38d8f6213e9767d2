"""What the office does with a confirmed case: the written decision, telling the candidate, the appeal, and its end."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from examserver.delivery.selectors import venue_date
from examserver.invigilation.appeals import is_graver
from examserver.invigilation.clauses import REFERRED
from examserver.invigilation.models import Appeal, Case
from examserver.invigilation.services.announcing import announce_decision, announce_ruling
from examserver.invigilation.services.cases import locked, pass_gate
from examserver.invigilation.services.changes import Change, case_changed
from examserver.invigilation.services.consequences import take_back
from examserver.invigilation.states import CASE_MOVES, RULINGS, CaseState, Severity, ToldBy
from examserver.kernel.access import SYSTEM, Actor, NotAllowed, Role
from examserver.kernel.transitions import check_move, move
from examserver.registration.dates.workdays import working_days_after
from examserver.registration.notice import CLAUSES
from examserver.registration.selectors.catalogue import work_calendar

LONGEST = 4000
A_ROUND = 100


@dataclass(frozen=True, slots=True)
class Ruling:
    """How an appeal ends, in whose words; clause and severity only where the verdict becomes another."""

    outcome: CaseState
    note: str
    clause: str = ""
    severity: Severity = Severity.NONE


def _officer_only(actor: Actor) -> None:
    if not actor.has(Role.OFFICER):
        raise NotAllowed("officer_only")


@transaction.atomic
def decide_case(*, case: Case, document: str, actor: Actor, now: datetime) -> Case:
    """The written decision is made out, under the number of its document.

    NotAllowed officer_only, document_needed; IllegalMove unless CONFIRMED.
    """
    _officer_only(actor)
    if not document.strip():
        raise NotAllowed("document_needed")
    case = locked(case)
    signed = {"document": document.strip()[:120], "decided_by_id": actor.id, "decided_at": now}
    move(case, CASE_MOVES, CaseState.DECIDED, **signed)
    case_changed(case, Change("case.decided", actor, now, {"document": case.document}))
    return case


@transaction.atomic
def tell_decision(*, case: Case, told_by: ToldBy, on: date, actor: Actor, now: datetime) -> Case:
    """The candidate has been told on that day; from the next day on the window for an appeal runs, in working days.

    NotAllowed officer_only, told_day_wrong for a day before the decision or to come; IllegalMove unless DECIDED.
    """
    _officer_only(actor)
    case = locked(case)
    check_move(CASE_MOVES, CaseState(case.state), CaseState.NOTIFIED)
    if case.decided_at is None or not venue_date(case.decided_at) <= on <= venue_date(now):
        raise NotAllowed("told_day_wrong")
    until = working_days_after(on, settings.APPEAL_WINDOW_WORKDAYS, work_calendar()).day
    move(case, CASE_MOVES, CaseState.NOTIFIED, told_by=told_by, told_on=on, appeal_until=until)
    facts = {"by": told_by, "on": str(on), "appeal_until": str(until)}
    case_changed(case, Change("case.told", actor, now, facts))
    announce_decision(case, now)
    return case


@transaction.atomic
def file_appeal(*, case: Case, grounds: str, received_on: date, actor: Actor, now: datetime) -> Appeal:
    """The candidate objects, on the page or by a letter that an officer enters with the day on which it came.

    The caller has checked whose case it is. NotAllowed appeal_grounds_needed, appeal_late, told_day_wrong for a day
    before the candidate was told or to come; IllegalMove unless NOTIFIED.
    """
    case = locked(case)
    check_move(CASE_MOVES, CaseState(case.state), CaseState.APPEALED)
    if not grounds.strip():
        raise NotAllowed("appeal_grounds_needed")
    _check_window(case, received_on, venue_date(now))
    appeal = Appeal.objects.create(
        case=case,
        grounds=grounds.strip()[:LONGEST],
        received_on=received_on,
        filed_by=str(actor),
        filed_at=now,
        clause_before=case.clause,
        severity_before=case.severity,
    )
    move(case, CASE_MOVES, CaseState.APPEALED)
    case_changed(case, Change("case.appealed", actor, now, {"received_on": str(received_on)}))
    return appeal


def _check_window(case: Case, received_on: date, today: date) -> None:
    if case.told_on is None or case.appeal_until is None or not case.told_on <= received_on <= today:
        raise NotAllowed("told_day_wrong")
    if received_on > case.appeal_until:
        raise NotAllowed("appeal_late")


@transaction.atomic
def decide_appeal(*, case: Case, ruling: Ruling, actor: Actor, now: datetime) -> Case:
    """An officer who signed neither time decides; what no longer stands is given back from what was kept.

    NotAllowed officer_only, other_person_needed, ruling_needed, reason_needed; for another verdict unknown_clause,
    graver_verdict, same_verdict, severity_required, severity_not_allowed, reminder_required. IllegalMove unless
    APPEALED.
    """
    _officer_only(actor)
    case = locked(case)
    if ruling.outcome not in RULINGS:
        raise NotAllowed("ruling_needed")
    check_move(CASE_MOVES, CaseState(case.state), ruling.outcome)
    if actor.id in (case.proposed_by_id, case.confirmed_by_id):
        raise NotAllowed("other_person_needed")
    if not ruling.note.strip():
        raise NotAllowed("reason_needed")
    move(case, CASE_MOVES, ruling.outcome, **_changes(case, ruling, actor, now))
    _close_appeal(case, ruling, actor, now)
    facts = {"clause": case.clause, "severity": case.severity, "note": ruling.note.strip()[:LONGEST]}
    case_changed(case, Change(f"case.{ruling.outcome.lower()}", actor, now, facts))
    if ruling.outcome is not CaseState.UPHELD:
        take_back(case, actor, now)
    announce_ruling(case, now)
    return case


def _changes(case: Case, ruling: Ruling, actor: Actor, now: datetime) -> dict[str, object]:
    if ruling.outcome is CaseState.WITHDRAWN:
        return {"withdrawn_by_id": actor.id, "withdrawn_at": now}
    if ruling.outcome is CaseState.UPHELD:
        return {}
    _check_verdict(case, ruling)
    case.clause, case.severity = ruling.clause, ruling.severity
    return {"clause": ruling.clause, "severity": ruling.severity, "reminder_id": pass_gate(case)}


def _check_verdict(case: Case, ruling: Ruling) -> None:
    found = CLAUSES.get(ruling.clause)
    if found is None:
        raise NotAllowed("unknown_clause")
    if found.severity_required != (ruling.severity is not Severity.NONE):
        raise NotAllowed("severity_required" if found.severity_required else "severity_not_allowed")
    if (ruling.clause, ruling.severity) == (case.clause, case.severity):
        raise NotAllowed("same_verdict")
    if is_graver(ruling.clause, ruling.severity, case.clause, Severity(case.severity)):
        raise NotAllowed("graver_verdict")


def _close_appeal(case: Case, ruling: Ruling, actor: Actor, now: datetime) -> None:
    said = {"ruling": ruling.outcome, "note": ruling.note.strip()[:LONGEST]}
    Appeal.objects.filter(case=case, ruling="").update(**said, decided_by_id=actor.id, decided_at=now)


def close_cases(*, now: datetime) -> int:
    """Close what nobody appealed against while the window was open; returns how many. Idempotent.

    A case that is to be referred stays open until it was (REQ-96).
    """
    over = Case.objects.filter(state=CaseState.NOTIFIED, appeal_until__lt=venue_date(now))
    over = over.exclude(severity__in=REFERRED, referral__isnull=True)
    rows = list(over.select_related("sitting", "incident")[:A_ROUND])
    for case in rows:
        with transaction.atomic():
            move(case, CASE_MOVES, CaseState.CLOSED)
            case_changed(case, Change("case.closed", SYSTEM, now, {}))
    return len(rows)
