"""Takes in what candidates' pages noticed: each signal once, and an incident where the rules of signals.toml say so."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from examserver.delivery import selectors as delivery
from examserver.delivery.timing import is_paused
from examserver.invigilation.models import Incident, Signal
from examserver.invigilation.services.changes import Change, incident_changed
from examserver.invigilation.services.incidents import Noted, note_incident
from examserver.invigilation.signals import (
    Kind,
    Lapse,
    Outcome,
    Rule,
    Told,
    belongs_to,
    camera_names,
    counted_together,
    counts_alone,
    leaves_page,
    limits,
    rules,
    virtual_camera,
)
from examserver.kernel.access import SYSTEM
from itembank.selectors import paper_for_candidate

log = logging.getLogger(__name__)
MINUTE = timedelta(minutes=1)


class TooManySignals(Exception):
    """A sitting's page tells more than anybody could cause; it may try again in a minute."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one signal, and whether it is part of an incident that staff see."""

    outcome: Outcome
    incident: bool = False


@transaction.atomic
def take_signals(*, sitting: Any, told: Sequence[Told], now: datetime) -> list[Taken]:
    """Store every signal of `told` once and raise what follows from it; TooManySignals beyond the pace.

    A signal that goes on may be told again, with how long it lasts by then, until it has ended.
    """
    recent = Signal.objects.filter(sitting_id=sitting.pk, received_at__gt=now - MINUTE).count()
    if recent + len(told) > limits().a_minute:
        log.warning("sitting %s: signals refused: more than %s a minute", sitting.pk, limits().a_minute)
        raise TooManySignals
    outside = leaves_page(paper_for_candidate(sitting.paper, sitting.seed))
    taking = _Taking(sitting, delivery.ledger(sitting), outside, now)
    return [taking.take(one) for one in told]


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


@dataclass(frozen=True, slots=True)
class _Taking:
    """One batch of a sitting: its clock's ledger, whether its work leaves the page, and the moment of taking."""

    sitting: Any
    ledger: Sequence[Any]
    outside: bool
    now: datetime

    def take(self, told: Told) -> Taken:
        """Store one signal, or say why not."""
        camera = _listed(told) if told.kind is Kind.VIRTUAL_CAMERA else ""
        if told.kind is Kind.VIRTUAL_CAMERA and not camera:
            return Taken(Outcome.TAKEN)
        if fault := self.fault(told):
            log.warning("sitting %s: signal %s/%s %s", self.sitting.pk, told.page, told.n, fault)
            return Taken(fault)
        row, created = self.row(told)
        if created or _extended(row, told):
            self.judge(row, camera)
        return Taken(Outcome.TAKEN, row.incident_id is not None)

    def fault(self, told: Told) -> Outcome | None:
        """A time that cannot be, or at which the candidate was not at work."""
        began, ended = _moment(told.at), _moment(told.at + told.lasted)
        if ended > self.now + timedelta(seconds=limits().future_seconds):
            return Outcome.BAD_TIME
        started, submitted = self.sitting.started_at, self.sitting.submitted_at
        over = submitted is not None and submitted < began
        if started is None or began < started or over or is_paused([e for e in self.ledger if e.at <= began]):
            return Outcome.NOT_OPEN
        return None

    def row(self, told: Told) -> tuple[Signal, bool]:
        """The signal's row, and whether it is new."""
        ended = _moment(told.at + told.lasted)
        found: tuple[Signal, bool] = Signal.objects.select_for_update().get_or_create(
            sitting_id=self.sitting.pk,
            page=told.page,
            n=told.n,
            defaults={
                "kind": told.kind.value,
                "began_at": _moment(told.at),
                "told_at": ended,
                "ended_at": None if told.lasting else ended,
                "page_began_at": _moment(told.page_at),
                "size": told.size,
                "received_at": self.now,
            },
        )
        return found

    def judge(self, row: Signal, camera: str) -> None:
        """End the incident of what had gone on, or see whether it is one now."""
        if row.incident is not None:
            self.note(row, row.incident.uid, [])
            return
        rule, lapse = rules()[Kind(row.kind)], Lapse(row.began_at, row.told_at, row.size)
        if self.outside and not rule.outside:
            return
        if not counts_alone(rule, lapse):
            lesser = list(_lesser(row))
            near = counted_together(rule, lapse, [Lapse(one.began_at, one.told_at) for one in lesser])
            if near:
                self.note(row, _uid(row), [lesser[place] for place in near])
        elif (last := self.last(rule, lapse)) is not None:
            self.add(row, last)
        else:
            self.note(row, _uid(row), [], camera)

    def last(self, rule: Rule, lapse: Lapse) -> Incident | None:
        """The incident of the code to which the lapse still belongs."""
        found = Incident.objects.filter(sitting_id=self.sitting.pk, code=rule.code).order_by("-started_at")
        last = found.first()
        return last if last is not None and belongs_to(rule, lapse, last.ended_at) else None

    def add(self, row: Signal, last: Incident) -> None:
        """The signal still belongs to an incident that has ended; its card counts it."""
        _attach([row], last)
        facts = {"uid": last.uid, "code": last.code, "facts": _facts([row], "")}
        incident_changed(last, Change("incident.signal", SYSTEM, self.now, facts))

    def note(self, row: Signal, uid: str, lesser: list[Signal], camera: str = "") -> None:
        """Raise the incident of `row` and the `lesser` signals before it, or end it; all of them belong to it."""
        members = [*lesser, row]
        code, facts = rules()[Kind(row.kind)].code, _facts(members, camera)
        noted = Noted(self.sitting.pk, code, uid, members[0].began_at, row.ended_at, facts)
        note_incident(noted=noted, now=self.now, belongs=lambda incident: _attach(members, incident))


