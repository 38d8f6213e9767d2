"""A grave case goes to the authorities, once, and is not closed before."""

from datetime import date, timedelta

import pytest

from examserver.invigilation.models import Case, Referral
from examserver.invigilation.services.appeals import close_cases
from examserver.invigilation.services.referrals import Handover, refer_case
from examserver.invigilation.states import CaseState, Severity
from examserver.kernel.access import NotAllowed
from examserver.kernel.models import LogEntry
from tests.invigilation.room import Room
from tests.invigilation.test_appeals import WITHDRAWN, appealed, confirmed, day, rule, told
from tests.invigilation.test_decision_pages import step, today


def grave(room: Room) -> Case:
    return confirmed(room, "四.4", Severity.SERIOUS)


def handover(on: date, recipient: str = "市公安局", package: str = "证据〔2026〕1 号") -> Handover:
    return Handover(recipient, package, on)


def refer(room: Room, case: Case, given: Handover | None = None) -> Referral:
    return refer_case(case=case, handover=given or handover(day(room)), actor=room.officer, now=room.at(70))


@pytest.mark.requirement("REQ-96")
def test_a_serious_case_is_not_closed_before_it_was_referred(room: Room) -> None:
    case = told(room, grave(room))
    over = room.at(0) + timedelta(days=30)
    assert close_cases(now=over) == 0
    refer_case(case=case, handover=handover(over.date()), actor=room.officer, now=over)
    assert (close_cases(now=over), close_cases(now=over)) == (1, 0)
    assert Case.objects.get().state == CaseState.CLOSED
    assert LogEntry.objects.filter(action="case.referred").count() == 1


@pytest.mark.parametrize(("clause", "severity"), [("四.4", Severity.MINOR), ("三.1", Severity.NONE)])
def test_what_is_less_grave_is_closed_without(room: Room, clause: str, severity: Severity) -> None:
    case = told(room, confirmed(room, clause, severity))
    with pytest.raises(NotAllowed, match="referral_not_due"):
        refer(room, case)
    assert close_cases(now=room.at(0) + timedelta(days=30)) == 1


def test_nothing_is_referred_twice_nor_by_the_room_nor_half(room: Room) -> None:
    case = grave(room)
    with pytest.raises(NotAllowed, match="officer_only"):
        refer_case(case=case, handover=handover(day(room)), actor=room.venue.chief, now=room.at(70))
    for recipient, package in (("", "证据"), ("公安局", " ")):
        with pytest.raises(NotAllowed, match="referral_incomplete"):
            refer(room, case, handover(day(room), recipient, package))
    refer(room, case)
    with pytest.raises(NotAllowed, match="referred_already"):
        refer(room, case)


@pytest.mark.parametrize(("later", "fits"), [(-1, False), (0, True), (1, False)])
def test_the_day_lies_between_the_verdict_and_today(room: Room, later: int, fits: bool) -> None:
    case = grave(room)
    if fits:
        assert refer(room, case, handover(day(room, later))).referred_on == day(room, later)
        return
    with pytest.raises(NotAllowed, match="referral_day_wrong"):
        refer(room, case, handover(day(room, later)))


def test_what_an_appeal_has_taken_back_is_not_referred(room: Room) -> None:
    case = rule(room, appealed(room, grave(room)), WITHDRAWN)
    with pytest.raises(NotAllowed, match="referral_not_due"):
        refer(room, case)


def test_the_office_sees_what_is_to_be_referred_and_records_it(room: Room) -> None:
    case, browser = grave(room), room.client(room.officer)
    waiting = browser.get("/office/cases/?show=refer").content.decode()
    assert "待移送" in waiting
    assert f"/office/cases/{case.pk}/" in waiting
    said = step(browser, case, "refer", recipient="市公安局", package="证据 1", on="no day")
    assert "移送日期不能早于确认之日" in said
    said = step(browser, case, "refer", recipient="市公安局", package="证据 1", on=today())
    assert "市公安局" in said
    assert "待移送" not in browser.get("/office/cases/").content.decode()
