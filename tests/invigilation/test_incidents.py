"""What the proctor reports becomes an incident with its evidence, once, and nothing else changes."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from examserver.delivery.models import Sitting
from examserver.delivery.services import closing, time
from examserver.invigilation.clauses import UnknownIncident
from examserver.invigilation.models import Evidence, Incident
from examserver.invigilation.services.evidence import BadEvidence, view_still
from examserver.invigilation.services.incidents import (
    ForeignReport,
    acknowledge_incident,
    dismiss_incident,
    record_incident,
)
from examserver.invigilation.states import DismissReason
from examserver.kernel import chain
from examserver.kernel.models import LogEntry
from examserver.kernel.transitions import IllegalMove
from proctor.reports import Code, IncidentReport, Still
from tests.invigilation.room import Room, still


def record(room: Room, report: IncidentReport) -> Incident | None:
    return record_incident(report=report, now=room.at(11))


def actions(prefix: str) -> list[str]:
    found = LogEntry.objects.filter(action__startswith=prefix).order_by("stream", "number")
    return list(found.values_list("action", flat=True))


def test_a_report_becomes_an_incident_with_its_clauses_and_pictures(room: Room) -> None:
    at = room.at(10).timestamp()
    incident = room.notice(stills=(still(at), still(at + 2, shade=120)))
    assert (incident.state, incident.clauses, incident.ended_at) == ("RAISED", ["二.1", "三.1"], None)
    kept = list(incident.evidence.all())
    files = [(Path(settings.EVIDENCE_DIR) / one.path).read_bytes() for one in kept]
    assert [hashlib.sha256(data).hexdigest() for data in files] == [one.sha256 for one in kept]
    assert kept[0].boxes == [{"label": "phone", "score": 0.61, "x1": 10, "y1": 20, "x2": 40, "y2": 60}]


def test_the_same_report_again_changes_nothing(room: Room) -> None:
    report = room.report(stills=(still(room.at(10).timestamp()),))
    first = record(room, report)
    entries = LogEntry.objects.count()
    assert record(room, report) == first
    assert (Incident.objects.count(), Evidence.objects.count()) == (1, 1)
    assert LogEntry.objects.count() == entries


def test_phases_in_any_order_end_in_the_same_incident(room: Room) -> None:
    ended = room.report(phase="ended", lasted=40, score=0.9)
    for report in (ended, room.report(), room.report(phase="updated", lasted=13, score=0.6), ended):
        record(room, report)
    incident = Incident.objects.get()
    assert (incident.score, incident.ended_at) == (0.9, incident.seen_at)
    assert incident.seen_at.timestamp() == ended.at
    assert actions("incident.") == ["incident.raised"]


def test_an_update_raises_the_score_and_a_weaker_one_does_not_lower_it(room: Room) -> None:
    room.notice(score=0.5)
    record(room, room.report(phase="updated", lasted=13, score=0.8))
    record(room, room.report(phase="updated", lasted=23, score=0.4))
    assert Incident.objects.get().score == 0.8
    assert actions("incident.") == ["incident.raised", "incident.updated", "incident.updated"]


def test_a_seat_that_stays_empty_points_at_its_clause_from_fifteen_seconds_on(room: Room) -> None:
    assert room.notice(code=Code.SEAT_EMPTY, lasted=5).clauses == []
    record(room, room.report(Code.SEAT_EMPTY, "updated", lasted=15))
    assert Incident.objects.get().clauses == ["二.2"]
    record(room, room.report(Code.SEAT_EMPTY, "ended", lasted=16))
    assert Incident.objects.get().clauses == ["二.2"]


def test_an_incident_changes_neither_sitting_nor_clock(room: Room) -> None:
    before = Sitting.objects.filter(pk=room.theory().pk).values().get()
    for code in Code:
        room.notice(code=code)
    assert Incident.objects.count() == len(Code)
    assert Sitting.objects.filter(pk=room.theory().pk).values().get() == before


def test_a_candidate_who_is_not_at_work_has_no_incidents(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    absent, nobody = room.theory(2).pk, 10**9
    assert record(room, room.report(source=absent)) is None
    assert record(room, room.report(source=nobody)) is None
    assert record(room, room.report(minutes=-1)) is None
    assert Incident.objects.count() == 0
    assert caplog.text.count("was not open") == 3


def test_what_happened_in_a_pause_is_dropped_and_what_came_before_it_is_kept(room: Room) -> None:
    time.pause_sitting(sitting=room.theory(), actor=room.first, reason="停电", now=room.at(20))
    assert record(room, room.report(Code.CAMERA_LOST, minutes=20)) is None
    assert record(room, room.report(minutes=19)) is not None
    time.resume_sitting(sitting=room.theory(), actor=room.first, reason="来电", now=room.at(30))
    assert record(room, room.report(minutes=25)) is None
    assert record(room, room.report(minutes=31)) is not None


def test_a_report_that_comes_after_the_hand_in_counts_when_it_began_before(room: Room) -> None:
    closing.hand_in(sitting=room.theory(), actor=room.venue.candidate(0), now=room.at(40))
    assert record(room, room.report(minutes=41)) is None
    assert record(room, room.report(minutes=39)) is not None


def test_a_picture_that_is_not_what_its_hash_says_is_refused(room: Room) -> None:
    good = still(room.at(10).timestamp())
    with pytest.raises(BadEvidence):
        record(room, room.report(stills=(Still(good.captured_at, good.jpeg + b"x", good.sha256, ()),)))
    assert Incident.objects.count() == 0


def test_an_incident_cannot_move_to_another_sitting(room: Room) -> None:
    incident = room.notice()
    with pytest.raises(ForeignReport):
        record(room, room.report(source=room.theory(1).pk, uid=incident.uid))
    assert Incident.objects.get().sitting_id == room.theory().pk


def test_a_code_without_a_row_is_an_error(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("examserver.invigilation.clauses.INCIDENTS", {})
    with pytest.raises(UnknownIncident):
        record(room, room.report())


def test_looking_twice_is_one_look(room: Room) -> None:
    incident = room.notice()
    for actor in (room.first, room.second):
        acknowledge_incident(incident=Incident.objects.get(), actor=actor, now=room.at(12))
    assert Incident.objects.get().state == "ACKNOWLEDGED"
    assert actions("incident.ack") == ["incident.acknowledged"]
    assert incident.uid == Incident.objects.get().uid


def test_a_dismissed_incident_keeps_its_reason_and_stays_dismissed(room: Room) -> None:
    incident = room.notice()
    dismiss_incident(incident=incident, actor=room.first, reason=DismissReason.WRONG_OBJECT, now=room.at(12))
    record(room, room.report(phase="ended", lasted=200))
    kept = Incident.objects.get()
    assert (kept.state, kept.dismissed_because) == ("DISMISSED", "wrong_object")
    assert kept.ended_at is not None
    with pytest.raises(IllegalMove):
        acknowledge_incident(incident=kept, actor=room.first, now=room.at(13))


def test_of_two_who_decide_at_once_one_is_told(room: Room) -> None:
    room.notice()
    mine, theirs = Incident.objects.get(), Incident.objects.get()
    dismiss_incident(incident=mine, actor=room.first, reason=DismissReason.STAFF, now=room.at(12))
    with pytest.raises(IllegalMove):
        dismiss_incident(incident=theirs, actor=room.second, reason=DismissReason.OTHER, now=room.at(12))
    assert Incident.objects.get().dismissed_because == "staff"


@pytest.mark.parametrize(
    "broken", [{"score": 1.5}, {"state": "DISMISSED"}, {"dismissed_because": "staff"}, {"score": -0.1}]
)
def test_the_database_itself_keeps_incidents_whole(room: Room, broken: dict[str, object]) -> None:
    room.notice()
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.update(**broken)


def test_looking_at_evidence_is_recorded_and_a_changed_file_is_noticed(room: Room) -> None:
    picture = still(room.at(10).timestamp())
    evidence = room.notice(stills=(picture,)).evidence.get()
    assert view_still(evidence=evidence, actor=room.first, now=room.at(12)) == picture.jpeg
    entry = LogEntry.objects.get(action="evidence.viewed")
    assert (entry.actor, entry.data["sha256"]) == (str(room.first), picture.sha256)
    (Path(settings.EVIDENCE_DIR) / evidence.path).write_bytes(b"another picture")
    with pytest.raises(BadEvidence):
        view_still(evidence=evidence, actor=room.first, now=room.at(13))


def test_the_days_chain_of_acts_holds(room: Room) -> None:
    room.notice(stills=(still(room.at(10).timestamp()),))
    assert list(chain.broken_entries(f"session:{room.venue.theory.pk}")) == []
