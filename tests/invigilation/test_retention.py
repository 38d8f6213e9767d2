"""Evidence is deleted when its time is over, its row and the proof stay; never during an exam, never under a hold."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from examserver.delivery.services import closing
from examserver.invigilation.models import Evidence, LegalHold
from examserver.invigilation.selectors import incident_card
from examserver.invigilation.services.incidents import dismiss_incident
from examserver.invigilation.services.retention import (
    delete_expired,
    keep_to_retention,
    lift_hold,
    place_hold,
)
from examserver.invigilation.states import DismissReason
from examserver.kernel import chain
from examserver.kernel.access import NotAllowed
from examserver.kernel.models import LogEntry
from tests.invigilation.pictures import clip, filmed
from tests.invigilation.room import Room


def dismissed(room: Room, shade: int = 90, minutes: float = 10) -> Evidence:
    """The clip of an incident that was dismissed in minute 20."""
    found = filmed(room, clip(shade), minutes=minutes)
    reason = DismissReason.WRONG_OBJECT
    dismiss_incident(incident=found.incident, actor=room.first, reason=reason, now=room.at(20))
    return found


def after(room: Room, days: float) -> datetime:
    """So many days after minute 20."""
    return room.at(20) + timedelta(days=days)


def on_disk(evidence: Evidence) -> bool:
    return (Path(settings.EVIDENCE_DIR) / evidence.path).exists()


def end_exam(room: Room) -> None:
    """Every sitting is over."""
    closing.close_overdue(now=room.at(24 * 60))


def test_a_dismissed_incidents_pictures_go_after_thirty_days_and_the_row_stays(room: Room) -> None:
    evidence = dismissed(room)
    assert delete_expired(now=after(room, 29.999)).deleted == 0
    assert delete_expired(now=after(room, 30)).deleted == 1
    evidence.refresh_from_db()
    assert (on_disk(evidence), evidence.gone, evidence.deleted_at) == (False, "expired", after(room, 30))
    entry = LogEntry.objects.get(action="evidence.deleted")
    assert entry.data["evidence"][0]["sha256"] == evidence.sha256
    assert entry.data["rule"].startswith("dismissed ")
    assert list(chain.broken_entries(entry.stream)) == []
    assert incident_card(evidence.incident).stills[0].gone == "expired"


def test_a_picture_that_another_incident_still_needs_stays_until_that_goes_too(room: Room) -> None:
    shared, still_open = dismissed(room), filmed(room, clip(), minutes=30)
    delete_expired(now=after(room, 31))
    shared.refresh_from_db()
    assert (shared.gone, on_disk(still_open)) == ("expired", True)
    delete_expired(now=after(room, 181))
    assert not on_disk(still_open)


def test_a_case_keeps_all_pictures_of_its_sitting(room: Room) -> None:
    evidence = dismissed(room)
    room.propose("三.1", room.venue.chief)
    assert delete_expired(now=after(room, 4000)).deleted == 0
    assert on_disk(evidence)


def test_a_hold_keeps_them_until_it_is_lifted(room: Room) -> None:
    evidence, sitting = dismissed(room), room.theory().pk
    place_hold(sitting_id=sitting, actor=room.officer, reason="诉讼", now=room.at(30))
    assert delete_expired(now=after(room, 4000)).deleted == 0
    lift_hold(sitting_id=sitting, actor=room.second_officer, now=after(room, 4000))
    assert delete_expired(now=after(room, 4000)).deleted == 1
    assert not on_disk(evidence)
    acts = LogEntry.objects.filter(action__startswith="hold.").values_list("action", "actor")
    assert list(acts) == [("hold.placed", str(room.officer)), ("hold.lifted", str(room.second_officer))]


def test_only_an_officer_places_a_hold_and_only_one_with_a_reason(room: Room) -> None:
    sitting = room.theory().pk
    for actor, reason in ((room.first, "诉讼"), (room.officer, " ")):
        with pytest.raises(NotAllowed):
            place_hold(sitting_id=sitting, actor=actor, reason=reason, now=room.at(30))
    place_hold(sitting_id=sitting, actor=room.officer, reason="诉讼", now=room.at(30))
    with pytest.raises(NotAllowed, match="already_held"):
        place_hold(sitting_id=sitting, actor=room.officer, reason="诉讼", now=room.at(31))
    assert LegalHold.objects.count() == 1


def test_holds_are_placed_and_lifted_over_http_by_the_office_alone(room: Room) -> None:
    place, lift = (reverse(name, args=[room.theory().pk]) for name in ("sitting_hold", "sitting_lift_hold"))
    body = {"data": {"reason": "诉讼"}, "content_type": "application/json"}
    assert room.client(room.first).post(place, **body).status_code == 404
    officer = room.client(room.officer)
    assert [officer.post(place, **body).status_code for _ in range(2)] == [200, 409]
    empty = {"data": {}, "content_type": "application/json"}
    assert [officer.post(lift, **empty).status_code for _ in range(2)] == [200, 409]


def test_the_daily_deletion_waits_for_the_end_of_the_exam_and_runs_once_a_day(room: Room) -> None:
    first = dismissed(room)
    keep_to_retention(now=after(room, 30))
    assert on_disk(first)
    end_exam(room)
    second = filmed(room, clip(50), minutes=2)
    keep_to_retention(now=after(room, 30))
    assert not on_disk(first)
    dismiss_incident(incident=second.incident, actor=room.first, reason=DismissReason.STAFF, now=room.at(21))
    keep_to_retention(now=after(room, 30) + timedelta(minutes=5))
    assert on_disk(second)
    keep_to_retention(now=after(room, 31))
    assert not on_disk(second)
    done = LogEntry.objects.filter(action="retention.done").order_by("number")
    assert [entry.data["deleted"] for entry in done] == [1, 1]


def test_a_file_that_no_row_names_goes_after_a_day_and_not_before(room: Room) -> None:
    end_exam(room)
    kept = filmed(room, clip(), minutes=2)
    orphan = Path(settings.EVIDENCE_DIR) / "ab" / "orphan.part"
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"left by a power cut")
    now = after(room, 1)
    for path in (orphan, Path(settings.EVIDENCE_DIR) / kept.path):
        os.utime(path, (now.timestamp() - 86_400,) * 2)
    keep_to_retention(now=now)
    assert orphan.exists()
    keep_to_retention(now=now + timedelta(days=1))
    assert (orphan.exists(), on_disk(kept)) == (False, True)


def test_a_disk_that_refuses_leaves_the_row_as_it_was_and_the_others_go(room: Room) -> None:
    stuck, free = dismissed(room, 90), dismissed(room, 30, minutes=15)
    path = Path(settings.EVIDENCE_DIR) / stuck.path
    path.unlink()
    path.mkdir()  # what cannot be unlinked
    found = delete_expired(now=after(room, 30))
    stuck.refresh_from_db()
    free.refresh_from_db()
    assert (found.deleted, found.failed, stuck.gone, free.gone) == (1, 1, "", "expired")
