"""What a candidate's page noticed: when it becomes an incident, and what is refused."""

from typing import Any

import pytest

from examserver.delivery.services import closing, time
from examserver.invigilation.clauses import INCIDENTS
from examserver.invigilation.models import Incident, Signal
from examserver.invigilation.services.signals import (
    Taken,
    TooManySignals,
    end_left_signals,
    take_signals,
)
from examserver.invigilation.signals import (
    FOLDER,
    Kind,
    Outcome,
    Told,
    camera_names,
    leaves_page,
    limits,
    rules,
    virtual_camera,
)
from examserver.kernel.clock import milliseconds
from examserver.kernel.models import LogEntry
from itembank.states import Subject
from tests.invigilation.room import Room

PAGE = "0123456789abcdef"


def told(room: Room, kind: Kind, n: int = 1, **more: Any) -> Told:
    """A signal that began `second` seconds after minute 10 and lasted `seconds`."""
    at = milliseconds(room.at(10)) + round(1000 * more.pop("second", 0))
    lasted = round(1000 * more.pop("seconds", 0))
    return Told(more.pop("page", PAGE), n, kind, at, at + 250, lasted, **more)


def take(room: Room, *signals: Told, minutes: float = 20) -> list[Taken]:
    return take_signals(sitting=room.theory(), told=signals, now=room.at(minutes))


def codes() -> list[str]:
    return list(Incident.objects.order_by("started_at", "pk").values_list("code", flat=True))


def test_every_kind_has_a_rule_and_every_rule_an_incident() -> None:
    assert {rule.code for rule in rules().values()} <= set(INCIDENTS)


@pytest.mark.parametrize(
    ("kind", "below", "from_on"),
    [
        (Kind.AWAY, {"seconds": 2.999}, {"seconds": 3}),
        (Kind.FULLSCREEN_EXIT, {"seconds": 9.999}, {"seconds": 10}),
        (Kind.SECOND_DISPLAY, {"seconds": 2.999}, {"seconds": 3}),
        (Kind.PASTE, {"size": 99}, {"size": 100}),
        (Kind.COPY, {"size": 9}, {"size": 10}),
        (Kind.CAMERA_MUTED, {"seconds": 2.999}, {"seconds": 3}),
        (Kind.CLOCK_SKEW, {"size": 59_999}, {"size": 60_000}),
        (Kind.NETWORK_GAP, {"seconds": 9.999}, {"seconds": 10}),
    ],
)
def test_it_is_an_incident_from_its_limit_on(
    room: Room, kind: Kind, below: dict[str, Any], from_on: dict[str, Any]
) -> None:
    assert take(room, told(room, kind, **below)) == [Taken(Outcome.TAKEN)]
    assert codes() == []
    assert take(room, told(room, kind, 2, **from_on)) == [Taken(Outcome.TAKEN, incident=True)]
    assert codes() == [rules()[kind].code]


@pytest.mark.parametrize("kind", [Kind.PRINT_SCREEN, Kind.DEVTOOLS, Kind.CAMERA_ENDED, Kind.CAMERA_DEVICES])
def test_some_things_are_an_incident_each_time(room: Room, kind: Kind) -> None:
    take(room, told(room, kind))
    assert codes() == [rules()[kind].code]


@pytest.mark.parametrize(("last", "incidents"), [(299.999, ["TAB_BLUR"]), (300, [])])
def test_three_short_ones_within_five_minutes_are_one_episode(
    room: Room, last: float, incidents: list[str]
) -> None:
    for n, second in enumerate((0, 100, last), 1):
        take(room, told(room, Kind.AWAY, n, second=second, seconds=1))
    assert codes() == incidents
    assert Signal.objects.exclude(incident=None).count() == 3 * len(incidents)


def test_an_episode_begins_with_its_first_and_the_next_needs_three_more(room: Room) -> None:
    for n in range(1, 6):
        take(room, told(room, Kind.AWAY, n, second=10 * n, seconds=1))
    incident = Incident.objects.get()
    assert milliseconds(incident.started_at) == milliseconds(room.at(10)) + 10_000
    assert incident.ended_at is not None
    assert milliseconds(incident.ended_at) == milliseconds(room.at(10)) + 31_000
    take(room, told(room, Kind.AWAY, 6, second=60, seconds=1))
    assert codes() == ["TAB_BLUR", "TAB_BLUR"]


