"""Institutions are admitted by an administrator, once, and a person acts for one of them."""

import pytest

from examserver.kernel.access import SYSTEM, NotAllowed, Role
from examserver.registration.applications.faults import Refused
from examserver.registration.selectors.applications import institution_of
from examserver.registration.services.institutions import add_institution, add_member
from tests.registration.applications.people import NOW, Office, staff


def test_an_administrator_admits_an_institution_and_who_acts_for_it(office: Office) -> None:
    admin, member = staff(Role.ADMIN), staff(Role.INSTITUTION)
    row = add_institution(code="S7", name="第七学校", actor=admin, now=NOW)
    assert institution_of(member) is None
    add_member(institution=row, staff_id=member.id, actor=admin, now=NOW)
    assert institution_of(member) == row
    with pytest.raises(Refused, match="member_exists"):
        add_member(institution=office.school[0], staff_id=member.id, actor=admin, now=NOW)


@pytest.mark.parametrize(
    ("code", "name", "fault"), [("S1", "x", "institution_exists"), ("", "x", "institution_incomplete")]
)
def test_an_institution_is_whole_and_there_once(office: Office, code: str, name: str, fault: str) -> None:
    with pytest.raises(Refused, match=fault):
        add_institution(code=code, name=name, actor=SYSTEM, now=NOW)


def test_nobody_else_admits_one(office: Office) -> None:
    with pytest.raises(NotAllowed, match="role_needed"):
        add_institution(code="S7", name="x", actor=office.clerk, now=NOW)


def test_who_lost_the_role_acts_for_nobody(office: Office) -> None:
    without_role = type(office.member)("staff", office.member.id, frozenset())
    assert institution_of(without_role) is None
