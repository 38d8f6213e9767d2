"""Judges a resit again where it goes on: when it is handed in, and when the day of its exam is known (AMB-13)."""

from datetime import date

from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import Origin
from examserver.registration.models import Application
from examserver.registration.resits.values import Allowed, Ask, Denied
from examserver.registration.selectors.outcomes import asked_on, resit, warned


def resit_changes(application: Application, candidate_id: int, today: date) -> dict[str, list[str]]:
    """Which subjects a resit that is handed in is for, by what is released now; nothing for another application.

    Refused as `resits.rules.judge` says.
    """
    if application.origin != Origin.RESIT:
        return {}
    answer = _allowed(application, candidate_id, asked_on(today))
    return {"subjects": sorted(one.value for one in answer.subjects)}


def check_resit_on(application: Application, exam_on: date, today: date) -> None:
    """The kept pass must reach the day of the exam (REQ-70); Refused `result_expired` and the others of `judge`."""
    if application.origin == Origin.RESIT and application.candidate_id is not None:
        _allowed(application, application.candidate_id, Ask(today, exam_on=exam_on))


def _allowed(application: Application, candidate_id: int, ask: Ask) -> Allowed:
    answer = resit(candidate_id, application.offering, ask)
    if isinstance(answer, Denied):
        raise Refused([answer.fault])
    return answer


def check_consent(application: Application, candidate_id: int, today: date) -> None:
    """Who gives up a kept pass by applying in full has consented to it before (REQ-71); Refused `gives_up_resit`."""
    fault = None if application.consented_at else warned(application, today, candidate_id)
    if fault:
        raise Refused([fault])