@pytest.mark.parametrize(("second", "incidents"), [(59.999, 1), (60, 2)])
def test_what_comes_soon_after_belongs_to_the_incident(room: Room, second: float, incidents: int) -> None:
    take(room, told(room, Kind.PRINT_SCREEN), told(room, Kind.PRINT_SCREEN, 2, second=second))
    assert (Incident.objects.count(), Signal.objects.filter(incident=None).count()) == (incidents, 0)


def test_the_same_signal_again_changes_nothing(room: Room) -> None:
    once = told(room, Kind.AWAY, seconds=5)
    first = take(room, once)
    entries = LogEntry.objects.count()
    assert take(room, once, once) == [*first, *first]
    assert (Signal.objects.count(), Incident.objects.count()) == (1, 1)
    assert LogEntry.objects.count() == entries


def test_two_pages_count_for_themselves(room: Room) -> None:
    take(room, told(room, Kind.AWAY, seconds=5), told(room, Kind.AWAY, seconds=5, page="f" * 16))
    assert codes() == ["TAB_BLUR", "TAB_BLUR"]


def test_what_goes_on_is_an_incident_at_once_and_ends_when_it_is_told(room: Room) -> None:
    take(room, told(room, Kind.AWAY, seconds=3, lasting=True))
    assert Incident.objects.get().ended_at is None
    take(room, told(room, Kind.AWAY, seconds=13, lasting=True))
    take(room, told(room, Kind.AWAY, seconds=42))
    take(room, told(room, Kind.AWAY, seconds=13, lasting=True))
    ended = Incident.objects.get().ended_at
    assert ended is not None
    assert milliseconds(ended) == milliseconds(room.at(10)) + 42_000
    assert LogEntry.objects.filter(action__startswith="incident.").count() == 2


def test_what_goes_on_becomes_an_incident_when_it_has_lasted(room: Room) -> None:
    take(room, told(room, Kind.FULLSCREEN_EXIT, seconds=3, lasting=True))
    assert codes() == []
    take(room, told(room, Kind.FULLSCREEN_EXIT, seconds=12))
    assert codes() == ["FULLSCREEN_EXIT"]


def test_what_a_page_left_open_ends_with_the_sitting(room: Room) -> None:
    take(room, told(room, Kind.AWAY, seconds=3, lasting=True), minutes=11)
    assert end_left_signals(now=room.at(12)) == 0
    closing.hand_in(sitting=room.theory(), actor=room.venue.candidate(0), now=room.at(40))
    assert end_left_signals(now=room.at(41)) == 1
    ended = Incident.objects.get().ended_at
    assert ended is not None
    assert milliseconds(ended) == milliseconds(room.at(10)) + 3000


def test_the_facts_are_in_the_audit_and_both_clocks_are_kept(room: Room) -> None:
    take(room, told(room, Kind.PASTE, size=640))
    facts = LogEntry.objects.get(action="incident.raised").data["facts"]
    assert (facts["signal"], facts["size"], facts["times"]) == ("paste", 640, 1)
    row = Signal.objects.get()
    assert (row.page_began_at - row.began_at).total_seconds() == 0.25


@pytest.mark.parametrize(("minutes", "outcome"), [(-0.001, "not_open"), (0, "taken")])
def test_it_counts_from_the_start_on(room: Room, minutes: float, outcome: str) -> None:
    at = milliseconds(room.at(minutes))
    assert take(room, Told(PAGE, 1, Kind.DEVTOOLS, at, at))[0].outcome == outcome


@pytest.mark.parametrize(("ahead", "outcome"), [(5000, "taken"), (5001, "bad_time")])
def test_it_cannot_come_from_the_future(room: Room, ahead: int, outcome: str) -> None:
    at = milliseconds(room.at(20)) + ahead
    assert take(room, Told(PAGE, 1, Kind.DEVTOOLS, at, at))[0].outcome == outcome


