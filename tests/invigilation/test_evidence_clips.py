"""A clip joins its incident, is on record by its hash, and is seen by the room's staff alone, each view logged."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from examserver.invigilation.models import Evidence, Incident
from examserver.invigilation.pictures import HEADER
from examserver.invigilation.selectors import incident_card
from examserver.invigilation.services.incidents import record_incident
from examserver.kernel.access import Actor, Role
from examserver.kernel.models import LogEntry
from examserver.people import services as people_services
from tests.invigilation.pictures import clip, filmed
from tests.invigilation.room import Room, still


def url(evidence: Evidence) -> str:
    return reverse("evidence_clip", args=[evidence.incident.sitting_id, evidence.pk])


def test_a_clip_joins_its_incident_and_moves_none_of_its_times(room: Room) -> None:
    before = room.notice(stills=(still(room.at(10).timestamp()),))
    evidence = filmed(room, clip())
    after = Incident.objects.get()
    assert (after.seen_at, after.ended_at, after.score) == (before.seen_at, before.ended_at, before.score)
    assert (evidence.kind, evidence.size) == ("CLIP", len(clip().data))
    entry = LogEntry.objects.get(action="incident.filmed")
    assert (entry.data["clips"], entry.data["stills"]) == ([clip().sha256], [])
    assert {line.kind for line in incident_card(after).stills} == {"STILL", "CLIP"}


def test_the_same_clip_again_changes_nothing(room: Room) -> None:
    filmed(room, clip())
    entries = LogEntry.objects.count()
    filmed(room, clip())
    assert (LogEntry.objects.count(), Evidence.objects.count()) == (entries, 1)


def test_a_clip_of_an_incident_that_nobody_knows_makes_none(room: Room) -> None:
    report = replace(room.report(phase="filmed", lasted=13), clip=clip())
    assert record_incident(report=report, now=room.at(11)) is None
    assert Incident.objects.count() == 0


def test_the_room_sees_the_clips_pictures_in_one_logged_answer(room: Room) -> None:
    evidence = filmed(room, clip(frames=3))
    answer = room.client(room.first).get(url(evidence))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    data, heads = answer.content, []
    while data:
        number, captured, length = HEADER.unpack_from(data)
        heads.append((number, captured, data[HEADER.size : HEADER.size + 2]))
        data = data[HEADER.size + length :]
    assert heads == [(n, 1_000_000 + 500 * n, b"\xff\xd8") for n in range(3)]
    entry = LogEntry.objects.get(action="evidence.viewed")
    assert (entry.actor, entry.data["kind"]) == (str(room.first), "CLIP")


def test_nobody_outside_the_rooms_staff_sees_a_clip(room: Room) -> None:
    evidence = filmed(room, clip())
    other = people_services.add_staff(
        username="x", display_name="x", password="a long password", roles=frozenset({Role.INVIGILATOR})
    )
    elsewhere = room.client(Actor("staff", other.pk, frozenset({Role.INVIGILATOR})))
    strangers = [Client(), room.candidate_client(room.sign_in()), elsewhere]
    assert [one.get(url(evidence)).status_code for one in strangers] == [401, 404, 404]
    assert not LogEntry.objects.filter(action="evidence.viewed").exists()


def test_a_still_is_no_clip_and_a_clip_no_still(room: Room) -> None:
    evidence = filmed(room, clip())
    wrong = reverse("evidence_still", args=[evidence.incident.sitting_id, evidence.pk])
    assert room.client(room.first).get(wrong).status_code == 404


def test_a_changed_clip_is_said_to_be_damaged_and_not_shown(room: Room) -> None:
    evidence = filmed(room, clip())
    path = Path(settings.EVIDENCE_DIR) / evidence.path
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    answer = room.client(room.first).get(url(evidence))
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "evidence_damaged")


@pytest.mark.parametrize("why", ["no_room", "shed", "expired"])
def test_a_clip_that_is_gone_says_why(room: Room, why: str) -> None:
    evidence = filmed(room, clip())
    deleted = None if why == "no_room" else room.at(30)
    Evidence.objects.update(gone=why, deleted_at=deleted)
    answer = room.client(room.first).get(url(evidence))
    assert (answer.status_code, answer.json()["error"]["why"]) == (410, why)
    assert incident_card(Incident.objects.get()).stills[0].gone == why


def test_what_was_left_out_on_its_way_is_named_by_its_hash(room: Room) -> None:
    evidence = filmed(room, replace(clip(), data=b""))
    assert (evidence.gone, evidence.sha256, evidence.size) == ("no_room", clip().sha256, 0)
    assert LogEntry.objects.get(action="incident.filmed").data["no_room"] == [clip().sha256]
