"""Reads sign-ins out of the audit chain: a second one during the work, and tries at another seat, become incidents.

Delivery records them and knows nothing of incidents. A chain is read from its beginning once a process, then from where
it was left; what was noted before is known by its name.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from examserver.delivery import selectors as delivery
from examserver.invigilation.services.incidents import Noted, note_incident
from examserver.kernel import chain
from examserver.kernel.models import LogEntry

SIGNED_IN, WRONG_SEAT = "sitting.signed_in", "sitting.wrong_seat"


@dataclass(slots=True)
class SignInReader:
    """How far each session's chain has been read, and who was last seen at a wrong seat."""

    numbers: dict[str, int] = field(default_factory=dict)
    misplaced: dict[int, Noted] = field(default_factory=dict)

    def read(self, *, now: datetime) -> None:
        """Note what the chains of today's sessions hold beyond what was read."""
        for session in delivery.todays_sessions(now):
            self._read_stream(delivery.stream(session.pk), now)

    def _read_stream(self, stream: str, now: datetime) -> None:
        seen, newest = self.numbers.get(stream, 0), chain.last_number(stream)
        if newest == seen:
            return
        found = LogEntry.objects.filter(stream=stream, number__gt=seen, number__lte=newest)
        for entry in found.filter(action__in=(SIGNED_IN, WRONG_SEAT)).order_by("number"):
            self._take(entry, now)
            self.numbers[stream] = entry.number
        self.numbers[stream] = newest

    @transaction.atomic
    def _take(self, entry: LogEntry, now: datetime) -> None:
        sitting = int(entry.subject.partition(":")[2])
        if entry.action == WRONG_SEAT:
            self._misplaced(sitting, entry, now)
        else:
            self._signed_in(sitting, entry, now)

    def _misplaced(self, sitting: int, entry: LogEntry, now: datetime) -> None:
        """However often it is tried, it is one incident until the candidate signs in at the right seat."""
        if sitting in self.misplaced or delivery.is_over(delivery.sitting(sitting)):
            return
        facts = {"at": entry.data["at"], "assigned": entry.data["assigned"]}
        noted = Noted(sitting, "WRONG_SEAT", f"wrong-seat-{sitting}-{entry.number}", entry.at, None, facts)
        note_incident(noted=noted, now=now)
        self.misplaced[sitting] = noted

    def _signed_in(self, sitting: int, entry: LogEntry, now: datetime) -> None:
        if (noted := self.misplaced.get(sitting)) is not None:
            ended = Noted(sitting, noted.code, noted.uid, noted.began, entry.at, noted.facts)
            note_incident(noted=ended, now=now)
            del self.misplaced[sitting]
        if replaced := entry.data.get("replaces", ""):
            uid = f"second-login-{sitting}-{entry.number}"
            facts = {"workstation": entry.data["workstation"], "replaces": replaced}
            note_incident(noted=Noted(sitting, "SECOND_LOGIN", uid, entry.at, entry.at, facts), now=now)
