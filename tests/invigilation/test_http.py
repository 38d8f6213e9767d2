"""The acts over HTTP: who may, what the rules refuse, what is no message at all."""

import json
from typing import Any

import pytest
from django.test import Client

from examserver.invigilation.access import ROWS
from examserver.invigilation.models import Case, Incident, Reminder
from examserver.invigilation.urls import urlpatterns
from examserver.kernel.models import LogEntry
from examserver.registration.models import Bar
from proctor.buses.shared import SharedBus
from proctor.frames import Frame, pack_wire
from tests.invigilation.room import Room, jpeg, still


def post(client: Client, path: str, body: object = None) -> tuple[int, Any]:
    """The status and the answer; `body` may be bytes, to send what is no JSON."""
    data = body if isinstance(body, bytes) else json.dumps({} if body is None else body)
    answer = client.post(path, data=data, content_type="application/json")
    return answer.status_code, answer.json()


def code(answer: tuple[int, Any]) -> tuple[int, str]:
    """The status and the error's code; "" where it was done."""
    status, body = answer
    return status, body.get("error", {}).get("code", "")


def test_every_address_and_socket_has_its_row() -> None:
    names = {pattern.name for pattern in urlpatterns}
    assert names | {"ws_board", "ws_frames"} == set(ROWS)
    public = {name for name, roles in ROWS.items() if not roles}
    assert public == {"board_catalog"}, "nothing of the invigilation is public but the words of its page"


def test_the_whole_way_of_a_case_by_http(room: Room) -> None:
    first, second, sitting = room.client(room.first), room.client(room.second), room.theory().pk
    incident = room.notice()
    assert post(first, f"/api/incidents/{incident.pk}/acknowledge") == (200, {"ok": True})
    remind = {"clause": "二.1", "incident": incident.pk}
    assert post(first, f"/api/sittings/{sitting}/remind", remind) == (200, {"ok": True})
    reminder = Reminder.objects.get()
    post(first, f"/api/reminders/{reminder.pk}/not_complied", {"note": "仍在桌上"})
    report = {"clause": "二.1", "note": "", "incident": incident.pk, "reminder": reminder.pk}
    assert post(first, f"/api/sittings/{sitting}/case", report) == (200, {"ok": True})
    confirm = f"/api/cases/{Case.objects.get().pk}/confirm"
    assert code(post(first, confirm, {"note": ""})) == (409, "second_person_needed")
    assert post(second, confirm, {"note": "属实"}) == (200, {"ok": True})
    assert (room.theory().state, Incident.objects.get().state) == ("VOID_SUBJECT", "ATTACHED")


@pytest.mark.parametrize("who", ["first", "second"])
def test_s24_the_gate_holds_over_http_too(room: Room, who: str) -> None:
    case = room.propose("二.1")
    answer = post(room.client(getattr(room, who)), f"/api/cases/{case.pk}/confirm", {"note": "x"})
    assert code(answer) == (409, "reminder_required")
    assert answer[1]["error"]["text"] not in ("", "error.reminder_required")


def test_s25_a_reminder_of_another_clause_is_refused_over_http(room: Room) -> None:
    reminder = room.remind("二.2")
    room.refuse(reminder)
    report = {"clause": "二.1", "note": "", "reminder": reminder.pk}
    answer = post(room.client(room.first), f"/api/sittings/{room.theory().pk}/case", report)
    assert code(answer) == (409, "clause_mismatch")


def test_s27_the_chief_proposes_and_the_officer_confirms(room: Room) -> None:
    path, report = f"/api/sittings/{room.theory().pk}/case", {"clause": "三.1", "note": "拍屏幕"}
    post(room.client(room.first), path, report)
    assert Case.objects.get().state == "OPEN"
    post(room.client(room.venue.chief), path, report)
    confirm = f"/api/cases/{Case.objects.get().pk}/confirm"
    assert code(post(room.client(room.second), confirm)) == (409, "role_needed")
    assert post(room.client(room.officer), confirm) == (200, {"ok": True})
    assert (room.practical().state, Bar.objects.count()) == ("VOID_ALL", 1)


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("case", b"{", (400, "bad_json")),
        ("case", {"clause": "三.2", "verdict": "guilty"}, (400, "bad_message")),
        ("case", {}, (400, "bad_message")),
        ("case", {"clause": "四.1", "severity": "GRAVE"}, (400, "bad_message")),
        ("case", {"clause": "五.1"}, (409, "unknown_clause")),
        ("case", {"clause": "三.2", "incident": 10**30}, (404, "not_found")),
        ("case", {"clause": "三.2", "reminder": "1"}, (400, "bad_message")),
        ("remind", {"clause": "二.4"}, (409, "no_reminder_for_clause")),
        ("remind", {"clause": 2}, (400, "bad_message")),
        ("remind", {"clause": "二.1", "incident": 999}, (404, "not_found")),
        ("extra_time", {"minutes": 61, "reason": "x"}, (409, "bad_minutes")),
        ("extra_time", {"minutes": "5", "reason": "x"}, (400, "bad_message")),
        ("pause", {"reason": " "}, (409, "reason_needed")),
        ("message", {"body": " "}, (409, "empty_message")),
        ("absent", {"why": "late"}, (400, "bad_message")),
    ],
)
def test_bad_input_has_a_clear_error_and_changes_nothing(
    room: Room, path: str, body: object, expected: tuple[int, str]
) -> None:
    entries = LogEntry.objects.count()
    answer = post(room.client(room.first), f"/api/sittings/{room.theory().pk}/{path}", body)
    assert code(answer) == expected
    assert LogEntry.objects.count() == entries