def test_a_pause_is_nobodys_fault(room: Room) -> None:
    time.pause_sitting(sitting=room.theory(), actor=room.first, reason="停电", now=room.at(9))
    assert take(room, told(room, Kind.AWAY, seconds=60))[0].outcome is Outcome.NOT_OPEN
    time.resume_sitting(sitting=room.theory(), actor=room.first, reason="来电", now=room.at(12))
    assert take(room, told(room, Kind.AWAY, 2, seconds=60))[0].outcome is Outcome.NOT_OPEN
    assert take(room, told(room, Kind.AWAY, 3, second=150, seconds=60))[0].incident
    assert Signal.objects.count() == 1


@pytest.mark.parametrize("kind", [Kind.AWAY, Kind.FULLSCREEN_EXIT])
def test_who_must_work_in_other_programs_may_leave_the_page(room: Room, kind: Kind) -> None:
    room.venue.make_ready(1, room.at(0), Subject.PRACTICAL)
    room.venue.start(room.at(0), Subject.PRACTICAL)
    told_of = [told(room, kind, n, second=n, seconds=60) for n in range(1, 5)]
    taken = take_signals(sitting=room.practical(1), told=told_of, now=room.at(20))
    assert taken == [Taken(Outcome.TAKEN)] * 4
    take_signals(sitting=room.practical(1), told=[told(room, Kind.PASTE, 9, size=100)], now=room.at(20))
    assert codes() == ["PASTE"]


@pytest.mark.parametrize(
    ("task", "leaves"),
    [
        ({"materials": [], "deliverables": [{"kind": "text"}, {"kind": "table"}]}, False),
        ({"materials": [], "deliverables": [{"kind": "text"}, {"kind": "file"}]}, True),
        ({"materials": [{"id": "M1"}], "deliverables": [{"kind": "text"}]}, True),
    ],
)
def test_materials_and_files_lead_out_of_the_page(task: dict[str, Any], leaves: bool) -> None:
    assert leaves_page({"tasks": [task]}) is leaves
    assert not leaves_page({"sections": []})


def test_a_camera_of_the_list_is_an_incident_and_any_other_is_not_even_kept(room: Room) -> None:
    real = told(room, Kind.VIRTUAL_CAMERA, label="Integrated Camera (04f2:b6dd)")
    assert take(room, real) == [Taken(Outcome.TAKEN)]
    assert Signal.objects.count() == 0
    take(room, told(room, Kind.VIRTUAL_CAMERA, 2, label="张三的 OBS  Virtual Camera (0001:0002)"))
    assert codes() == ["VIRTUAL_CAMERA"]
    entry = LogEntry.objects.get(action="incident.raised")
    assert entry.data["facts"]["camera"] == "obs virtual camera"
    assert "张三" not in str(entry.data)


def test_the_list_knows_virtual_cameras_and_not_the_browsers_own_test_picture() -> None:
    names = camera_names(FOLDER / "virtual_cameras.json")
    assert virtual_camera("ManyCam Virtual Webcam", names) == "manycam"
    real = ("fake_device_0", "HD Pro Webcam C920", "FaceTime HD Camera", "USB2.0 HD UVC WebCam", "")
    assert [virtual_camera(label, names) for label in real] == [""] * len(real)


def test_a_sitting_may_tell_so_much_a_minute_and_then_again(room: Room) -> None:
    most = limits().a_minute
    many = [told(room, Kind.AWAY, n, second=n / 100) for n in range(1, most + 1)]
    take(room, *many)
    with pytest.raises(TooManySignals):
        take(room, told(room, Kind.AWAY, most + 1))
    assert Signal.objects.count() == most
    take(room, told(room, Kind.AWAY, most + 1), minutes=21)
    assert Signal.objects.count() == most + 1


def test_signals_change_neither_the_sitting_nor_its_clock(room: Room) -> None:
    before = type(room.theory()).objects.filter(pk=room.theory().pk).values().get()
    take(room, *(told(room, kind, n, seconds=60, size=10**6) for n, kind in enumerate(Kind, 1)))
    assert type(room.theory()).objects.filter(pk=room.theory().pk).values().get() == before
