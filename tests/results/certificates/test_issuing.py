"""Who is issued a certificate, with which number, and who collects it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from examserver.kernel.access import NotAllowed
from examserver.kernel.chain import broken_entries
from examserver.kernel.models import LogEntry
from examserver.kernel.transitions import IllegalMove
from examserver.registration.models import Institution
from examserver.results.certificates.states import CertificateState
from examserver.results.models import Certificate, SerialCounter
from examserver.results.selectors.certificates import to_collect
from examserver.results.services.certificates import (
    collect_in_person,
    hand_over,
    issue_certificate,
    note_eligible,
)
from tests.results.certificates.bureau import NOW, Bureau, F, P, stored

RESIT = date(2026, 6, 20)


@pytest.mark.requirement("REQ-8")
def test_who_has_passed_both_gets_one_certificate_and_asking_again_adds_none(bureau: Bureau) -> None:
    row = bureau.issued()
    assert row.number == "S000031400071263000001"
    bureau.sat(row.candidate, date(2026, 6, 1), theory=P, practical=P)
    assert (note_eligible(now=NOW), Certificate.objects.count()) == (0, 1)
    with pytest.raises(IllegalMove):
        issue_certificate(certificate_id=row.pk, actor=bureau.officer, now=NOW)
    assert SerialCounter.objects.get().last == 1


def test_who_has_failed_one_gets_none(bureau: Bureau) -> None:
    bureau.sat(bureau.person(), theory=P, practical=F)
    assert note_eligible(now=NOW) == 0


@pytest.mark.requirement("S49", partly=True)
def test_a_kept_pass_and_its_resit_make_a_certificate_with_both_days(bureau: Bureau) -> None:
    who = bureau.person()
    bureau.sat(who, theory=P, practical=F)
    bureau.sat(who, RESIT, full=False, practical=P)
    assert note_eligible(now=NOW) == 1
    row = Certificate.objects.get()
    days = [one.sitting.session.exam_day.date for one in (row.theory, row.practical)]
    assert days == [date(2026, 3, 28), RESIT]


@pytest.mark.requirement("REQ-71", partly=True)
def test_a_pass_given_up_by_a_new_day_in_full_makes_no_certificate(bureau: Bureau) -> None:
    who = bureau.person()
    bureau.sat(who, theory=P, practical=F)
    bureau.sat(who, RESIT, theory=F, practical=P)
    assert note_eligible(now=NOW) == 0


def test_only_an_officer_issues_and_only_while_both_are_passed(bureau: Bureau) -> None:
    row = bureau.eligible()
    with pytest.raises(NotAllowed, match="officer_only"):
        issue_certificate(certificate_id=row.pk, actor=bureau.clerk, now=NOW)
    type(row.theory).objects.filter(pk=row.theory_id).update(state="VOIDED")
    with pytest.raises(NotAllowed, match="subject_fell"):
        issue_certificate(certificate_id=row.pk, actor=bureau.officer, now=NOW)
    assert SerialCounter.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_issued_at_once_the_serials_have_no_gap(committed_bureau: Bureau) -> None:
    rows = [committed_bureau.eligible(f"甲{index}") for index in range(6)]
    twice = [row.pk for row in rows for _ in range(2)]

    def issue(pk: int) -> bool:
        try:
            issue_certificate(certificate_id=pk, actor=committed_bureau.officer, now=NOW)
        except IllegalMove:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(issue, twice)) == len(rows)
    serials = sorted(int(number[-6:]) for number in Certificate.objects.values_list("number", flat=True))
    assert serials == [1, 2, 3, 4, 5, 6]
    assert not list(broken_entries("certificates"))


@pytest.mark.requirement("REQ-75", "S59")
def test_a_person_collects_in_person_with_the_id_checked(bureau: Bureau) -> None:
    row = bureau.issued()
    with pytest.raises(NotAllowed, match="identity_differs"):
        collect_in_person(certificate_id=row.pk, id_tail="000000", actor=bureau.clerk, now=NOW)
    tail = row.candidate.id_number[-6:]
    with pytest.raises(NotAllowed, match="clerk_only"):
        collect_in_person(certificate_id=row.pk, id_tail=tail, actor=bureau.officer, now=NOW)
    collect_in_person(certificate_id=row.pk, id_tail=tail, actor=bureau.clerk, now=NOW)
    assert (stored(row).state, stored(row).collected_at) == (CertificateState.COLLECTED, NOW)
    assert (stored(row).identity_checked, stored(row).collected_from_id) == (True, bureau.clerk.id)
    assert LogEntry.objects.filter(action="certificate.collected").count() == 1


@pytest.mark.requirement("REQ-74", "S59")
def test_an_institution_is_handed_the_whole_list_and_its_people_cannot_collect(bureau: Bureau) -> None:
    school = Institution.objects.create(code="S1", name="学校")
    rows = [bureau.issued(f"甲{index}") for index in range(2)]
    own = bureau.issued("乙")
    Certificate.objects.filter(pk__in=[row.pk for row in rows]).update(institution=school)
    tail = rows[0].candidate.id_number[-6:]
    with pytest.raises(NotAllowed, match="through_institution"):
        collect_in_person(certificate_id=rows[0].pk, id_tail=tail, actor=bureau.clerk, now=NOW)
    listed = [row.pk for row in to_collect(school.pk)]
    with pytest.raises(NotAllowed, match="list_changed"):
        hand_over(
            institution_id=school.pk,
            certificate_ids=[*listed, own.pk],
            receiver="李",
            actor=bureau.clerk,
            now=NOW,
        )
    done = hand_over(
        institution_id=school.pk, certificate_ids=listed, receiver="李", actor=bureau.clerk, now=NOW
    )
    assert (done.receiver, done.certificates.count(), to_collect(school.pk).count()) == ("李", 2, 0)
    assert stored(own).state == CertificateState.ISSUED
