"""A running room for tests: the small venue with its theory under way, and what tests do in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.test import Client

from examserver.delivery.models import Sitting
from examserver.delivery.services import admission
from examserver.invigilation.models import Case, Incident, Reminder
from examserver.invigilation.services.cases import NewCase, confirm_case, propose_case
from examserver.invigilation.services.incidents import record_incident
from examserver.invigilation.services.reminders import NewReminder, issue_reminder, mark_not_complied
from examserver.invigilation.states import Severity
from examserver.kernel.access import Actor, Role
from examserver.people import services as people_services
from examserver.people.cookies import COOKIE, session_cookie
from examserver.people.models import Staff
from examserver.people.selectors import candidate_actor
from itembank.states import Subject
from proctor.detections import Detection, Label
from proctor.frames import encode
from proctor.geometry import Box
from proctor.reports import Code, IncidentReport, Phase, Still, make_still
from tests.delivery.venue import SmallVenue

AT_WORK = (0, 1)


@dataclass
class Room:
    """The small venue, its theory begun at `start`, with two officers; candidates 0 and 1 are at work."""

    venue: SmallVenue
    start: datetime
    officer: Actor
    second_officer: Actor

    @property
    def first(self) -> Actor:
        """The invigilator who notices things."""
        return self.venue.invigilators[0]

    @property
    def second(self) -> Actor:
        """The invigilator who confirms."""
        return self.venue.invigilators[1]

    def at(self, minutes: float) -> datetime:
        """So many minutes after the start."""
        return self.start + timedelta(minutes=minutes)

    def theory(self, index: int = 0) -> Sitting:
        """The theory sitting of candidate `index`, fresh."""
        return self.venue.sitting(index)

    def practical(self, index: int = 0) -> Sitting:
        """The practical sitting of candidate `index`, fresh."""
        return self.venue.sitting(index, Subject.PRACTICAL)

    def remind(self, clause: str = "二.1", minutes: float = 12, sitting: Sitting | None = None) -> Reminder:
        """The first invigilator reminds candidate 0."""
        sitting = sitting or self.theory()
        new = NewReminder(clause)
        return issue_reminder(sitting_id=sitting.pk, actor=self.first, new=new, now=self.at(minutes))

    def refuse(self, reminder: Reminder, minutes: float = 14, note: str = "仍在桌上") -> None:
        """The first invigilator notes that the candidate did not comply."""
        mark_not_complied(reminder=reminder, actor=self.first, note=note, now=self.at(minutes))

    def propose(self, clause: str, actor: Actor | None = None, **more: Any) -> Case:
        """Somebody reports candidate 0."""
        severity = more.pop("severity", Severity.NONE)
        sitting = more.pop("sitting", None) or self.theory()
        now = self.at(more.pop("minutes", 15))
        new = NewCase(clause, severity, more.pop("note", "见到了"), **more)
        return propose_case(sitting_id=sitting.pk, actor=actor or self.first, new=new, now=now)

    def confirm(self, case: Case, actor: Actor | None = None, minutes: float = 16) -> Case:
        """Somebody, the second invigilator if nobody is named, confirms it."""
        return confirm_case(case=case, actor=actor or self.second, note="同意", now=self.at(minutes))

    def report(self, code: Code = Code.PHONE, phase: Phase = "raised", **more: Any) -> IncidentReport:
        """What the proctor would send of candidate 0."""
        started = self.at(more.pop("minutes", 10)).timestamp()
        source = more.pop("source", self.theory().pk)
        return IncidentReport(
            uid=more.pop("uid", f"{source}-{code}-{round(started * 1000)}"),
            source=source,
            code=code,
            phase=phase,
            started_at=started,
            at=started + more.pop("lasted", 3),
            score=more.pop("score", 0.5),
            stills=more.pop("stills", ()),
        )

    def notice(self, **more: Any) -> Incident:
        """The proctor notices something at candidate 0's seat."""
        report = self.report(**more)
        incident = record_incident(report=report, now=self.at(11))
        assert incident is not None
        return incident

    def client(self, actor: Actor) -> Client:
        """A browser in which the member of staff is signed in."""
        client = Client()
        client.force_login(Staff.objects.get(pk=actor.id))
        return client

    def sign_in(self, index: int = 0) -> Actor:
        """Candidate `index` signs in at the assigned seat; the actor of that session."""
        typed = admission.Credentials(
            f"T{self.theory(index).seat.label}", self.venue.people[index].id_number[-6:]
        )
        seat = self.theory(index).seat
        return candidate_actor(admission.sign_in(credentials=typed, seat=seat, now=self.at(1)))

    def candidate_client(self, actor: Actor) -> Client:
        """The browser of a signed-in candidate."""
        client = Client()
        client.cookies[COOKIE] = session_cookie(actor.session)
        return client


def officer(name: str) -> Actor:
    """A new member of the office."""
    roles = frozenset({Role.OFFICER})
    made = people_services.add_staff(
        username=name, display_name=name, password="a long password", roles=roles
    )
    return Actor("staff", made.pk, roles)


def running_room(venue: SmallVenue, start: datetime) -> Room:
    """Candidates 0 and 1 ready, two staff on duty, the theory started."""
    for index in AT_WORK:
        venue.make_ready(index, start - timedelta(minutes=10))
    venue.start(start)
    for index in AT_WORK:  # a camera each: the small venue waives it
        Sitting.objects.filter(pk=venue.sitting(index).pk).update(
            camera_waived=False, camera_checked_at=start
        )
    return Room(venue, start, officer("officer"), officer("second officer"))


def jpeg(shade: int = 90) -> bytes:
    """A real JPEG of 160x120 in one shade."""
    return encode(np.full((120, 160, 3), shade, np.uint8))


def still(at: float, shade: int = 90) -> Still:
    """A still with one box in it."""
    return make_still(at, jpeg(shade), (Detection(Label.PHONE, 0.61, Box(10, 20, 40, 60)),))
