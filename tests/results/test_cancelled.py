"""A qualification that is cancelled afterwards takes the results of its own application, and no other's (REQ-38)."""

from collections.abc import Callable

import pytest

from examserver.delivery.models import ExamDay, Sitting
from examserver.delivery.routines import void_cancelled
from examserver.kernel.access import Actor, Role
from examserver.registration.applications.states import ApplicationState, CancelledAs
from examserver.registration.models import Application
from examserver.registration.services.reviewing import cancel_qualification
from examserver.results.models import Certificate, SubjectResult
from examserver.results.routines import follow_results
from examserver.results.selectors.certificates import eligible
from examserver.results.selectors.days import release_plan
from examserver.results.services.certificates import issue_certificate
from examserver.results.services.releasing import release_results
from examserver.results.states import ResultState
from itembank.states import Subject
from tests.registration.applications.people import seen, staff
from tests.registration.catalogue.notices import load
from tests.results.conftest import Both, settle
from tests.results.test_resits import full
from tests.scoring.venue import LATER, Venue

Grade = Callable[[Sitting, str], None]


def applied(sittings: Both) -> Application:
    """The application, completed, that the sittings belong to."""
    ticket = sittings[Subject.THEORY].ticket
    application = full(ticket.candidate)
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.COMPLETED)
    ticket.application = application
    ticket.save(update_fields=["application"])
    return Application.objects.get(pk=application.pk)


def cancel(application: Application, found: CancelledAs) -> None:
    """A clerk finds it out, and the server follows."""
    clerk = staff(Role.CLERK)
    cancel_qualification(seen=seen(application), found=found, reason="学历证书系伪造", actor=clerk, now=LATER)
    follow()


def follow() -> None:
    void_cancelled(LATER)
    settle()
    follow_results(LATER)


def release(day: ExamDay, officer: Actor) -> None:
    release_results(exam_day=day, actor=officer, seen=release_plan(day.date).digest, now=LATER)
    follow_results(LATER)


@pytest.mark.requirement("REQ-38", "REQ-39")
@pytest.mark.parametrize("found", [CancelledAs.FRAUD, CancelledAs.INELIGIBLE])
def test_after_the_certificate_the_results_fall_the_certificate_is_invalid_and_no_fee_comes_back(
    held: Venue, officer: Actor, good: Both, grade: Grade, found: CancelledAs
) -> None:
    load()
    grade(good[Subject.PRACTICAL], "1")
    release(held.theory.exam_day, officer)
    issue_certificate(certificate_id=eligible().get().pk, actor=officer, now=LATER)
    application = applied(good)
    cancel(application, found)
    states = Sitting.objects.filter(ticket__application=application).values_list("state", flat=True)
    assert set(states) == {"VOID_ALL"}
    results = SubjectResult.objects.filter(sitting__ticket__application=application)
    assert set(results.values_list("state", flat=True)) == {ResultState.VOIDED}
    assert Certificate.objects.get().state == "REVOKED"
    assert Application.objects.get(pk=application.pk).non_refundable


def test_others_keep_theirs_and_following_again_changes_nothing(held: Venue, good: Both, poor: Both) -> None:
    load()
    cancel(applied(good), CancelledAs.FRAUD)
    rows = list(SubjectResult.objects.order_by("pk").values())
    assert SubjectResult.objects.get(sitting=poor[Subject.THEORY]).state == ResultState.FAILED
    follow()
    assert list(SubjectResult.objects.order_by("pk").values()) == rows
