"""A body that examines one person from the application to the certificate: notice, desk, room, papers, and its days.

`python -m tests.browser.life_venue fill LEAST` fills the database that the settings name. The other words do what the
test does not do on a page: `group` reviews a school's people and enters their money, `confirm` closes the months when
the year is over, `bar` keeps somebody out, `open` brings staff into the room, `sit PRACTICAL_SHARE` sits and marks what
the newest ticket is for, `wait` lets a month go by.
"""

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.registry_venue import PASSWORD, STAFF

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting
    from examserver.kernel.access import Actor


def load_notice(least: int) -> None:
    """The notice of this year in two halves, in which `least` people are enough for a batch."""
    from examserver.kernel import clock
    from examserver.registration.services.catalogue import Publication, add_catalogue_version
    from tests.registration.catalogue.notices import ADMIN, edited

    now = clock.now()
    year = now.astimezone(clock.VENUE_ZONE).year

    def move(notice: Any) -> None:
        notice.update(year=year, valid_from=f"{year}-01-01", valid_to=f"{year}-12-31")
        halves = ((f"{year}-01-01", f"{year}-06-30"), (f"{year}-07-01", f"{year}-12-31"))
        notice["windows"] = [
            {"apply_from": first, "apply_to": last, "evaluate_by": f"{year}-12-31"} for first, last in halves
        ]
        notice["rules"]["batch_least"] = least

    publication = Publication(date(year, 1, 1), "公告")
    loaded = now.replace(month=1, day=1)
    add_catalogue_version(file=edited(move), publication=publication, actor=ADMIN, now=loaded)


def fill(least: str) -> None:
    """A room with papers, its staff, and the desk; with a group of thirty a room for them and a school."""
    from django.conf import settings

    from examserver.kernel.access import Role
    from examserver.people.services import add_staff
    from tests.scoring import venue as made

    made.build(Path(settings.DATA_DIR), {"graders": 1})
    load_notice(int(least))
    if int(least) > 1:
        _add_school()
    for username, shown, role in (
        *STAFF,
        ("officer", "考务 顾言", "officer"),
        ("grader", "考评 何苗", "grader"),
    ):
        add_staff(username=username, display_name=shown, password=PASSWORD, roles=[Role(role)])


