"""What one candidate may have at the seat: who allows it, what is then not reported, and who is told."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from examserver.delivery.models import Notice, Sitting
from examserver.delivery.services import closing
from examserver.invigilation.models import DeviceRule
from examserver.invigilation.permits import ignored_codes, ignored_of
from examserver.invigilation.services.devices import NewDeviceRule, allow_device, revoke_device
from examserver.invigilation.states import Device
from examserver.kernel.access import SYSTEM, Actor, NotAllowed
from examserver.kernel.models import LogEntry
from itembank.models import Paper
from itembank.states import Equipment
from proctor.reports import Code
from tests.invigilation.room import Room
from tests.itembank.builders import practical_paper


def allow(room: Room, code: Device = Device.PHONE, actor: Actor | None = None, **more: object) -> DeviceRule:
    """Candidate 0 may have something, five minutes after the start."""
    new = NewDeviceRule(code, str(more.get("reason", "血糖仪显示在手机上")))
    sitting = more.get("sitting") or room.theory()
    assert isinstance(sitting, Sitting)
    return allow_device(sitting_id=sitting.pk, actor=actor or room.venue.chief, new=new, now=room.at(5))


def test_what_one_candidate_may_have_is_not_reported_at_that_seat_and_is_at_the_next(room: Room) -> None:
    rule = allow(room)
    seats = [room.theory(0).pk, room.theory(1).pk]
    assert ignored_of(seats, room.at(6)) == {seats[0]: {"PHONE"}, seats[1]: frozenset()}
    revoke_device(rule=rule, actor=room.venue.chief, reason="已收起", now=room.at(30))
    at = {minutes: ignored_codes(seats[0], room.at(minutes)) for minutes in (4.9, 5, 29.9, 30)}
    assert at == {4.9: frozenset(), 5: {"PHONE"}, 29.9: {"PHONE"}, 30: frozenset()}


@pytest.mark.parametrize("code", [Device.EARPHONE, Device.WATCH])
def test_what_the_proctor_does_not_look_for_is_kept_and_ignores_nothing(room: Room, code: Device) -> None:
    allow(room, code, reason="助听器")
    assert (ignored_codes(room.theory().pk, room.at(6)), DeviceRule.objects.get().code) == (frozenset(), code)


def test_the_candidate_is_told_in_both_languages_but_not_why(room: Room) -> None:
    revoke_device(rule=allow(room), actor=room.venue.chief, reason="已收起", now=room.at(30))
    told, taken = Notice.objects.order_by("pk").values_list("body", flat=True)
    assert told == "您在本场评价中可以使用：手机。 / You may use in this sitting: a phone."
    assert "不再可以使用：手机" in taken
    assert "血糖仪" not in told + taken


def test_who_decided_and_why_is_in_the_audit(room: Room) -> None:
    revoke_device(rule=allow(room), actor=room.officer, reason="已收起", now=room.at(30))
    entries = LogEntry.objects.filter(action__startswith="device.").order_by("number")
    assert [(one.action, one.actor, one.data["reason"]) for one in entries] == [
        ("device.allowed", str(room.venue.chief), "血糖仪显示在手机上"),
        ("device.revoked", str(room.officer), "已收起"),
    ]


def test_the_room_itself_allows_nothing(room: Room) -> None:
    for actor in (SYSTEM, room.first, room.venue.candidate(0)):
        with pytest.raises(NotAllowed, match="role_needed"):
            allow(room, actor=actor)
    rule = allow(room, actor=room.officer)
    with pytest.raises(NotAllowed, match="role_needed"):
        revoke_device(rule=rule, actor=room.first, reason="x", now=room.at(6))


@pytest.mark.parametrize(
    ("reason", "fault"), [(" ", "reason_needed"), ("字" * 201, "reason_too_long"), ("字" * 200, None)]
)
def test_there_must_be_a_reason(room: Room, reason: str, fault: str | None) -> None:
    if fault is None:
        assert allow(room, reason=reason).reason == reason
        return
    with pytest.raises(NotAllowed, match=fault):
        allow(room, reason=reason)
    assert not DeviceRule.objects.exists()


def test_the_same_is_allowed_once_and_again_when_it_was_revoked(room: Room) -> None:
    rule = allow(room)
    with pytest.raises(NotAllowed, match="already_allowed"):
        allow(room)
    assert Notice.objects.count() == 1
    revoke_device(rule=rule, actor=room.officer, reason="已收起", now=room.at(6))
    with pytest.raises(NotAllowed, match="already_revoked"):
        revoke_device(rule=rule, actor=room.officer, reason="已收起", now=room.at(7))
    assert allow(room).pk != rule.pk


def test_it_may_be_allowed_before_the_day_begins_and_not_after_the_sitting(room: Room) -> None:
    allow(room, sitting=room.practical())
    closing.hand_in(sitting=room.theory(), actor=room.venue.candidate(0), now=room.at(40))
    with pytest.raises(NotAllowed, match="not_open"):
        allow(room)


def test_the_database_itself_wants_a_reason_and_somebody_who_revokes(room: Room) -> None:
    rule = allow(room)
    for broken in ({"reason": ""}, {"revoked_at": room.at(9)}, {"revoked_by_id": room.first.id}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeviceRule.objects.filter(pk=rule.pk).update(**broken)


def test_the_equipment_of_a_paper_is_ignored_at_every_seat_that_works_on_it(
    room: Room, tmp_path: Path
) -> None:
    paper = practical_paper(tmp_path, equipment=["PHONE"])
    assert Paper.objects.get(pk=paper.pk).policy["equipment"] == ["PHONE"]
    Sitting.objects.filter(pk=room.practical(0).pk).update(paper=paper)
    both = [room.practical(0).pk, room.practical(1).pk]
    assert ignored_of(both, room.at(240)) == {both[0]: {"PHONE"}, both[1]: frozenset()}


def test_every_equipment_is_a_device_and_something_that_the_proctor_looks_for() -> None:
    assert set(Equipment) <= set(Device)
    assert set(Equipment) <= set(Code)
