"""Builds the small venue of the tests through the product's own services."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from examserver.delivery import selectors
from examserver.delivery.models import Session, Sitting
from examserver.delivery.services import scheduling, sessions, sittings
from examserver.demo.invented import Invented, people
from examserver.kernel.access import SYSTEM, Actor, Role
from examserver.people import services as people_services
from examserver.registration import services as registration
from itembank.models import Paper
from itembank.services.importing import import_bank
from itembank.services.papers import PaperHeading, assemble_theory_paper, freeze_practical_paper
from itembank.specs import PracticalSpec, TheorySpec
from itembank.states import Subject
from tests.itembank.approved import approve_bank

SEATS = 4
THEORY = {
    "minutes": 90,
    "pass_mark": 60,
    "sections": [
        {"type": "true_false", "count": 2, "points": 10},
        {"type": "single", "count": 2, "points": 30},
        {"type": "multiple", "count": 1, "points": 20},
    ],
}
PRACTICAL = {
    "minutes": 120,
    "pass_mark": 60,
    "graders": 2,
    "max_gap_percent": 10,
    "tasks": [
        {
            "id": "T1",
            "title": "方案",
            "title_en": "Plan",
            "minutes": 120,
            "points": 100,
            "site": "计算机",
            "brief": ["写一份方案。"],
            "materials": [
                {
                    "id": "M1",
                    "name": "brief.txt",
                    "media_type": "text/plain",
                    "file": "brief.txt",
                    "title": "材料",
                }
            ],
            "deliverables": [
                {"id": "D1", "kind": "text", "title": "正文", "title_en": "Text", "max_chars": 50},
                {
                    "id": "D2",
                    "kind": "table",
                    "title": "表",
                    "title_en": "Table",
                    "columns": ["甲", "乙"],
                    "min_rows": 1,
                    "max_rows": 3,
                },
                {
                    "id": "D3",
                    "kind": "file",
                    "title": "附件",
                    "title_en": "File",
                    "accept": [".txt"],
                    "max_bytes": 1000,
                },
            ],
            "rubric": [
                {
                    "no": "1.1",
                    "points": 60,
                    "kind": "MEASURED",
                    "description": "内容",
                    "nominal": "完整",
                    "deliverable": "D1",
                },
                {
                    "no": "1.2",
                    "points": 40,
                    "kind": "JUDGED",
                    "description": "表达",
                    "nominal": "清楚",
                    "deliverable": "D2",
                },
            ],
        }
    ],
}


def bank() -> str:
    """A bank of three items of each type."""
    options = [{"id": letter, "text": f"选项{letter}"} for letter in "ABCD"]
    common = {"knowledge_point": "常识", "difficulty": 0.5, "explanation": "因为。"}
    items = [
        {
            "id": f"{prefix}-{n}",
            "type": kind,
            "stem": f"{prefix} 题 {n}",
            "options": given,
            "key": key,
            **common,
        }
        for prefix, kind, given, key in (
            ("TF", "true_false", [], ["T"]),
            ("SC", "single", options, ["A"]),
            ("MC", "multiple", options, ["A", "B"]),
        )
        for n in range(1, 4)
    ]
    return json.dumps({"bank": "测试", "offering_levels": [3], "notice": "测试", "items": items})


@dataclass
class SmallVenue:
    """What a test needs at hand."""

    theory: Session
    practical: Session
    people: list[Invented]
    keys: list[str]
    invigilators: list[Actor]
    chief: Actor

    def sitting(self, index: int = 0, subject: Subject = Subject.THEORY) -> Sitting:
        """The sitting of candidate `index`, fresh from the database."""
        session = self.theory if subject is Subject.THEORY else self.practical
        return selectors.sittings_of(Session.objects.get(pk=session.pk))[index]

    def candidate(self, index: int = 0) -> Actor:
        """The candidate of seat `index` as an actor."""
        return Actor("candidate", self.sitting(index).ticket.candidate_id, frozenset({Role.CANDIDATE}))

    def make_ready(self, index: int, now: datetime, subject: Subject = Subject.THEORY) -> None:
        """Admitted, seated, rules accepted, camera waived."""
        staff, candidate = self.invigilators[0], self.candidate(index)
        sittings.admit(sitting=self.sitting(index, subject), actor=staff, now=now)
        sittings.take_seat(sitting=self.sitting(index, subject), actor=candidate, now=now)
        sittings.waive_camera(sitting=self.sitting(index, subject), actor=staff, reason="测试", now=now)
        sittings.accept_rules(sitting=self.sitting(index, subject), actor=candidate, sha256="1" * 64, now=now)

    def start(self, now: datetime, subject: Subject = Subject.THEORY) -> None:
        """Two staff, armed, started."""
        session = Session.objects.get(pk=(self.theory if subject is Subject.THEORY else self.practical).pk)
        for one in self.invigilators:
            sessions.arrive(session=session, actor=one, now=now)
        sessions.arm_session(session=session, actor=self.invigilators[0], now=now)
        sessions.start_session(session=session, actor=self.invigilators[0], now=now)


def _staff(name: str, role: Role) -> Actor:
    made = people_services.add_staff(
        username=name, display_name=name, password="a long password", roles=[role]
    )
    return Actor("staff", made.pk, frozenset({role}))


def papers(now: datetime, folder: Path) -> tuple[Paper, Paper]:
    """The two small papers of O5."""
    import_bank(data=bank(), level=3, actor=SYSTEM, now=now)
    approve_bank(now)
    (folder / "brief.txt").write_text("材料正文", "utf-8")
    theory = assemble_theory_paper(
        heading=PaperHeading("T", "O5", 3, "理论"),
        spec=msgspec.convert(THEORY, TheorySpec),
        seed=1,
        actor=SYSTEM,
        now=now,
    )
    practical = freeze_practical_paper(
        heading=PaperHeading("P", "O5", 3, "操作"),
        spec=msgspec.convert(PRACTICAL, PracticalSpec),
        materials_dir=folder,
        actor=SYSTEM,
        now=now,
    )
    return theory, practical


def build(now: datetime, *, seats: int = SEATS, start_in_hours: float = 1) -> SmallVenue:
    """The venue at `now`, with its exam day on that date; both subjects are planned on it, whatever the hour."""
    from django.conf import settings

    folder = Path(settings.DATA_DIR)
    theory_paper, practical_paper = papers(now - timedelta(days=1), folder)
    offering = registration.add_offering(code="O5", name="全媒体运营师（直播运营）", name_en="Live", level=3)
    staff = [_staff(name, Role.INVIGILATOR) for name in ("first", "second")]
    keys = [f"key-{n}" for n in range(seats)]
    places = [scheduling.Place(f"A{n + 1:02d}", n // 6 + 1, n % 6 + 1, key) for n, key in enumerate(keys)]
    room = scheduling.add_room(code="R1", name="一号考场", places=places)
    day = scheduling.add_exam_day(day=selectors.venue_date(now), title="考试日")
    theory, practical = (
        scheduling.schedule_session(
            exam_day=day,
            room=room,
            subject=subject,
            start=now + timedelta(hours=hours),
            staff=[s.id for s in staff],
        )
        for subject, hours in (
            (Subject.THEORY, start_in_hours),
            (Subject.PRACTICAL, start_in_hours * 5 + 0.01),
        )
    )
    source, found = people(), []
    for seat in room.seats.order_by("row", "column"):
        person = next(source)
        found.append(person)
        candidate = people_services.add_candidate(name=person.name, id_number=person.id_number)
        ticket = registration.issue_ticket(
            candidate_id=candidate.pk, offering=offering, exam_date=day.date, number=f"T{seat.label}"
        )
        for session, paper in ((theory, theory_paper), (practical, practical_paper)):
            placement = scheduling.Placement(ticket.pk, seat, paper.pk)
            scheduling.place_candidate(session=session, placement=placement)
    return SmallVenue(theory, practical, found, keys, staff, _staff("chief", Role.CHIEF_INVIGILATOR))