def _add_school() -> None:
    from examserver.delivery.services import scheduling
    from examserver.kernel import clock
    from examserver.kernel.access import Role
    from examserver.people.services import add_staff
    from examserver.registration.services.institutions import add_institution, add_member
    from tests.registration.catalogue.notices import ADMIN

    now = clock.now()
    places = [scheduling.Place(f"B{n:02d}", n // 8 + 1, n % 8 + 1, f"room-{n}") for n in range(32)]
    scheduling.add_room(code="P1", name="二号机房", places=places)
    row = add_institution(code="S1", name="浦东新媒体学校", actor=ADMIN, now=now)
    roles = [Role.INSTITUTION]
    staff = add_staff(username="school", display_name="学校 方敏", password=PASSWORD, roles=roles)
    add_member(institution=row, staff_id=staff.pk, actor=ADMIN, now=now)


def review_group(day: str, reference: str) -> None:
    """Everybody of the school who was looked at by it, up to the money, credited together on `day`."""
    from examserver.kernel import clock
    from examserver.registration.models import Application
    from examserver.registration.services import forms, payments, reviewing
    from examserver.registration.services.payments import Due, NewCredit
    from tests.registration.applications.people import seen

    now, clerk, finance = clock.now(), actor("clerk"), actor("finance")
    today = now.astimezone(clock.VENUE_ZONE).date()
    rows = list(Application.objects.filter(state__in=("SUBMITTED", "PRECHECKED")))
    for one in rows:
        if one.state == "SUBMITTED":
            reviewing.precheck(seen=seen(one), actor=actor("school"), now=now)
        forms.generate_form(seen=seen(one), actor=clerk, now=now)
        forms.confirm_form(seen=seen(one), actor=clerk, now=now)
        forms.receive_original(seen=seen(one), day=today, actor=clerk, now=now)
        reviewing.take_under_review(seen=seen(one), actor=clerk, now=now)
        reviewing.approve(seen=seen(one), decision=reviewing.Decision(), actor=clerk, now=now)
        payments.ask_payment(seen=seen(one), due=Due(500, today), actor=clerk, now=now)
    new = NewCredit(reference, date.fromisoformat(day), 500 * len(rows))
    payments.enter_credit(seen=[seen(one) for one in rows], new=new, actor=finance, now=now)


def bar(name: str) -> None:
    """A confirmed case keeps the person out for the rest of the year."""
    from examserver.kernel import clock
    from examserver.people.models import Candidate
    from examserver.registration.services.bars import BarTerm, set_bar

    now = clock.now()
    today = now.astimezone(clock.VENUE_ZONE).date()
    term = BarTerm(today, today.replace(month=12, day=31), "三.1", 1)
    set_bar(candidate_id=Candidate.objects.get(name=name).pk, term=term, actor="staff:1", now=now)


def actor(username: str) -> "Actor":
    """A member of staff."""
    from examserver.kernel.access import Actor, Role
    from examserver.people.models import RoleGrant, Staff

    row = Staff.objects.get(username=username)
    return Actor("staff", row.pk, frozenset(Role(one.role) for one in RoleGrant.objects.filter(staff=row)))


def confirm() -> None:
    """Every open month with people is closed when the year is over: held with enough, or rolled over."""
    from examserver.kernel import clock
    from examserver.registration.models import Batch
    from examserver.registration.services.batches import SeenBatch, close_batch, confirm_batch

    now = clock.now()
    january = now.replace(year=now.year + 1, month=1, day=2)
    for batch in Batch.objects.filter(state="OPEN", applications__isnull=False).distinct():
        closed = close_batch(seen=SeenBatch(batch.pk, batch.version), actor=actor("planner"), now=january)
        if closed.state == "CLOSED":
            confirm_batch(seen=SeenBatch(batch.pk, closed.version), actor=actor("planner"), now=now)


def newest() -> "list[Sitting]":
    """The sittings of the ticket that was issued last, theory first."""
    from examserver.delivery.models import Sitting
    from examserver.registration.models import AdmissionTicket

    ticket = AdmissionTicket.objects.latest("pk")
    return list(Sitting.objects.filter(ticket=ticket).order_by("session__scheduled_start"))


def began(sitting: "Sitting") -> datetime:
    """The exam's morning as far as it is played by calls: now, on the day of the exam."""
    from examserver.kernel import clock

    now, day = clock.now(), sitting.session.exam_day.date
    return now + (day - now.astimezone(clock.VENUE_ZONE).date())


def open_room() -> None:
    """Staff are there, and the candidate is let in."""
    from examserver.delivery.services import sessions, sittings

    first = newest()[0]
    now = began(first)
    for name in ("chief", "invigilator"):
        sessions.arrive(session=first.session, actor=actor(name), now=now)
    sittings.admit(sitting=first, actor=actor("chief"), now=now)
    print(f"/seat/{first.seat.workstation}/key-{int(first.seat.label[1:])}/")  # noqa: T201


def sit(share: str) -> None:
    """Everything that the ticket is for: theory all right, of the practical this share of the points."""
    for n, sitting in enumerate(newest()):
        _sit(sitting, began(sitting) + timedelta(hours=n))
    _mark(share, began(newest()[0]) + timedelta(hours=5))


def _sit(sitting: "Sitting", now: datetime) -> None:
    from examserver.delivery.selectors import sitting as fresh
    from examserver.delivery.services import closing, sessions, sittings
    from examserver.delivery.states import SittingState
    from itembank.states import Subject
    from tests.scoring import venue as made

    chief, own = actor("chief"), made.candidate_actor(sitting)
    if sitting.state == SittingState.EXPECTED:
        for name in ("chief", "invigilator"):
            sessions.arrive(session=sitting.session, actor=actor(name), now=now)
        sittings.admit(sitting=sitting, actor=chief, now=now)
    if fresh(sitting.pk).state == SittingState.CHECKED_IN:
        sittings.take_seat(sitting=fresh(sitting.pk), actor=own, now=now)
    sittings.waive_camera(sitting=fresh(sitting.pk), actor=chief, reason="试验", now=now)
    sittings.accept_rules(sitting=fresh(sitting.pk), actor=own, sha256="0" * 64, now=now)
    session = fresh(sitting.pk).session
    sessions.arm_session(session=session, actor=chief, now=now)
    sessions.start_session(session=session, actor=chief, now=now)
    theory = session.subject == Subject.THEORY
    made.answer(sitting, made.ALL_RIGHT if theory else {"T1.D1": {"text": "开场"}})
    closing.hand_in(sitting=fresh(sitting.pk), actor=own, now=now + timedelta(minutes=40))


def _mark(share: str, now: datetime) -> None:
    from scoring.models import GradingTask
    from scoring.routines import score_closed_sittings
    from scoring.services.marking import NewMark, finish_task, record_mark, rubric_of
    from scoring.services.tasks import take_task

    score_closed_sittings(now)
    grader = actor("grader")
    for one in GradingTask.objects.filter(sitting__in=newest()):
        take_task(grading_task=one, actor=grader, now=now)
        for line in rubric_of(one).lines:
            mark = NewMark(line.no, line.points * Decimal(share))
            record_mark(grading_task=one, actor=grader, mark=mark, now=now)
        finish_task(grading_task=one, actor=grader, now=now)
    score_closed_sittings(now)


def wait_a_month() -> None:
    """A month goes by: what was applied for until now was for the month before."""
    from examserver.registration.models import Application

    for one in Application.objects.exclude(month=None):
        one.month = (one.month - timedelta(days=1)).replace(day=1)
        one.save(update_fields=["month"])


WORDS: dict[str, Callable[..., None]] = {
    "fill": fill,
    "confirm": confirm,
    "group": review_group,
    "bar": bar,
    "open": open_room,
    "sit": sit,
    "wait": wait_a_month,
}


def main() -> None:
    """Do what the first word says."""
    import django

    django.setup()
    WORDS[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