def test_a_dismissal_needs_a_reason_of_the_list(room: Room) -> None:
    path, client = f"/api/incidents/{room.notice().pk}/dismiss", room.client(room.first)
    assert code(post(client, path, {"reason": "bored"})) == (400, "bad_message")
    assert post(client, path, {"reason": "wrong_object"}) == (200, {"ok": True})
    assert code(post(client, path, {"reason": "other"})) == (409, "illegal_move")


def test_acts_on_a_sitting_reach_its_services(room: Room) -> None:
    client, sitting = room.client(room.first), room.theory().pk
    before = room.theory().ends_at
    assert before is not None
    for act, body in (("extra_time", {"minutes": 5, "reason": "补时"}), ("pause", {"reason": "断网"})):
        assert post(client, f"/api/sittings/{sitting}/{act}", body) == (200, {"ok": True})
    assert room.theory().state == "PAUSED"
    assert post(client, f"/api/sittings/{sitting}/resume", {"reason": "恢复"}) == (200, {"ok": True})
    ends = room.theory().ends_at
    assert ends is not None
    assert (ends - before).total_seconds() >= 300
    assert post(client, f"/api/sittings/{sitting}/message", {"body": "注意"}) == (200, {"ok": True})
    assert post(client, f"/api/sittings/{room.theory(2).pk}/absent") == (200, {"ok": True})


def test_acts_on_a_session_reach_its_services(room: Room) -> None:
    client, practical = room.client(room.first), room.venue.practical.pk
    assert post(client, f"/api/board/{practical}/arrive") == (200, {"ok": True})
    assert post(client, f"/api/board/{practical}/arm") == (200, {"ok": True})
    assert code(post(client, f"/api/board/{practical}/start")) == (409, "room_needs_two")
    assert post(client, f"/api/board/{practical}/disarm") == (200, {"ok": True})
    theory = room.venue.theory.pk
    for act, body in (
        ("pause", {"reason": "停电"}),
        ("resume", {"reason": "来电"}),
        ("message", {"body": "安静"}),
    ):
        assert post(client, f"/api/board/{theory}/{act}", body) == (200, {"ok": True})


def test_only_the_chief_terminates(room: Room) -> None:
    path, body = f"/api/sittings/{room.theory().pk}/terminate", {"reason": "扰乱秩序"}
    assert room.client(room.first).post(path, body, content_type="application/json").status_code == 404
    assert post(room.client(room.venue.chief), path, body) == (200, {"ok": True})
    assert room.theory().state == "TERMINATED"


def test_what_is_anothers_is_not_there(room: Room) -> None:
    from examserver.kernel.access import Actor, Role
    from examserver.people.services import add_staff

    made = add_staff(username="other", display_name="other", password="a long one", roles=[Role.INVIGILATOR])
    stranger = room.client(Actor("staff", made.pk, frozenset({Role.INVIGILATOR})))
    incident, reminder, case = room.notice(), room.remind(), room.propose("三.2")
    session, sitting = room.venue.theory.pk, room.theory().pk
    for path, body in (
        (f"/api/board/{session}/arrive", {}),
        (f"/api/sittings/{sitting}/pause", {"reason": "x"}),
        (f"/api/sittings/{sitting}/case", {"clause": "三.3"}),
        (f"/api/incidents/{incident.pk}/acknowledge", {}),
        (f"/api/reminders/{reminder.pk}/complied", {}),
        (f"/api/cases/{case.pk}/confirm", {}),
        ("/api/cases/999999/confirm", {}),
    ):
        assert code(post(stranger, path, body)) == (404, "not_found"), path
    assert stranger.get(f"/api/board/{session}/snapshot").status_code == 404
    assert stranger.get(f"/board/{session}/").status_code == 404
    assert list(stranger.get("/board/").context["sessions"]) == []


def test_a_candidate_reaches_nothing_of_the_staff(room: Room) -> None:
    client = room.candidate_client(room.sign_in())
    for path in (f"/board/{room.venue.theory.pk}/", "/board/", f"/api/board/{room.venue.theory.pk}/snapshot"):
        assert client.get(path).status_code == 404
    assert client.post(f"/api/sittings/{room.theory().pk}/case").status_code == 404


