"""Resits, certificates and revocations are told, an institution's certificates to it as well."""

from datetime import date

import pytest

from examserver.notifications.models import Notification
from examserver.notifications.selectors import inbox
from examserver.notifications.words import body
from examserver.results.certificates.states import DeclaredBy
from examserver.results.models import Certificate
from examserver.results.routines import follow_results
from examserver.results.services.certificates import hand_over, issue_certificate
from examserver.results.services.revoking import Decision, revoke_certificate
from tests.registration.applications.people import institution
from tests.results.certificates.bureau import NOW, Bureau, F, P

pytestmark = pytest.mark.django_db


def of(event: str) -> list[Notification]:
    return list(Notification.objects.filter(event=event).exclude(candidate=None).order_by("pk"))


@pytest.mark.requirement("REQ-67", "REQ-68", partly=True)
def test_who_passed_one_subject_and_failed_the_other_is_told_of_the_resit_and_until_when_once(
    bureau: Bureau,
) -> None:
    bureau.sat(bureau.person(), theory=P, practical=F)
    for _ in range(2):
        follow_results(NOW)
    [row] = of("resit.offered")
    assert (row.facts["subjects"]["zh"], row.facts["until"]) == ("操作技能", "2028-03-28")


@pytest.mark.parametrize("states", [{"theory": P, "practical": P}, {"theory": F, "practical": F}])
def test_where_there_is_no_resit_none_is_told_of(bureau: Bureau, states: dict[str, object]) -> None:
    bureau.sat(bureau.person(), **states)  # type: ignore[arg-type]
    follow_results(NOW)
    assert of("resit.offered") == []


def test_a_result_that_changes_after_it_was_told_is_told_again(bureau: Bureau) -> None:
    theory, _ = bureau.sat(bureau.person(), theory=P, practical=P)
    follow_results(NOW)
    assert of("result.amended") == []
    theory.state = "VOIDED"
    theory.save(update_fields=["state"])
    follow_results(NOW)
    [row] = of("result.amended")
    assert row.facts["subject"]["zh"] == "理论知识"


@pytest.mark.requirement("REQ-75", partly=True)
def test_the_holder_is_told_where_the_certificate_is(bureau: Bureau) -> None:
    row = bureau.issued()
    [told] = of("certificate.ready")
    assert told.candidate_id == row.candidate_id
    assert row.number in body(told)
    assert "川桥路" in body(told)


@pytest.mark.requirement("REQ-74", partly=True)
def test_an_institution_is_told_that_it_collects_and_its_people_when_it_has(bureau: Bureau) -> None:
    school, member = institution("S9")
    row = bureau.eligible()
    Certificate.objects.filter(pk=row.pk).update(institution=school)
    issue_certificate(certificate_id=row.pk, actor=bureau.officer, now=NOW)
    hand_over(institution_id=school.pk, certificate_ids=[row.pk], receiver="李", actor=bureau.clerk, now=NOW)
    assert [one.event for one in inbox(member)] == ["certificate.ready_institution"]
    mine = Notification.objects.filter(candidate=row.candidate).order_by("pk")
    events = [one.event for one in mine if one.event.startswith("certificate")]
    assert events == ["certificate.ready_institution", "certificate.handed"]


@pytest.mark.requirement("REQ-105", partly=True)
def test_who_loses_a_certificate_is_told(bureau: Bureau) -> None:
    row = bureau.issued()
    decision = Decision(DeclaredBy.BODY, "2026-1", date(2026, 6, 20), "材料虚假")
    revoke_certificate(certificate_id=row.pk, decision=decision, actor=bureau.officer, now=NOW)
    [told] = of("certificate.revoked")
    assert (told.candidate_id, told.facts["number"]) == (row.candidate_id, row.number)
    assert "材料虚假" not in body(told)
