"""Reads incidents, reminders and cases as an actor may see them, and builds the board's cards and snapshot."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from examserver.delivery import selectors as delivery
from examserver.invigilation import gate, permits
from examserver.invigilation.appeals import Verdict
from examserver.invigilation.cards import (
    OFFICIAL_LANGUAGE,
    BoxLine,
    CaseCard,
    ClauseLine,
    ConditionLine,
    IncidentCard,
    ReminderCard,
    StillLine,
    ViewCard,
    in_language,
)
from examserver.invigilation.clauses import incident_rule
from examserver.invigilation.models import Case, Evidence, Incident, Reminder, SeatView
from examserver.invigilation.precision import Finding
from examserver.invigilation.signal_lines import signal_lines
from examserver.invigilation.states import (
    CONFIRMED_CASES,
    OPEN_CASES,
    OPEN_REMINDERS,
    CaseState,
    IncidentState,
    ReminderState,
)
from examserver.kernel import chain
from examserver.kernel.access import Actor
from examserver.kernel.clock import milliseconds, wire
from examserver.kernel.events import changed
from examserver.registration.notice import clause, tier_of

_UNDECIDED = (IncidentState.RAISED, IncidentState.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A board as it is: the number of the newest event in it, and every object by collection."""

    number: int
    objects: dict[str, list[dict[str, Any]]]


def incidents_of(session_id: int) -> QuerySet[Incident]:
    """Every incident of the session, oldest first, with its evidence."""
    found = Incident.objects.filter(sitting__session_id=session_id).prefetch_related("evidence", "signals")
    return found.order_by("started_at", "pk")


def open_incidents(session_id: int) -> QuerySet[Incident]:
    """The incidents of the session about which nobody has decided yet."""
    return incidents_of(session_id).filter(state__in=_UNDECIDED)


def reminders_of(session_id: int) -> QuerySet[Reminder]:
    """Every reminder of the session, oldest first."""
    found = Reminder.objects.filter(sitting__session_id=session_id).select_related("issued_by")
    return found.order_by("issued_at", "pk")


def cases_of(session_id: int) -> QuerySet[Case]:
    """Every case of the session, oldest first."""
    found = Case.objects.filter(sitting__session_id=session_id)
    return found.select_related("proposed_by", "confirmed_by").order_by("opened_at", "pk")


def incident_for(actor: Actor, pk: int) -> Incident:
    """The incident `pk` in a session that `actor` may see; Incident.DoesNotExist otherwise."""
    return Incident.objects.get(pk=pk, sitting__session__in=delivery.sessions_for(actor))


def reminder_for(actor: Actor, pk: int) -> Reminder:
    """The reminder `pk` in a session that `actor` may see; Reminder.DoesNotExist otherwise."""
    return Reminder.objects.get(pk=pk, sitting__session__in=delivery.sessions_for(actor))


def views_of(session_id: int) -> QuerySet[SeatView]:
    """When each seat of the session was last opened; seats that nobody opened have no row."""
    found = SeatView.objects.filter(sitting__session_id=session_id)
    return found.select_related("viewed_by").order_by("sitting_id")


def case_for(actor: Actor, pk: int) -> Case:
    """The case `pk` in a session that `actor` may see; Case.DoesNotExist otherwise."""
    return Case.objects.get(pk=pk, sitting__session__in=delivery.sessions_for(actor))


def evidence_for(actor: Actor, sitting_id: int, pk: int) -> Evidence:
    """A piece of evidence of a sitting that `actor` may see; Evidence.DoesNotExist otherwise."""
    found = Evidence.objects.select_related("incident__sitting")
    return found.get(
        pk=pk, incident__sitting_id=sitting_id, incident__sitting__session__in=delivery.sessions_for(actor)
    )


def open_reminder(sitting_id: int, clause_code: str) -> Reminder | None:
    """The reminder of the clause about which nobody has decided yet."""
    found = Reminder.objects.filter(sitting_id=sitting_id, clause=clause_code, state__in=OPEN_REMINDERS)
    return found.first()


def open_case(sitting_id: int, clause_code: str) -> Case | None:
    """The case of the clause that is neither confirmed nor withdrawn."""
    return Case.objects.filter(sitting_id=sitting_id, clause=clause_code, state__in=OPEN_CASES).first()


