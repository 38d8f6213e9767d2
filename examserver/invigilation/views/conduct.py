"""Acts of staff on incidents, reminders and cases."""

from typing import Any, Protocol

from django.http import HttpRequest

from examserver.invigilation.services import cases, reminders
from examserver.invigilation.services.incidents import acknowledge_incident, dismiss_incident
from examserver.invigilation.views.bodies import DONE, Dismissal, Note, Nothing
from examserver.invigilation.views.finding import case_for, incident_for, reminder_for
from examserver.kernel import clock
from examserver.kernel.http import actor_of, body, json_view

Answer = dict[str, Any]


@json_view("POST")
def acknowledge(request: HttpRequest, incident: int) -> Answer:
    """ "Looked at"."""
    body(request, Nothing)
    actor = actor_of(request)
    acknowledge_incident(incident=incident_for(actor, incident), actor=actor, now=clock.now())
    return DONE


@json_view("POST")
def dismiss(request: HttpRequest, incident: int) -> Answer:
    """There is nothing in it, and why."""
    reason, actor = body(request, Dismissal).reason, actor_of(request)
    dismiss_incident(incident=incident_for(actor, incident), actor=actor, reason=reason, now=clock.now())
    return DONE


class ReminderService(Protocol):
    """A decision about a reminder."""

    def __call__(self, *, reminder: Any, actor: Any, note: str, now: Any) -> None: ...


class CaseService(Protocol):
    """The second signature under a case, or its withdrawal."""

    def __call__(self, *, case: Any, actor: Any, note: str, now: Any) -> Any: ...


def _on_reminder(service: ReminderService) -> Any:
    @json_view("POST")
    def act(request: HttpRequest, reminder: int) -> Answer:
        note, actor = body(request, Note).note, actor_of(request)
        service(reminder=reminder_for(actor, reminder), actor=actor, note=note, now=clock.now())
        return DONE

    return act


def _on_case(service: CaseService) -> Any:
    @json_view("POST")
    def act(request: HttpRequest, case: int) -> Answer:
        note, actor = body(request, Note).note, actor_of(request)
        service(case=case_for(actor, case), actor=actor, note=note, now=clock.now())
        return DONE

    return act


complied = _on_reminder(reminders.mark_complied)
not_complied = _on_reminder(reminders.mark_not_complied)
confirm = _on_case(cases.confirm_case)
withdraw = _on_case(cases.withdraw_case)