def _facts(members: Sequence[Signal], camera: str) -> dict[str, Any]:
    """What the audit keeps of signals that make an incident, the newest last."""
    row = members[-1]
    return {
        "signal": row.kind,
        "times": len(members),
        "seconds": round((row.told_at - members[0].began_at).total_seconds(), 1),
        "size": row.size,
        "machine_clock": row.page_began_at.isoformat(),
        **({"camera": camera} if camera else {}),
    }


def _listed(told: Told) -> str:
    return virtual_camera(told.label, camera_names(Path(settings.VIRTUAL_CAMERAS)))


def _extended(row: Signal, told: Told) -> bool:
    """Bring what went on up to what is told; False for what is known."""
    told_at = max(row.told_at, _moment(told.at + told.lasted))
    if row.ended_at is not None or (told.lasting and told_at == row.told_at):
        return False
    row.told_at, row.ended_at = told_at, None if told.lasting else told_at
    row.save(update_fields=["told_at", "ended_at"])
    return True


def _lesser(row: Signal) -> Any:
    """The signals of the same kind before it that are part of no incident."""
    found = Signal.objects.filter(sitting_id=row.sitting_id, kind=row.kind, incident=None)
    return found.exclude(pk=row.pk).order_by("began_at", "pk")


def _uid(row: Signal) -> str:
    return f"signal-{row.sitting_id}-{row.page}-{row.n}"


def _attach(rows: Sequence[Signal], incident: Incident) -> None:
    Signal.objects.filter(pk__in=[row.pk for row in rows]).update(incident=incident)
    for row in rows:
        row.incident = incident


@transaction.atomic
def end_left_signals(*, now: datetime) -> int:
    """End what went on at pages whose sitting is over, at what was last heard of it; returns how many."""
    open_sittings = delivery.open_sittings().values("pk")
    left = list(Signal.objects.filter(ended_at=None).exclude(sitting_id__in=open_sittings)[:100])
    for row in left:
        row.ended_at = row.told_at
        row.save(update_fields=["ended_at"])
        if row.incident is not None:
            _Taking(delivery.sitting(row.sitting_id), [], False, now).note(row, row.incident.uid, [])
    return len(left)