def _still_line(sitting_id: int, still: Evidence) -> StillLine:
    return StillLine(
        kind=still.kind,
        gone=still.gone,
        url=reverse(f"evidence_{still.kind.lower()}", args=[sitting_id, still.pk]),
        captured_at=milliseconds(still.captured_at),
        sha256=still.sha256,
        boxes=[msgspec.convert(box, BoxLine) for box in still.boxes],
    )


def _clause_line(code: str) -> ClauseLine:
    found = clause(code)
    return ClauseLine(
        code=code, text=found.text(OFFICIAL_LANGUAGE), reminder_required=found.reminder_required
    )


def incident_card(incident: Incident) -> IncidentCard:
    """The incident as the board shows it."""
    return IncidentCard(
        id=incident.pk,
        sitting=incident.sitting_id,
        code=incident.code,
        state=incident.state,
        started_at=milliseconds(incident.started_at),
        ended_at=wire(incident.ended_at),
        score=round(incident.score, 3),
        risk=incident_rule(incident.code).risk,
        clauses=[_clause_line(code) for code in incident.clauses],
        stills=[_still_line(incident.sitting_id, still) for still in incident.evidence.all()],
        signals=signal_lines(incident.signals.all()),
        dismissed_because=incident.dismissed_because,
    )


def reminder_card(reminder: Reminder) -> ReminderCard:
    """The reminder as the board shows it."""
    comply = timedelta(seconds=settings.REMINDER_COMPLY_SECONDS)
    return ReminderCard(
        id=reminder.pk,
        sitting=reminder.sitting_id,
        clause=reminder.clause,
        incident=reminder.incident_id,
        state=reminder.state,
        issued_at=milliseconds(reminder.issued_at),
        issued_by=reminder.issued_by.display_name,
        shown_at=wire(reminder.shown_at),
        read_at=wire(reminder.read_at),
        decided_at=wire(reminder.decided_at),
        comply_by=milliseconds((reminder.shown_at or reminder.issued_at) + comply),
    )


def case_card(case: Case, facts: gate.CaseFacts) -> CaseCard:
    """The case as the board shows it, with its check-list."""
    conditions = gate.conditions(facts)
    return CaseCard(
        id=case.pk,
        sitting=case.sitting_id,
        clause=case.clause,
        severity=case.severity,
        state=case.state,
        note=case.note,
        proposed_by=case.proposed_by.display_name if case.proposed_by else None,
        proposed_at=wire(case.proposed_at),
        confirmed_by=case.confirmed_by.display_name if case.confirmed_by else None,
        confirmed_at=wire(case.confirmed_at),
        conditions=[ConditionLine(code=one.code, met=one.met, at=wire(one.at)) for one in conditions],
    )


def view_card(view: SeatView) -> ViewCard:
    """The last look at a seat as the board shows it."""
    return ViewCard(
        id=view.sitting_id, viewed_at=milliseconds(view.viewed_at), viewed_by=view.viewed_by.display_name
    )


def case_cards(cases: Iterable[Case]) -> list[CaseCard]:
    """The cards of `cases`; the reminders and incidents of all their sittings are read at once."""
    found = list(cases)
    sittings = {case.sitting_id for case in found}
    reminders, incidents = _reminder_facts(sittings), _incident_facts(sittings)
    return [
        case_card(one, _facts(one, reminders[one.sitting_id], incidents[one.sitting_id])) for one in found
    ]


def case_cards_of(sitting_id: int) -> list[CaseCard]:
    """The cards of every case of one sitting: what a changed reminder or incident may have changed too."""
    cases = Case.objects.filter(sitting_id=sitting_id).select_related("proposed_by", "confirmed_by")
    return case_cards(cases.order_by("opened_at", "pk"))


def case_facts(case: Case) -> gate.CaseFacts:
    """The case as the gate judges it."""
    sittings = {case.sitting_id}
    return _facts(
        case, _reminder_facts(sittings)[case.sitting_id], _incident_facts(sittings)[case.sitting_id]
    )


def _facts(
    case: Case, reminders: list[gate.ReminderFacts], incidents: list[gate.IncidentFacts]
) -> gate.CaseFacts:
    state = CaseState(case.state)
    return gate.CaseFacts(clause(case.clause), state, case.proposed_at, tuple(reminders), tuple(incidents))


