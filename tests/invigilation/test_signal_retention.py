"""Signals of pages are kept as long as what they led to, and no longer."""

from datetime import timedelta

import pytest

from examserver.delivery.services import closing
from examserver.invigilation.models import Signal
from examserver.invigilation.services.incidents import dismiss_incident
from examserver.invigilation.services.retention import keep_to_retention, place_hold
from examserver.invigilation.signals import Kind, Told
from examserver.invigilation.states import DismissReason
from examserver.kernel import chain
from examserver.kernel.models import LogEntry
from tests.invigilation.room import Room
from tests.invigilation.test_signals import take, told

PASTED = {"size": 500}
TOO_SHORT = {"seconds": 1}


def deletion(room: Room, days: float) -> None:
    """The daily deletion so many days after minute 20."""
    keep_to_retention(now=room.at(20) + timedelta(days=days))


@pytest.fixture
def closed(room: Room) -> Room:
    """Two signals, of which the first became an incident that was dismissed in minute 20; the exam is over."""
    signals: list[Told] = [told(room, Kind.PASTE, **PASTED), told(room, Kind.AWAY, 2, **TOO_SHORT)]
    take(room, *signals)
    incident = Signal.objects.exclude(incident=None).get().incident
    assert incident is not None
    dismiss_incident(incident=incident, actor=room.first, reason=DismissReason.STAFF, now=room.at(20))
    closing.close_overdue(now=room.at(24 * 60))
    return room


def test_signals_go_with_the_time_of_their_incident_or_of_a_fault(closed: Room) -> None:
    deletion(closed, 29.9)
    assert Signal.objects.count() == 2
    deletion(closed, 31)
    assert Signal.objects.count() == 0
    last = LogEntry.objects.filter(action="retention.done").latest("number")
    assert last.data["signals"] == 2
    assert list(chain.broken_entries("retention")) == []


def test_a_signal_of_an_undecided_incident_stays_longer(room: Room) -> None:
    take(room, told(room, Kind.PASTE, **PASTED), told(room, Kind.AWAY, 2, **TOO_SHORT))
    closing.close_overdue(now=room.at(24 * 60))
    deletion(room, 31)
    assert Signal.objects.get().kind == Kind.PASTE
    deletion(room, 181)
    assert Signal.objects.count() == 0


def test_a_hold_keeps_every_signal_of_its_sitting(closed: Room) -> None:
    sitting = closed.theory()
    place_hold(sitting_id=sitting.pk, actor=closed.officer, reason="投诉", now=closed.at(30))
    deletion(closed, 4000)
    assert Signal.objects.count() == 2
