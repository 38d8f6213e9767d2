"""Who may propose and confirm a case, and what must hold before a confirmation: the reminder gate. Pure.

Requirements A.5: 二.1, 二.2 and 二.3 cannot be confirmed unless a reminder of the same sitting and the same clause was
not complied with, and there is evidence later than that reminder.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from examserver.invigilation.states import CaseState, ReminderState
from examserver.kernel.access import Role
from examserver.registration.notice import Clause

_ROOM = frozenset({Role.INVIGILATOR, Role.CHIEF_INVIGILATOR})
_CHIEF = frozenset({Role.CHIEF_INVIGILATOR})
_OFFICE = frozenset({Role.OFFICER})

# Anybody of these may report; who may sign as first and as second person depends on the tier (requirements B.2).
ROOM_TIER = 2
REPORTERS = _ROOM | _OFFICE
PROPOSERS = MappingProxyType({ROOM_TIER: _ROOM, 3: _CHIEF, 4: _OFFICE})
CONFIRMERS = MappingProxyType({ROOM_TIER: _ROOM, 3: _OFFICE, 4: _OFFICE})


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """What the gate needs to know of a reminder of the case's own sitting."""

    id: int
    clause: str
    state: ReminderState
    issued_at: datetime
    decided_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What the gate needs to know of an incident of the case's own sitting; `seen_at` is its latest report."""

    clauses: tuple[str, ...]
    dismissed: bool
    seen_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case, and every reminder and incident of its sitting."""

    clause: Clause
    state: CaseState
    proposed_at: datetime | None
    reminders: tuple[ReminderFacts, ...]
    incidents: tuple[IncidentFacts, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the check-list: proposed, reminded, not_complied, later_evidence; when it was met."""

    code: str
    met: bool
    at: datetime | None


def _incident_after(incident: IncidentFacts, reminder: ReminderFacts) -> datetime | None:
    """When the incident was seen after the reminder: it goes on, or was reported or ended later."""
    if incident.dismissed or reminder.clause not in incident.clauses:
        return None
    last = max(incident.seen_at, incident.ended_at or incident.seen_at)
    if incident.ended_at is None:
        return max(last, reminder.issued_at)
    return last if last > reminder.issued_at else None


def later_evidence(reminder: ReminderFacts, incidents: Iterable[IncidentFacts]) -> datetime | None:
    """The first moment after the reminder at which the same is evidenced, by a note of staff or an incident."""
    moments = [_incident_after(incident, reminder) for incident in incidents]
    noted = reminder.note.strip() and reminder.decided_at and reminder.decided_at > reminder.issued_at
    if noted:
        moments.append(reminder.decided_at)
    return min((moment for moment in moments if moment is not None), default=None)


def _rank(reminder: ReminderFacts, incidents: tuple[IncidentFacts, ...]) -> tuple[bool, bool, datetime]:
    refused = reminder.state is ReminderState.NOT_COMPLIED
    return refused and later_evidence(reminder, incidents) is not None, refused, reminder.issued_at


def best_reminder(case: CaseFacts) -> ReminderFacts | None:
    """The reminder of the case's clause that fulfils most; of equals the newest."""
    own = [one for one in case.reminders if one.clause == case.clause.code]
    return max(own, key=lambda one: _rank(one, case.incidents), default=None)


def conditions(case: CaseFacts) -> tuple[Condition, ...]:
    """The check-list of a case, in the order in which it fills."""
    proposed = Condition(
        "proposed", case.state not in (CaseState.OPEN, CaseState.WITHDRAWN), case.proposed_at
    )
    if not case.clause.reminder_required:
        return (proposed,)
    reminder = best_reminder(case)
    if reminder is None:
        return (
            *(Condition(code, False, None) for code in ("reminded", "not_complied", "later_evidence")),
            proposed,
        )
    refused = reminder.state is ReminderState.NOT_COMPLIED
    later = later_evidence(reminder, case.incidents)
    return (
        Condition("reminded", True, reminder.issued_at),
        Condition("not_complied", refused, reminder.decided_at if refused else None),
        Condition("later_evidence", later is not None, later),
        proposed,
    )


def gate_holds(case: CaseFacts) -> bool:
    """Whether the reminder gate is open; always for a clause that needs no reminder."""
    needed = (one for one in conditions(case) if one.code != "proposed")
    return all(one.met for one in needed)
