"""A small venue for scoring: one theory paper, one practical paper, people who have handed in. All by real services."""

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from examserver.delivery.models import Room, Sitting
from examserver.delivery.selectors import sitting as sitting_of
from examserver.delivery.services import closing, scheduling, sessions, sittings, uploads
from examserver.delivery.services.responses import Submitted, store_responses
from examserver.demo.invented import people
from examserver.kernel.access import SYSTEM, Actor, Role
from examserver.people import services as people_services
from examserver.people.models import Staff
from examserver.registration import services as registration
from itembank.models import Paper
from itembank.services.importing import import_bank
from itembank.services.papers import PaperHeading, assemble_theory_paper, freeze_practical_paper
from itembank.specs import PracticalSpec, TheorySpec
from itembank.states import Subject
from tests.itembank.approved import approve_bank

START = datetime(2026, 3, 28, 1, 0, tzinfo=UTC)
HANDED_IN = START + timedelta(minutes=40)
LATER = START + timedelta(hours=9)
CHIEF_ROLES = (Role.CHIEF_INVIGILATOR, Role.INVIGILATOR)

ITEMS = [
    {"id": "TF-1", "type": "true_false", "key": ["T"]},
    {"id": "TF-2", "type": "true_false", "key": ["F"]},
    {"id": "SC-1", "type": "single", "key": ["B"], "options": "ABCD"},
    {"id": "SC-2", "type": "single", "key": ["C"], "options": "ABCD"},
    {"id": "MC-1", "type": "multiple", "key": ["A", "B", "E"], "options": "ABCDE"},
]
ALL_RIGHT = {str(one["id"]): list(one["key"]) for one in ITEMS}
THEORY = {
    "minutes": 90,
    "pass_mark": 6,
    "sections": [
        {"type": "true_false", "count": 2, "points": 2},
        {"type": "single", "count": 2, "points": 2},
        {"type": "multiple", "count": 1, "points": 2},
    ],
}
PRACTICAL: dict[str, Any] = {
    "minutes": 120,
    "pass_mark": 60,
    "tasks": [
        {
            "id": "T1",
            "title": "直播脚本",
            "title_en": "Script",
            "minutes": 60,
            "points": 60,
            "brief": ["写一份脚本。"],
            "materials": [
                {
                    "id": "M1",
                    "name": "brief.txt",
                    "media_type": "text/plain",
                    "file": "brief.txt",
                    "title": "简报",
                }
            ],
            "deliverables": [
                {"id": "D1", "kind": "text", "title": "脚本", "max_chars": 3000},
                {
                    "id": "D2",
                    "kind": "file",
                    "title": "封面",
                    "accept": [".png", ".csv"],
                    "max_bytes": 100000,
                },
            ],
            "rubric": [
                {"no": "1.1", "points": 40, "kind": "JUDGED", "description": "结构", "deliverable": "D1"},
                {
                    "no": "1.2",
                    "points": 20,
                    "kind": "MEASURED",
                    "description": "尺寸",
                    "nominal": "1080×1440",
                },
            ],
        },
        {
            "id": "T2",
            "title": "复盘",
            "minutes": 60,
            "points": 40,
            "brief": ["填一张表。"],
            "deliverables": [
                {"id": "D1", "kind": "table", "title": "表", "columns": ["项", "值"], "max_rows": 3}
            ],
            "rubric": [
                {"no": "2.1", "points": 40, "kind": "JUDGED", "description": "分析", "deliverable": "D1"}
            ],
        },
    ],
}


def _bank() -> str:
    rows = []
    for one in ITEMS:
        row = {**one, "knowledge_point": "职业道德", "difficulty": 0.3, "stem": f"题干 {one['id']}"}
        if "options" in one:
            row["options"] = [{"id": letter, "text": f"选项 {letter}"} for letter in str(one["options"])]
        rows.append(row)
    return json.dumps({"items": rows})


