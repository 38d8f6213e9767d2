"""The address to which pages tell their signals: who may, in what shape, and that no text is kept."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from examserver.delivery.services import closing, time
from examserver.invigilation.hearing import heard_at
from examserver.invigilation.models import Incident, Signal
from examserver.kernel import clock
from examserver.kernel.clock import milliseconds
from examserver.kernel.models import LogEntry
from tests.delivery.venue import build
from tests.invigilation.room import Room, running_room

PATH = "/api/exam/signals"
SECRET = "考生抄来的一句话"


@pytest.fixture
def room(db: None, bus: object) -> Room:
    """A room whose theory began this minute, for the address reads the clock itself."""
    now = clock.now().replace(microsecond=0)
    cache.clear()
    return running_room(build(now, start_in_hours=0), now)


def signal(room: Room, **more: Any) -> dict[str, Any]:
    at = milliseconds(room.start)
    plain = {"page": "0123456789abcdef", "n": 1, "kind": "devtools", "at": at, "page_at": at}
    return {**plain, **more}


def tell(client: Client, *signals: Any, raw: bytes | None = None) -> tuple[int, Any]:
    data = json.dumps(signals) if raw is None else raw
    answer = client.post(PATH, data=data, content_type="application/json")
    return answer.status_code, answer.json()


def own(room: Room) -> Client:
    return room.candidate_client(room.sign_in())


def test_each_signal_is_answered(room: Room) -> None:
    at = milliseconds(room.start)
    answer = tell(own(room), signal(room), signal(room, n=2, kind="away"), signal(room, n=3, at=at - 1))
    told = [(1, "taken", True), (2, "taken", False), (3, "not_open", False)]
    results = [{"n": n, "outcome": outcome, "incident": incident} for n, outcome, incident in told]
    assert answer == (200, {"results": results})
    assert Incident.objects.get().code == "DEVTOOLS"


def test_an_empty_array_says_that_the_page_still_watches(room: Room) -> None:
    client, sitting = own(room), room.theory().pk
    assert heard_at([sitting]) == {}
    assert tell(client) == (200, {"results": []})
    assert clock.now() - heard_at([sitting])[sitting] < timedelta(seconds=10)
    assert Signal.objects.count() == 0


def test_what_is_refused_is_no_sign_of_a_watch(room: Room) -> None:
    closing.hand_in(sitting=room.theory(), actor=room.venue.candidate(0), now=room.at(40))
    assert tell(own(room))[0] == 409
    assert heard_at([room.theory().pk]) == {}


def test_only_the_candidate_of_an_open_sitting_may(room: Room) -> None:
    sent = signal(room)
    assert tell(Client(), sent)[0] == 401
    assert room.client(room.first).post(PATH, [sent], content_type="application/json").status_code == 404
    client = own(room)
    closing.hand_in(sitting=room.theory(), actor=room.venue.candidate(0), now=room.at(40))
    status, body = tell(client, sent)
    assert (status, body["error"]["code"], Signal.objects.count()) == (409, "not_open", 0)


def test_who_has_not_begun_has_nothing_to_tell(room: Room) -> None:
    status, body = tell(room.candidate_client(room.sign_in(2)), signal(room))
    assert (status, body["error"]["code"]) == (409, "not_open")


def test_a_paused_sitting_may_still_tell_of_before(room: Room) -> None:
    client = own(room)
    time.pause_sitting(sitting=room.theory(), actor=room.first, reason="停电", now=room.at(0.01))
    status, body = tell(client, signal(room))
    assert (status, body["results"][0]["outcome"]) == (200, "taken")


@pytest.mark.parametrize(
    "broken",
    [
        {"text": SECRET},
        {"kind": "keystroke"},
        {"page": SECRET},
        {"page": "0123456789ABCDEF"},
        {"n": 0},
        {"n": "1"},
        {"at": -1},
        {"at": 2**42},
        {"lasted": 12 * 3600 * 1000 + 1},
        {"size": -1},
        {"size": SECRET},
        {"label": "x" * 201},
        {"lasting": 1},
    ],
)
def test_another_shape_is_refused_whole_and_nothing_is_kept(room: Room, broken: dict[str, Any]) -> None:
    entries = LogEntry.objects.count()
    client = own(room)
    status, body = tell(client, signal(room), signal(room, **{"n": 2, **broken}))
    assert (status, body["error"]["code"]) == (400, "bad_message")
    assert Signal.objects.count() == 0
    assert not LogEntry.objects.filter(pk__gt=entries, action__startswith="incident").exists()


@pytest.mark.parametrize(("raw", "code"), [(b"[", "bad_json"), (b"{}", "bad_message"), (b"\xff", "bad_json")])
def test_what_is_no_array_is_refused(room: Room, raw: bytes, code: str) -> None:
    status, body = tell(own(room), raw=raw)
    assert (status, body["error"]["code"]) == (400, code)


@pytest.mark.parametrize(("many", "status"), [(50, 200), (51, 413)])
def test_a_request_brings_so_many(room: Room, many: int, status: int) -> None:
    assert tell(own(room), *(signal(room, n=n, kind="away") for n in range(1, many + 1)))[0] == status


def test_a_body_that_is_too_large_is_not_read(room: Room) -> None:
    status, body = tell(own(room), raw=b" " * (32 * 1024 + 1))
    assert (status, body["error"]["code"]) == (413, "too_large")


def test_beyond_the_pace_the_page_is_asked_to_wait(room: Room) -> None:
    client = own(room)
    for first in (1, 51):
        assert tell(client, *(signal(room, n=n, kind="away") for n in range(first, first + 50)))[0] == 200
    status, body = tell(client, *(signal(room, n=n, kind="away") for n in range(101, 122)))
    assert (status, body["error"]["code"], Signal.objects.count()) == (429, "too_many", 100)


def test_a_cameras_name_is_kept_only_as_the_lists_entry(
    room: Room, settings: Settings, tmp_path: Any
) -> None:
    settings.VIRTUAL_CAMERAS = tmp_path / "names.json"
    settings.VIRTUAL_CAMERAS.write_text('{"names": ["fake_device"]}', "utf-8")
    label = f"Fake_Device_0 {SECRET}"
    assert tell(own(room), signal(room, kind="virtual_camera", label=label))[1]["results"][0]["incident"]
    kept = [*Signal.objects.values(), *Incident.objects.values(), *LogEntry.objects.values("data")]
    assert SECRET not in str(kept)
    assert Incident.objects.get().code == "VIRTUAL_CAMERA"
