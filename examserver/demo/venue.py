"""Loads the demo venue: staff, offerings, papers, rooms, and a day on which two rooms are at work."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from examserver.delivery.services import scheduling
from examserver.demo.bank import CONTENT, TRIAL, TRIAL_OFFERING, add_trial_paper, fill_bank
from examserver.demo.invented import PEOPLE, Invented
from examserver.demo.plan import Account, Place
from examserver.kernel.access import SYSTEM, Actor, Role
from examserver.kernel.clock import VENUE_ZONE
from examserver.people import services as people_services
from examserver.people.selectors import staff_with
from examserver.registration import services as registration
from examserver.registration.catalogue.reading import shipped, shipped_years
from examserver.registration.services.catalogue import Publication, add_catalogue_version
from examserver.registration.services.institutions import add_institution, add_member
from itembank.services.papers import PaperHeading, assemble_theory_paper, freeze_practical_paper
from itembank.specs import OfferingPapers, read_papers
from itembank.states import Subject
from itembank.wording import paper_title

if TYPE_CHECKING:
    from examserver.delivery.models import ExamDay, Room, Seat, Session
    from examserver.registration.models import Offering

PASSWORD = "demo-exam-2026"  # noqa: S105 - printed on the screen, for a venue on this machine only
COLUMNS = 6
PHOTO = "demo.jpg"
SCHOOL = "示范职业学校（演示）"
ANNOUNCEMENT = "演示数据：2026 年公告随产品附带。"
ANNOUNCEMENT_EN = "Demo data: the notice of 2026 as it comes with the product."


@dataclass(frozen=True, slots=True)
class Papers:
    """The keys of the two papers of an offering."""

    offering: "Offering"
    theory: int
    practical: int


@dataclass(frozen=True, slots=True)
class Expected:
    """A candidate of the demo day before there is a sitting: whom the seat is for and what the camera shows."""

    scene: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class Furnished:
    """A room with its seats and the keys that bind their workstations, seat by seat."""

    room: "Room"
    seats: "Sequence[Seat]"
    keys: Sequence[str]


def add_staff() -> list[Account]:
    """Everybody who works at the demo venue."""
    accounts = [Account(name, PASSWORD, shown, roles) for name, shown, roles in PEOPLE["staff"]]
    for one in accounts:
        people_services.add_staff(
            username=one.username,
            display_name=one.display_name,
            password=one.password,
            roles=[Role(role) for role in one.roles],
        )
    return accounts


def add_notice(now: datetime) -> None:
    """The notice of the year in force from today, and a school; a year without a notice has no catalogue yet."""
    today = now.astimezone(VENUE_ZONE).date()
    if today.year not in shipped_years():
        return
    admin, *_ = staff_with(Role.ADMIN)
    publication = Publication(today, ANNOUNCEMENT, ANNOUNCEMENT_EN, after="")
    actor = Actor("staff", admin, frozenset({Role.ADMIN}))
    add_catalogue_version(file=shipped(today.year), publication=publication, actor=actor, now=now)
    school = add_institution(code="DEMO-1", name=SCHOOL, actor=actor, now=now)
    for member in staff_with(Role.INSTITUTION):
        add_member(institution=school, staff_id=member, actor=actor, now=now)


def add_papers(now: datetime) -> dict[str, Papers]:
    """The offerings with their papers, assembled and frozen before the day."""
    frozen_at = now - timedelta(days=7)
    fill_bank(frozen_at)
    papers = {one.offering.code: one for one in _papers(frozen_at)}
    trial = add_trial_paper(secrets.randbits(32), frozen_at)
    return {**papers, TRIAL: replace(papers[TRIAL_OFFERING], theory=trial.pk)}


def _papers(now: datetime) -> Iterator[Papers]:
    for spec in read_papers((CONTENT / "papers.json").read_bytes()):
        name_en = PEOPLE["offerings_en"][spec.id]
        offering = registration.add_offering(code=spec.id, name=spec.name, name_en=name_en, level=spec.level)
        theory = assemble_theory_paper(
            heading=_heading(spec, Subject.THEORY),
            spec=spec.theory,
            seed=secrets.randbits(32),
            actor=SYSTEM,
            now=now,
        )
        practical = freeze_practical_paper(
            heading=_heading(spec, Subject.PRACTICAL),
            spec=spec.practical,
            materials_dir=CONTENT,
            actor=SYSTEM,
            now=now,
        )
        yield Papers(offering, theory.pk, practical.pk)


def _heading(spec: OfferingPapers, subject: Subject) -> PaperHeading:
    code = f"{spec.id}-{subject.value[0].upper()}-DEMO"
    return PaperHeading(code, spec.id, spec.level, paper_title(spec.name, spec.level, subject))


def furnish(code: str, name: str, seats: int) -> Furnished:
    """A room of `seats` places in rows of six."""
    keys = [secrets.token_urlsafe(12) for _ in range(seats)]
    places = [
        scheduling.Place(f"A{index + 1:02d}", index // COLUMNS + 1, index % COLUMNS + 1, key)
        for index, key in enumerate(keys)
    ]
    room = scheduling.add_room(code=code, name=name, places=places)
    return Furnished(room, list(room.seats.order_by("row", "column")), keys)


def at(day: date, clock_time: time) -> datetime:
    """A time of the day at the venue."""
    return datetime.combine(day, clock_time, VENUE_ZONE)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One room on one day: its two sessions and the papers that are sat in it."""

    day: date
    furnished: Furnished
    theory: "Session"
    practical: "Session"
    papers: Papers


def schedule(exam_day: "ExamDay", furnished: Furnished, papers: Papers, staff: Sequence[int]) -> DayPlan:
    """Theory at nine and the practical at one, on the same date."""
    theory, practical = (
        scheduling.schedule_session(
            exam_day=exam_day,
            room=furnished.room,
            subject=subject,
            start=at(exam_day.date, start),
            staff=staff,
        )
        for subject, start in ((Subject.THEORY, time(9)), (Subject.PRACTICAL, time(13)))
    )
    return DayPlan(exam_day.date, furnished, theory, practical, papers)


def place(plan: DayPlan, index: int, person: Invented, expected: Expected) -> tuple[Place, Place]:
    """The candidate in seat `index`, in both subjects of the day."""
    candidate = people_services.add_candidate(name=person.name, id_number=person.id_number, photo=PHOTO)
    room, seat = plan.furnished.room, plan.furnished.seats[index]
    number = f"{plan.day:%y%m%d}{room.code}{index + 1:03d}"
    ticket = registration.issue_ticket(
        candidate_id=candidate.pk, offering=plan.papers.offering, exam_date=plan.day, number=number
    )
    sittings = [
        scheduling.place_candidate(
            session=session,
            placement=scheduling.Placement(ticket.pk, seat, paper_id),
        )
        for session, paper_id in ((plan.theory, plan.papers.theory), (plan.practical, plan.papers.practical))
    ]
    path = f"/seat/{seat.workstation}/{plan.furnished.keys[index]}/"
    first, second = (
        Place(
            sitting.pk,
            number,
            person.id_number[-6:],
            person.name,
            seat.workstation,
            path,
            expected.scene,
            expected.simulated,
        )
        for sitting in sittings
    )
    return first, second