@dataclass
class Venue:
    """One room, two sessions on one day, and whoever is let in."""

    room: Room
    theory: Any
    practical: Any
    papers: Mapping[Subject, Paper]
    chief: Actor
    second: Actor

    def __post_init__(self) -> None:
        self._people = people()
        self._seats = iter(self.room.seats.order_by("pk"))
        self._numbers = itertools.count(1)

    def candidate(self) -> dict[Subject, Sitting]:
        """Somebody new with both sittings, admitted and seated in both; nothing has begun."""
        person, seat, number = next(self._people), next(self._seats), next(self._numbers)
        row = people_services.add_candidate(name=person.name, id_number=person.id_number)
        ticket = registration.issue_ticket(
            candidate_id=row.pk,
            offering=self.offering,
            exam_date=START.date(),
            number=f"260328R1{number:03d}",
        )
        found = {}
        for session in (self.theory, self.practical):
            paper = self.papers[Subject(session.subject)]
            placement = scheduling.Placement(ticket.pk, seat, paper.pk)
            found[Subject(session.subject)] = scheduling.place_candidate(session=session, placement=placement)
        return found

    @property
    def offering(self) -> Any:
        """The offering that everybody sits."""
        from examserver.registration.selectors import offering

        return offering("O5")

    def begin(self, session: Any, *present: Sitting) -> None:
        """Bring `present` to their seats and give the signal; everybody else is absent."""
        session.refresh_from_db()
        for actor in (self.chief, self.second):
            sessions.arrive(session=session, actor=actor, now=START)
        for one in present:
            self._seat(sitting_of(one.pk))
        sessions.arm_session(session=session, actor=self.chief, now=START)
        sessions.start_session(session=session, actor=self.chief, now=START)

    def _seat(self, sitting: Sitting) -> None:
        own = candidate_actor(sitting)
        sittings.admit(sitting=sitting, actor=self.chief, now=START)
        sittings.take_seat(sitting=sitting, actor=own, now=START)
        sittings.waive_camera(sitting=sitting, actor=self.chief, reason="测试", now=START)
        sittings.accept_rules(sitting=sitting, actor=own, sha256="0" * 64, now=START)


def candidate_actor(sitting: Sitting) -> Actor:
    """The candidate of `sitting` as an actor."""
    return Actor("candidate", sitting.ticket.candidate_id, frozenset({Role.CANDIDATE}))


def staff(username: str, *roles: Role) -> Actor:
    """A new member of staff with `roles`."""
    row = people_services.add_staff(
        username=username, display_name=f"考务 {username}", password="long-enough-1", roles=roles
    )
    return Actor("staff", row.pk, frozenset(roles))


def user(actor: Actor) -> Staff:
    """The account of a member of staff, to sign in with."""
    return Staff.objects.get(pk=actor.id)


def answer(sitting: Sitting, values: Mapping[str, Any]) -> None:
    """Store answers as the exam socket would."""
    rows = [
        Submitted(sitting.pk, item, 1, json.dumps(value, ensure_ascii=False), False, HANDED_IN)
        for item, value in values.items()
    ]
    assert all(one.verdict == "saved" for one in store_responses(rows))


def upload(sitting: Sitting, deliverable: str, name: str, content: bytes) -> None:
    """Hand in a file and confirm it."""
    import hashlib

    row = sitting_of(sitting.pk)
    new = uploads.NewFile(deliverable, name, len(content))
    file = uploads.begin_upload(sitting=row, file=new, now=HANDED_IN)
    uploads.append_chunk(file=file, offset=0, chunk=content, now=HANDED_IN)
    file.refresh_from_db()
    uploads.confirm_upload(
        file=file, sha256=hashlib.sha256(content).hexdigest(), actor=candidate_actor(row), now=HANDED_IN
    )


def hand_in(sitting: Sitting) -> Sitting:
    """The candidate hands in; returns the sitting as it is then."""
    row = sitting_of(sitting.pk)
    closing.hand_in(sitting=row, actor=candidate_actor(row), now=HANDED_IN)
    return sitting_of(sitting.pk)


def build(folder: Path, policy: Mapping[str, Any] | None = None) -> Venue:
    """The venue in an empty database; `policy` goes into the practical paper's specification."""
    (folder / "brief.txt").write_text("简报", "utf-8")
    registration.add_offering(code="O5", name="全媒体运营师（直播运营）", name_en="Live operation", level=3)
    papers = {Subject.THEORY: _theory(), Subject.PRACTICAL: _practical(folder, policy or {})}
    places = [scheduling.Place(f"A{n:02d}", 1, n, f"key-{n}") for n in range(1, 9)]
    room = scheduling.add_room(code="R1", name="一号考场", places=places)
    chief, second = staff("chief", *CHIEF_ROLES), staff("invigilator", Role.INVIGILATOR)
    day = scheduling.add_exam_day(day=START.date(), title="考试日")
    theory, practical = (
        scheduling.schedule_session(
            exam_day=day, room=room, subject=subject, start=start, staff=[chief.id, second.id]
        )
        for subject, start in ((Subject.THEORY, START), (Subject.PRACTICAL, START + timedelta(hours=4)))
    )
    return Venue(room, theory, practical, papers, chief, second)


def _theory() -> Paper:
    import_bank(data=_bank(), level=3, actor=SYSTEM, now=START)
    approve_bank(START)
    spec = msgspec.convert(THEORY, TheorySpec, strict=False)
    heading = PaperHeading("O5-T", "O5", 3, "理论知识")
    return assemble_theory_paper(heading=heading, spec=spec, seed=1, actor=SYSTEM, now=START)


def _practical(folder: Path, policy: Mapping[str, Any]) -> Paper:
    spec = msgspec.convert({**PRACTICAL, **policy}, PracticalSpec, strict=False)
    heading = PaperHeading("O5-P", "O5", 3, "操作技能")
    return freeze_practical_paper(heading=heading, spec=spec, materials_dir=folder, actor=SYSTEM, now=START)