def _reminder_facts(sittings: set[int]) -> Mapping[int, list[gate.ReminderFacts]]:
    found: dict[int, list[gate.ReminderFacts]] = defaultdict(list)
    for row in Reminder.objects.filter(sitting_id__in=sittings).order_by("pk"):
        state = ReminderState(row.state)
        facts = gate.ReminderFacts(row.pk, row.clause, state, row.issued_at, row.decided_at, row.note)
        found[row.sitting_id].append(facts)
    return found


def _incident_facts(sittings: set[int]) -> Mapping[int, list[gate.IncidentFacts]]:
    found: dict[int, list[gate.IncidentFacts]] = defaultdict(list)
    for row in Incident.objects.filter(sitting_id__in=sittings).order_by("pk"):
        dismissed = row.state == IncidentState.DISMISSED
        facts = gate.IncidentFacts(tuple(row.clauses), dismissed, row.seen_at, row.ended_at)
        found[row.sitting_id].append(facts)
    return found


def open_case_sittings(sitting_ids: Iterable[int]) -> frozenset[int]:
    """Of these sittings, those with a case that is neither confirmed nor withdrawn: their results wait."""
    open_cases = Case.objects.filter(sitting_id__in=list(sitting_ids), state__in=OPEN_CASES)
    return frozenset(open_cases.values_list("sitting_id", flat=True))


def standing_cases() -> QuerySet[Case]:
    """Every case that two people have signed and no appeal took back."""
    closed = Q(state=CaseState.CLOSED, withdrawn_at=None)
    return Case.objects.filter(Q(state__in=CONFIRMED_CASES) | closed)


def verdicts_on(ticket_id: int) -> list[Verdict]:
    """What stands against the candidate of an admission ticket."""
    rows = standing_cases().filter(sitting__ticket_id=ticket_id)
    return [Verdict(sitting, code) for sitting, code in rows.values_list("sitting_id", "clause")]


def void_clauses(sitting_ids: Iterable[int]) -> dict[int, str]:
    """The clause under which each of these sittings is void: its own case's, or a graver one of the same day."""
    wanted = list(sitting_ids)
    reached = standing_cases().filter(sitting__ticket__sittings__id__in=wanted)
    rows = reached.values_list("clause", "sitting_id", "sitting__ticket__sittings__id")
    found: dict[int, str] = {}
    for code, own, sitting in rows.order_by("confirmed_at", "pk"):
        reaches = sitting == own or tier_of(code).voids_all
        if reaches and tier_of(code).tier > (tier_of(found[sitting]).tier if sitting in found else 0):
            found[sitting] = code
    return found


def snapshot(actor: Actor, session_id: int, language: str) -> Snapshot:
    """The board of a session that `actor` may see, in `language`; Session.DoesNotExist otherwise.

    The number is read first: an event that lands in between is then both in the objects and sent again, which changes
    nothing, because an object in an event is whole.
    """
    stream = delivery.stream(session_id)
    number = chain.last_number(stream)
    session = delivery.session_for(actor, session_id)
    objects = changed(
        stream,
        number,
        (
            delivery.header(session),
            *map(delivery.tile, delivery.sittings_of(session)),
            *map(incident_card, incidents_of(session_id)),
            *map(reminder_card, reminders_of(session_id)),
            *case_cards(cases_of(session_id)),
            *map(permits.leave_card, permits.leaves_of(session_id)),
            *map(permits.device_card, permits.device_rules_of(session_id)),
            *map(view_card, views_of(session_id)),
        ),
    ).objects
    return Snapshot(number, in_language(objects, language))


def unfollowed_reminders() -> QuerySet[Reminder]:
    """The reminders whose notice has been shown or read since the reminder was last brought up to date."""
    shown = Q(state=ReminderState.ISSUED, notice__shown_at__isnull=False)
    read = Q(state=ReminderState.SHOWN, notice__read_at__isnull=False)
    return Reminder.objects.filter(shown | read).order_by("pk")


def findings_of_day(session_id: int) -> Iterator[Finding]:
    """What staff have decided so far about every incident of the session's exam day, in all its rooms."""
    reminded = Exists(Reminder.objects.filter(incident=OuterRef("pk")))
    in_a_case = Exists(Case.objects.filter(incident=OuterRef("pk")))
    found = Incident.objects.filter(sitting__session__exam_day__sessions=session_id)
    rows = found.annotate(acted_on=reminded | in_a_case).values_list("code", "acted_on", "dismissed_because")
    for code, acted_on, reason in rows.order_by("code", "pk"):
        yield Finding(code, acted_on=acted_on, dismissed_because=reason)
