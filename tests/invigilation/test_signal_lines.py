"""What an incident's card says of the signals that made it: what, when and how often, already in its first event."""

from typing import Any

from examserver.invigilation.hearing import Hearing
from examserver.invigilation.models import Incident
from examserver.invigilation.selectors import incident_card, snapshot
from examserver.invigilation.signals import Kind
from examserver.kernel.clock import milliseconds
from examserver.kernel.models import LogEntry
from tests.architecture.locales import LANGUAGES, books
from tests.invigilation.room import Room
from tests.invigilation.test_signals import take, told


def lines() -> list[tuple[str, int, float, int]]:
    card = incident_card(Incident.objects.get())
    return [(one.kind, one.times, one.seconds, one.size) for one in card.signals]


def test_lesser_signals_are_counted_with_the_one_that_made_the_incident(room: Room) -> None:
    take(room, *(told(room, Kind.AWAY, n, second=20 * n, seconds=1.5) for n in (1, 2, 3)))
    assert lines() == [("away", 3, 4.5, 0)]
    (line,) = incident_card(Incident.objects.get()).signals
    start = milliseconds(room.at(10))
    assert (line.first_at, line.last_at) == (start + 20_000, start + 60_000)


def test_the_kinds_of_one_code_have_a_line_each_and_the_largest_size(room: Room) -> None:
    take(room, told(room, Kind.CAMERA_DEVICES, 1, size=2), told(room, Kind.CAMERA_ENDED, 2, second=5))
    take(room, told(room, Kind.CAMERA_DEVICES, 3, second=9, size=1))
    assert lines() == [("camera_devices", 2, 0.0, 2), ("camera_ended", 1, 0.0, 0)]
    added = LogEntry.objects.filter(action="incident.signal").order_by("pk")
    assert [one.data["facts"]["signal"] for one in added] == ["camera_ended", "camera_devices"]


def test_what_goes_on_counts_as_long_as_it_was_heard_of(room: Room) -> None:
    take(room, told(room, Kind.AWAY, seconds=3, lasting=True))
    take(room, told(room, Kind.AWAY, seconds=13))
    assert lines() == [("away", 1, 13.0, 0)]


def test_the_first_event_already_says_it(room: Room, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as sent:
        take(room, told(room, Kind.PASTE, size=120))
    (card,) = sent[-1].args[1]["event"]["objects"]["incident_card"]
    assert [(one["kind"], one["times"], one["size"]) for one in card["signals"]] == [("paste", 1, 120)]


def test_a_board_that_opens_later_reads_the_same(room: Room) -> None:
    take(room, told(room, Kind.PASTE, size=120))
    room.notice()
    cards = snapshot(room.first, room.theory().session_id, "en").objects["incident_card"]
    assert {card["code"]: [one["kind"] for one in card["signals"]] for card in cards} == {
        "PASTE": ["paste"],
        "PHONE": [],
    }


def test_every_kind_and_every_hearing_has_its_words_in_both_languages() -> None:
    words = [book.all_keys() for book in books() if book.domain == "djangojs"]
    named = {f"board.signal.{kind}" for kind in Kind}
    named |= {f"board.hearing.{state}" for state in Hearing if state is not Hearing.STARTING}
    assert len([keys for keys in words if named <= keys]) == len(LANGUAGES)
