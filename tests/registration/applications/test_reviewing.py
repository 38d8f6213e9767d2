"""Decisions: by whom, on what, with which words, and never twice."""

from collections.abc import Callable
from typing import Any

import pytest

from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.models import LogEntry
from examserver.kernel.transitions import IllegalMove
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import ApplicationState, CancelledAs, Channel
from examserver.registration.models import Application, Bar
from examserver.registration.selectors.applications import application as visible_application
from examserver.registration.selectors.applications import events, visible_to
from examserver.registration.services import applications as services
from examserver.registration.services import reviewing
from examserver.registration.services.reviewing import Decision
from tests.registration.applications.people import NOW, Office, institution, person, seen, staff, stored

S = ApplicationState


@pytest.mark.requirement("REQ-30", "S6")
def test_the_body_does_not_review_a_group_before_its_institution(office: Office) -> None:
    application = office.submitted(office.member)
    assert application.channel == Channel.GROUP
    with pytest.raises(IllegalMove):
        reviewing.take_under_review(seen=seen(application), actor=office.clerk, now=NOW)
    with pytest.raises(IllegalMove):
        reviewing.approve(seen=seen(application), decision=Decision(), actor=office.clerk, now=NOW)
    assert stored(application).state == S.SUBMITTED
    reviewing.precheck(seen=seen(application), actor=office.member, now=NOW)
    office.sign_form(application)
    reviewing.take_under_review(seen=seen(application), actor=office.clerk, now=NOW)
    reviewing.approve(seen=seen(application), decision=Decision(), actor=office.clerk, now=NOW)
    assert stored(application).state == S.APPROVED
    looked = next(event for event in events(application) if event.deed == "precheck")
    assert (looked.actor, looked.at) == (str(office.member), NOW)


@pytest.mark.requirement("REQ-29", "REQ-30")
def test_only_its_own_institution_looks_at_it_first(office: Office) -> None:
    application = office.submitted(office.member)
    _, stranger = institution("S2")
    with pytest.raises(Application.DoesNotExist):
        reviewing.precheck(seen=seen(application), actor=stranger, now=NOW)
    with pytest.raises(NotAllowed, match="role_needed"):
        reviewing.precheck(seen=seen(application), actor=office.clerk, now=NOW)
    assert application.institution == office.school[0]


def test_anothers_application_is_as_if_it_were_not_there(office: Office) -> None:
    own, others = office.submitted(person(1)), office.submitted(person(2))
    for actor in (person(3), institution("S2")[1], staff(Role.GRADER)):
        assert not visible_to(actor).exists()
        with pytest.raises(Application.DoesNotExist):
            visible_application(own.pk, actor)
    owner = Actor("candidate", own.candidate_id or 0, frozenset({Role.CANDIDATE}))
    assert list(visible_to(owner)) == [own]
    with pytest.raises(Application.DoesNotExist):
        services.withdraw(seen=seen(others), reason="", actor=owner, now=NOW)
    assert set(visible_to(office.clerk)) == {own, others}


@pytest.mark.requirement("REQ-37", partly=True)
def test_nothing_is_approved_without_the_signed_original(office: Office, settings: Any) -> None:
    application = office.submitted(person())
    reviewing.take_under_review(seen=seen(application), actor=office.clerk, now=NOW)
    with pytest.raises(Refused, match="original_missing"):
        reviewing.approve(seen=seen(application), decision=Decision(), actor=office.clerk, now=NOW)
    settings.FORM_ORIGINAL_WAIVED = {"DESK"}
    with pytest.raises(Refused, match="original_missing"):
        reviewing.approve(seen=seen(application), decision=Decision(), actor=office.clerk, now=NOW)
    settings.FORM_ORIGINAL_WAIVED = {"ONLINE"}
    reviewing.approve(seen=seen(application), decision=Decision(), actor=office.clerk, now=NOW)


