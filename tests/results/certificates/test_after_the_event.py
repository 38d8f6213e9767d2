"""From the day to the certificate and back: sat, graded, released, issued, and void by a case long after."""

from collections.abc import Callable

import pytest

from examserver.delivery.models import ExamDay, Sitting
from examserver.invigilation.services.cases import NewCase, confirm_case, propose_case
from examserver.kernel.access import Actor
from examserver.results.certificates.states import CertificateState
from examserver.results.models import Certificate
from examserver.results.routines import follow_results
from examserver.results.selectors.certificates import eligible, undeclared
from examserver.results.selectors.days import release_plan
from examserver.results.services.certificates import issue_certificate
from examserver.results.services.releasing import release_results
from itembank.states import Subject
from tests.registration.catalogue.notices import load
from tests.results.conftest import Both, settle
from tests.scoring.venue import LATER, Venue


@pytest.mark.requirement("REQ-104")
@pytest.mark.requirement("S54", partly=True)
def test_a_case_that_is_confirmed_after_the_issue_brings_the_certificate_down(
    held: Venue, day: ExamDay, officer: Actor, good: Both, grade: Callable[[Sitting, str], None]
) -> None:
    load()
    grade(good[Subject.PRACTICAL], "1")
    follow_results(LATER)
    assert eligible().count() == 0
    release_results(exam_day=day, actor=officer, seen=release_plan(day.date).digest, now=LATER)
    follow_results(LATER)
    row = issue_certificate(certificate_id=eligible().get().pk, actor=officer, now=LATER)
    new = NewCase(clause="二.4", note="违反第三条")
    case = propose_case(sitting_id=good[Subject.THEORY].pk, actor=held.second, new=new, now=LATER)
    settle()
    follow_results(LATER)
    assert Certificate.objects.get().state == CertificateState.ISSUED
    confirm_case(case=case, actor=held.chief, note="属实", now=LATER)
    settle()
    follow_results(LATER)
    assert [one.pk for one in undeclared()] == [row.pk]
    assert "二.4" in Certificate.objects.get().revocation.reason