def test_without_signing_in_the_way_in_is_shown(room: Room) -> None:
    assert Client().get("/board/").status_code == 302
    assert code(post(Client(), f"/api/board/{room.venue.theory.pk}/arrive")) == (401, "signed_out")


def test_a_request_from_another_site_is_refused(room: Room) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = room.client(room.first).cookies
    answer = client.post(f"/api/board/{room.venue.theory.pk}/arrive", "{}", content_type="application/json")
    assert answer.status_code == 403


def test_the_snapshot_speaks_the_readers_language(room: Room) -> None:
    room.notice()
    client, path = room.client(room.first), f"/api/board/{room.venue.theory.pk}/snapshot"
    texts = {
        language: client.get(path, headers={"Accept-Language": language}).json()["objects"]["incident_card"][
            0
        ]
        for language in ("zh-hans", "en")
    }
    assert texts["zh-hans"]["clauses"][0]["text"].startswith("携带禁携物品")
    assert texts["en"]["clauses"][0]["text"].startswith("Brought forbidden items")


def test_the_pages_open_in_both_languages(room: Room) -> None:
    for language in ("zh-hans", "en"):
        client = room.client(room.officer)
        listed = client.get("/board/", headers={"Accept-Language": language})
        assert f"/board/{room.venue.theory.pk}/" in listed.content.decode()
        page = client.get(f"/board/{room.venue.theory.pk}/", headers={"Accept-Language": language})
        facts = page.context["board"]
        assert (facts["me"]["roles"], len(facts["clauses"]), len(facts["reasons"])) == (["officer"], 16, 5)


def test_a_still_is_shown_to_who_may_see_it_and_every_look_is_recorded(room: Room) -> None:
    picture = still(room.at(10).timestamp())
    evidence = room.notice(stills=(picture,)).evidence.get()
    path = f"/api/sittings/{room.theory().pk}/evidence/{evidence.pk}/"
    answer = room.client(room.officer).get(path)
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, picture.jpeg, "image/jpeg")
    assert "no-store" in answer["Cache-Control"]
    assert LogEntry.objects.get(action="evidence.viewed").actor == str(room.officer)
    other = f"/api/sittings/{room.theory(1).pk}/evidence/{evidence.pk}/"
    assert room.client(room.officer).get(other).status_code == 404
    assert room.candidate_client(room.sign_in()).get(path).status_code == 404
    assert LogEntry.objects.filter(action="evidence.viewed").count() == 1


def test_evidence_that_was_changed_on_the_disk_is_not_shown(room: Room, tmp_path: Any) -> None:
    evidence = room.notice(stills=(still(room.at(10).timestamp()),)).evidence.get()
    (tmp_path / "evidence" / evidence.path).write_bytes(jpeg(10))
    answer = room.client(room.first).get(f"/api/sittings/{room.theory().pk}/evidence/{evidence.pk}/")
    assert code((answer.status_code, answer.json())) == (409, "evidence_damaged")


def frame(seq: int = 1, picture: bytes | None = None) -> bytes:
    return pack_wire(Frame(0, seq, 1_774_659_600.0, 0.0, jpeg() if picture is None else picture))


def send(client: Client, data: bytes) -> tuple[int, Any]:
    answer = client.post("/api/exam/frames", data=data, content_type="application/octet-stream")
    return answer.status_code, answer.json()


def test_a_frame_may_come_by_plain_http_for_the_own_seat_only(room: Room, bus: SharedBus) -> None:
    client = room.candidate_client(room.sign_in())
    assert send(client, frame(7)) == (200, {"credit": 1})
    kept = bus.latest(room.theory().pk)
    assert kept is not None
    assert (kept.seq, kept.jpeg, kept.captured_at) == (7, jpeg(), 1_774_659_600.0)
    assert bus.latest(room.theory(1).pk) is None
    assert code(send(client, frame(8))) == (429, "no_credit")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"\x01", "too_short"),
        (b"\x02" + frame()[1:], "bad_version"),
        (frame(picture=b"GIF89a" * 10), "not_jpeg"),
        (frame(picture=b"\xff\xd8" + bytes(262_144) + b"\xff\xd9"), "too_large"),
    ],
)
def test_what_is_no_frame_is_named_over_http(room: Room, bus: SharedBus, data: bytes, fault: str) -> None:
    client = room.candidate_client(room.sign_in())
    assert code(send(client, data)) == (400, fault)
    assert bus.latest(room.theory().pk) is None
    assert send(client, frame())[0] == 200


def test_the_camera_is_checked_by_a_picture_that_has_arrived(room: Room) -> None:
    client = room.candidate_client(room.sign_in())
    report = {"label": "USB Camera", "width": 640, "height": 480}
    assert code(post(client, "/api/exam/camera", report)) == (409, "no_picture")
    send(client, frame())
    status, state = post(client, "/api/exam/camera", report)
    assert (status, state["type"]) == (200, "state")
    assert code(post(client, "/api/exam/camera", {"label": 1})) == (400, "bad_message")