@pytest.mark.requirement("REQ-15", partly=True)
def test_the_alternative_that_held_is_kept(office: Office) -> None:
    application = office.under_review()
    decision = Decision("工作年限以社保记录为准", "L3-2")
    reviewing.approve(seen=seen(application), decision=decision, actor=office.clerk, now=NOW)
    row = stored(application)
    assert (row.alternative, events(row)[-1].data) == ("L3-2", {"alternative": "L3-2"})


@pytest.mark.parametrize("decide", [reviewing.reject, reviewing.return_for_material])
def test_who_is_turned_away_reads_why(office: Office, decide: Callable[..., Application]) -> None:
    application = office.under_review()
    with pytest.raises(NotAllowed, match="reason_needed"):
        decide(seen=seen(application), decision=Decision("  "), actor=office.clerk, now=NOW)
    decide(seen=seen(application), decision=Decision("缺少毕业证书"), actor=office.clerk, now=NOW)
    assert events(application)[-1].reason == "缺少毕业证书"


def test_what_was_returned_comes_again_with_the_same_month_and_documents(office: Office) -> None:
    application = office.under_review()
    back = Decision("照片不清楚")
    reviewing.return_for_material(seen=seen(application), decision=back, actor=office.clerk, now=NOW)
    before = application.documents.count()
    again = services.submit(seen=seen(application), actor=office.clerk, now=NOW)
    assert (again.state, again.submitted_at, again.documents.count()) == (S.SUBMITTED, NOW, before)


def test_a_second_decision_on_the_same_page_is_refused(office: Office) -> None:
    application = office.under_review()
    both = seen(application)
    reviewing.approve(seen=both, decision=Decision(), actor=office.clerk, now=NOW)
    with pytest.raises(NotAllowed, match="changed_meanwhile"):
        reviewing.reject(seen=both, decision=Decision("不符"), actor=office.other_clerk, now=NOW)
    assert stored(application).state == S.APPROVED


def test_a_candidate_decides_nothing(office: Office) -> None:
    application = office.submitted(person())
    owner = Actor("candidate", stored(application).candidate_id or 0, frozenset({Role.CANDIDATE}))
    with pytest.raises(NotAllowed, match="role_needed"):
        reviewing.take_under_review(seen=seen(application), actor=owner, now=NOW)


@pytest.mark.requirement("S57")
@pytest.mark.requirement("REQ-38", partly=True)
def test_mere_ineligibility_cancels_without_a_bar(office: Office) -> None:
    application = office.under_review()
    reviewing.cancel_qualification(
        seen=seen(application),
        found=CancelledAs.INELIGIBLE,
        reason="年限不足",
        actor=office.clerk,
        now=NOW,
    )
    row = stored(application)
    assert (row.state, row.cancelled_as) == (S.QUALIFICATION_CANCELLED, CancelledAs.INELIGIBLE)
    assert not Bar.objects.exists()


@pytest.mark.requirement("REQ-39", "S56", partly=True)
def test_forgery_is_another_outcome_and_gives_no_money_back(office: Office) -> None:
    application = office.under_review()
    reviewing.approve(seen=seen(application), decision=Decision(), actor=office.clerk, now=NOW)
    with pytest.raises(NotAllowed, match="finding_needed"):
        reviewing.cancel_qualification(
            seen=seen(application), found=CancelledAs.NONE, reason="x", actor=office.clerk, now=NOW
        )
    reviewing.cancel_qualification(
        seen=seen(application), found=CancelledAs.FRAUD, reason="证书系伪造", actor=office.clerk, now=NOW
    )
    row = stored(application)
    assert (row.cancelled_as, row.non_refundable) == (CancelledAs.FRAUD, True)
    assert events(row)[-1].data == {"found": "FRAUD"}


def test_every_step_is_in_the_history_and_the_audit(office: Office) -> None:
    application = office.under_review()
    reviewing.approve(seen=seen(application), decision=Decision(), actor=office.clerk, now=NOW)
    numbers = [event.number for event in events(application)]
    assert numbers == list(range(1, stored(application).version + 1))
    acts = LogEntry.objects.filter(subject=f"application:{application.pk}").order_by("number")
    assert [act.action for act in acts] == [f"application.{one}" for one in ("submit", "take", "approve")]
