"""From the day to the certificate and back: sat, graded, released, issued, and void by a case long after."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from examserver.delivery.models import ExamDay, Sitting
from examserver.invigilation.services.appeals import close_cases, decide_case, tell_decision
from examserver.invigilation.services.cases import NewCase, confirm_case, propose_case
from examserver.invigilation.services.referrals import Handover, refer_case
from examserver.invigilation.states import Severity, ToldBy
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.registration.models import Bar
from examserver.results.certificates.states import CertificateState, DeclaredBy
from examserver.results.models import Certificate, Revocation
from examserver.results.routines import follow_results
from examserver.results.selectors.certificates import eligible, undeclared
from examserver.results.selectors.days import release_plan
from examserver.results.services.certificates import collect_in_person, issue_certificate
from examserver.results.services.compiling import compile_results
from examserver.results.services.releasing import release_results
from examserver.results.services.revoking import (
    Decision,
    confirm_uploaded,
    export_entries,
    revoke_certificate,
)
from itembank.states import Subject
from tests.registration.catalogue.notices import load
from tests.results.conftest import Both, settle
from tests.scoring import venue as made
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


def certified(good: Both, day: ExamDay, officer: Actor, grade: Callable[[Sitting, str], None]) -> Certificate:
    """Passed, released, issued, known to the look-ups and collected."""
    load()
    grade(good[Subject.PRACTICAL], "1")
    follow_results(LATER)
    release_results(exam_day=day, actor=officer, seen=release_plan(day.date).digest, now=LATER)
    follow_results(LATER)
    row = issue_certificate(certificate_id=eligible().get().pk, actor=officer, now=LATER)
    export_entries(actor=officer, now=LATER)
    confirm_uploaded(certificate_id=row.pk, actor=officer, now=LATER)
    tail = row.candidate.id_number[-6:]
    return collect_in_person(
        certificate_id=row.pk, id_tail=tail, actor=made.staff("clerk", Role.CLERK), now=LATER
    )


def said_of(row: Certificate) -> str:
    """What the public page says of it."""
    asked = {"number": row.number, "who": row.candidate.name}
    return Client().post("/verify/", asked).content.decode()


@pytest.mark.requirement("S54")
def test_who_let_another_sit_loses_the_certificate_and_both_are_barred_and_referred(
    day: ExamDay,
    officer: Actor,
    good: Both,
    poor: Both,
    grade: Callable[[Sitting, str], None],
) -> None:
    row = certified(good, day, officer, grade)
    second, found = made.staff("second officer", Role.OFFICER), LATER + timedelta(days=157)
    new = NewCase(clause="四.4", severity=Severity.SERIOUS, note="两次人脸记录不是同一人")
    cases = []
    for sitting in (good[Subject.THEORY], poor[Subject.THEORY]):
        case = propose_case(sitting_id=sitting.pk, actor=officer, new=new, now=found)
        with pytest.raises(NotAllowed, match="second_person_needed"):
            confirm_case(case=case, actor=officer, note="属实", now=found)
        cases.append(confirm_case(case=case, actor=second, note="属实", now=found))
    compile_results(now=found)
    follow_results(found)
    of_both = Sitting.objects.filter(ticket__in=[one[Subject.THEORY].ticket for one in (good, poor)])
    assert set(of_both.values_list("state", flat=True)) == {"VOID_ALL"}
    assert (Certificate.objects.get().state, [one.pk for one in undeclared()]) == ("REVOKED", [row.pk])
    decision = Decision(DeclaredBy.BODY, "认定〔2026〕9 号", found.date(), "由他人冒名顶替")
    revoke_certificate(certificate_id=row.pk, decision=decision, actor=officer, now=found)
    assert Revocation.objects.get().declared_by == DeclaredBy.BODY
    assert "WITHDRAW" in export_entries(actor=officer, now=found).decode("utf-8-sig")
    assert "已作废" in said_of(row)
    assert {(one.first_day, one.last_day) for one in Bar.objects.all()} == {(day.date, date(2031, 3, 27))}
    assert Bar.objects.count() == 2
    over = found + timedelta(days=30)
    for case in cases:
        decide_case(case=case, document="认定〔2026〕9 号", actor=officer, now=found)
        tell_decision(case=case, told_by=ToldBy.LETTER, on=found.date(), actor=officer, now=found)
    assert close_cases(now=over) == 0
    for case in cases:
        handover = Handover("市公安局", "证据〔2026〕9 号", over.date())
        refer_case(case=case, handover=handover, actor=officer, now=over)
    assert close_cases(now=over) == 2
