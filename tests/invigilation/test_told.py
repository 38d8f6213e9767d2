"""A confirmed case and its bar are told, with the clause and whom one complains to; a report is told to nobody."""

import pytest

from examserver.invigilation.states import Severity
from examserver.notifications.models import Notification
from examserver.notifications.words import body
from tests.invigilation.room import Room
from tests.invigilation.test_appeals import WITHDRAWN, appealed, confirmed, rule
from tests.registration.catalogue.notices import load


def events() -> list[str]:
    return list(Notification.objects.order_by("pk").values_list("event", flat=True))


def test_a_report_is_told_to_nobody(room: Room) -> None:
    room.propose("三.1", room.venue.chief)
    assert events() == []


@pytest.mark.requirement("REQ-79", "REQ-80", partly=True)
def test_a_confirmed_case_is_told_with_its_clause_and_both_telephone_numbers(room: Room) -> None:
    load()
    case = room.propose("三.1", room.venue.chief)
    room.confirm(case, room.officer)
    assert events() == ["conduct.decided", "conduct.barred"]
    decided, barred = Notification.objects.order_by("pk")
    assert decided.candidate_id == room.theory().ticket.candidate_id
    assert all(number in body(decided) for number in ("三.1", "021-51856688*1341", "400-820-9278"))
    assert (barred.facts["first"], barred.facts["last"]) == ("2026-03-28", "2026-12-31")


def test_a_case_of_the_grave_tier_is_told_of_its_longer_bar(room: Room) -> None:
    case = room.propose("四.4", room.officer, severity=Severity.SERIOUS)
    room.confirm(case, actor=room.second_officer)
    barred = Notification.objects.get(event="conduct.barred")
    assert barred.facts["last"] > "2027-03-27"


def test_without_a_notice_in_force_a_case_is_told_all_the_same(room: Room) -> None:
    room.confirm(room.propose("三.1", room.venue.chief), room.officer)
    assert Notification.objects.get(event="conduct.decided").facts["phones"] == {"zh": "–", "en": "–"}


@pytest.mark.requirement("S58", "REQ-79", partly=True)
def test_the_written_decision_and_the_end_of_an_appeal_are_told(room: Room) -> None:
    load()
    rule(room, appealed(room, confirmed(room)), WITHDRAWN)
    assert events() == ["conduct.decided", "conduct.barred", "conduct.told", "conduct.withdrawn"]
    told, withdrawn = Notification.objects.order_by("pk")[2:]
    assert all(one in body(told) for one in ("认定〔2026〕1 号", "2026-04-03", "021-51856688*1341"))
    assert "禁考已解除" in body(withdrawn)
    assert "新证据" not in body(withdrawn)
