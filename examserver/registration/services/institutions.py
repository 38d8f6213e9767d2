"""Admits institutions and those who act for them."""

from datetime import datetime

from django.db import IntegrityError, transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.registration.applications.faults import Fault, Refused, refuse
from examserver.registration.models import Institution, InstitutionMember
from examserver.registration.services.histories import STREAM


@transaction.atomic
def add_institution(*, code: str, name: str, actor: Actor, now: datetime) -> Institution:
    """A new institution; Refused `institution_incomplete`, `institution_exists`; NotAllowed `role_needed`."""
    _check_admin(actor)
    code, name = code.strip(), name.strip()
    if not code or not name:
        raise refuse("institution_incomplete", "code" if not code else "name")
    try:
        with transaction.atomic():
            row = Institution.objects.create(code=code, name=name)
    except IntegrityError as error:
        raise Refused([Fault("institution_exists", "code", {"code": code})]) from error
    _record("institution.added", row, {"code": code, "name": name}, (actor, now))
    return row


@transaction.atomic
def add_member(*, institution: Institution, staff_id: int, actor: Actor, now: datetime) -> InstitutionMember:
    """Somebody with the role INSTITUTION acts for it from now on; Refused `member_exists` for one who acts already."""
    _check_admin(actor)
    if InstitutionMember.objects.filter(staff_id=staff_id).exists():
        raise refuse("member_exists", "staff")
    member = InstitutionMember.objects.create(institution=institution, staff_id=staff_id)
    _record("institution.member_added", institution, {"staff": staff_id}, (actor, now))
    return member


def _check_admin(actor: Actor) -> None:
    if actor.kind != "system" and not actor.has(Role.ADMIN):
        raise NotAllowed("role_needed")


def _record(action: str, row: Institution, facts: dict[str, object], by: tuple[Actor, datetime]) -> None:
    act = audit.Act(STREAM, action, f"institution:{row.pk}", str(by[0]), facts)
    audit.record(act, by[1])
