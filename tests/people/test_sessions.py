"""Workstation sessions: one open for a candidate, and a closed one cannot act."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from examserver.kernel.access import ANONYMOUS, Role
from examserver.people import selectors, services
from examserver.people.cookies import read_cookie, session_cookie
from examserver.people.models import Candidate, CandidateSession

NOW = datetime(2026, 3, 28, 0, 40, tzinfo=UTC)


@pytest.fixture
def candidate(db: None) -> Candidate:
    return services.add_candidate(name="张三", id_number="11010519491231002x")


def test_a_second_sign_in_closes_the_first(candidate: Candidate) -> None:
    first = services.open_session(candidate=candidate, workstation="R1-A07", sitting=1, now=NOW)
    second = services.open_session(candidate=candidate, workstation="R1-A08", sitting=1, now=NOW)
    assert read_cookie(session_cookie(first.pk)) == ANONYMOUS
    assert read_cookie(session_cookie(second.pk)).session == second.pk


def test_the_database_itself_knows_only_one_open_session(candidate: Candidate) -> None:
    services.open_session(candidate=candidate, workstation="R1-A07", sitting=1, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        CandidateSession.objects.create(candidate=candidate, workstation="X", sitting=1, opened_at=NOW)


def test_a_forged_cookie_is_nobody(candidate: Candidate) -> None:
    session = services.open_session(candidate=candidate, workstation="R1-A07", sitting=1, now=NOW)
    assert read_cookie(session_cookie(session.pk) + "x") == ANONYMOUS
    assert read_cookie("1") == ANONYMOUS


@pytest.mark.django_db
def test_a_wrong_check_character_adds_nobody() -> None:
    with pytest.raises(services.BadIdNumber):
        services.add_candidate(name="张三", id_number="110105194912310021")
    assert not Candidate.objects.exists()


@pytest.mark.django_db
def test_staff_act_with_the_roles_they_were_granted_until_they_leave() -> None:
    staff = services.add_staff(
        username="s", display_name="沈静", password="a long password", roles=[Role.INVIGILATOR, Role.GRADER]
    )
    assert selectors.staff_actor(staff).roles == {Role.INVIGILATOR, Role.GRADER}
    staff.is_active = False
    assert selectors.staff_actor(staff) == ANONYMOUS
