"""The desk at the door: who is there, who is let in, and who waits for a second person."""

import re

import pytest
from django.test import Client

from examserver.delivery.models import Sitting
from examserver.invigilation import desk
from examserver.invigilation.face_comparing import Answer
from examserver.invigilation.models import Case, FaceCheck
from examserver.invigilation.services.face_checks import record_comparison
from examserver.invigilation.states import FaceOutcome
from examserver.kernel.access import Actor
from tests.invigilation.room import Room, officer


def waiting(room: Room) -> Sitting:
    """Somebody who has not been let in yet."""
    return room.theory(2)


def page(client: Client, room: Room, chosen: Sitting | None = None) -> str:
    query = f"?sitting={chosen.pk}" if chosen else ""
    answer = client.get(f"/desk/{room.theory().session_id}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def act(client: Client, sitting: Sitting, step: str, **data: str) -> str:
    path = f"/desk/{sitting.session_id}/{sitting.pk}/act/"
    answer = client.post(path, {"step": step, **data}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def held(room: Room, by: Actor) -> Sitting:
    """The machine said that it is somebody else."""
    answer = Answer(FaceOutcome.NO_MATCH, "", 0.9, "0" * 64)
    sitting = waiting(room)
    record_comparison(sitting_id=sitting.pk, actor=by, answer=answer, now=room.at(5))
    return sitting


def test_everybody_is_listed_by_state_and_without_the_extra_nobody_is_asked_for_consent(room: Room) -> None:
    sitting = waiting(room)
    said = page(room.client(room.first), room, sitting)
    assert sitting.ticket.candidate.name in said
    assert "待入场" in said
    assert "已入场" in said
    if not desk.can_compare():
        assert "本机未安装人脸比对" in said
        assert "考生同意，开始比对" not in said


@pytest.mark.requirement("S19")
def test_who_declines_is_checked_by_eye_and_let_in(room: Room) -> None:
    client, sitting = room.client(room.venue.chief), waiting(room)
    assert "请人工核对" in act(client, sitting, "refuse")
    assert "考生不同意比对" in page(client, room, sitting)
    assert "已入场" in act(client, sitting, "admit", note="在场外等候")
    assert waiting(room).state == "CHECKED_IN"
    assert FaceCheck.objects.get().state == "CLEAR"


@pytest.mark.requirement("S18")
def test_who_is_held_is_let_in_by_a_second_person_with_a_note_and_by_nobody_else(room: Room) -> None:
    sitting = held(room, room.first)
    first, second = room.client(room.first), room.client(room.second)
    assert "须由另一位工作人员" in page(first, room, sitting)
    assert "暂缓入场" in act(first, sitting, "admit")
    assert waiting(room).state == "EXPECTED"
    assert "已放行" in act(second, sitting, "release", note="证件照旧，本人无误")
    assert "已入场" in act(second, sitting, "admit")
    assert waiting(room).state == "CHECKED_IN"


@pytest.mark.requirement("S18", partly=True)
def test_a_second_person_reports_and_the_candidate_stays_outside(room: Room) -> None:
    sitting = held(room, room.first)
    client = room.client(room.second)
    assert "已上报" in act(client, sitting, "report", note="非本人", severity="SERIOUS")
    assert Case.objects.get().clause == "四.4"
    assert "暂缓入场" in act(client, sitting, "admit")
    assert waiting(room).state == "EXPECTED"


@pytest.mark.parametrize("step", ["release", "report"])
def test_what_is_missing_is_said_and_changes_nothing(room: Room, step: str) -> None:
    sitting = held(room, room.first)
    act(room.client(room.second), sitting, step, note=" ", severity="")
    assert FaceCheck.objects.get().state == "HELD"


def test_the_desk_is_for_the_staff_of_the_room(room: Room) -> None:
    path = f"/desk/{room.theory().session_id}/"
    assert Client().get(path).status_code == 302
    assert room.client(officer("third")).get(path).status_code in (403, 404)
    assert room.client(room.first).get("/desk/99/").status_code == 404
    assert room.client(room.first).post(f"{path}99/act/", {"step": "admit"}).status_code == 404
    assert room.client(room.first).post(f"{path}{waiting(room).pk}/act/", {"step": "x"}).status_code == 404


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "入场核验"), ("en", "The desk")])
def test_every_word_is_there_in_both_languages(room: Room, language: str, word: str) -> None:
    sitting = held(room, room.first)
    client = room.client(room.second)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    said = page(client, room, sitting)
    assert word in said
    assert not re.search(r">\s*(case|desk)\.", said)
