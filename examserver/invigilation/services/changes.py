"""What every change here leaves behind: an audit entry in the session's stream, and an event for its board."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from examserver.delivery.selectors import stream
from examserver.invigilation import selectors
from examserver.invigilation.models import Case, Incident, Reminder, SeatView
from examserver.kernel import audit
from examserver.kernel.access import Actor
from examserver.kernel.models import LogEntry
from examserver.kernel.publish import publish


@dataclass(frozen=True, slots=True)
class Change:
    """What was done (`case.confirmed`), by whom, when, and the facts worth keeping."""

    action: str
    actor: Actor
    now: datetime
    data: Mapping[str, Any]


def _record(row: Incident | Reminder | Case | SeatView, change: Change) -> LogEntry:
    subject = f"{type(row).__name__.lower()}:{row.pk}"
    data = {"sitting": row.sitting_id, **change.data}
    act = audit.Act(stream(row.sitting.session_id), change.action, subject, str(change.actor), data)
    return audit.record(act, change.now)


def incident_changed(incident: Incident, change: Change) -> None:
    """Record it; the sitting's cases go along, for an incident may be the evidence that a case waits for."""
    cases = selectors.case_cards_of(incident.sitting_id)
    publish(_record(incident, change), selectors.incident_card(incident), *cases)


def reminder_changed(reminder: Reminder, change: Change) -> None:
    """Record it; the sitting's cases go along, for their check-list reads the reminders."""
    cases = selectors.case_cards_of(reminder.sitting_id)
    publish(_record(reminder, change), selectors.reminder_card(reminder), *cases)


def case_changed(case: Case, change: Change) -> None:
    """Record it and show the case, and the incident that it holds."""
    incidents = [] if case.incident is None else [selectors.incident_card(case.incident)]
    publish(_record(case, change), *selectors.case_cards_of(case.sitting_id), *incidents)


def seat_viewed(view: SeatView, change: Change) -> None:
    """Record the look and show it."""
    publish(_record(view, change), selectors.view_card(view))
