"""One exam day: two candidates, two invigilators, two graders and an officer, each in a real browser."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect

from tests.exam_day.players import LONG, Candidate, Grader, Invigilator, Staff, open_page
from tests.exam_day.venue import PlayedVenue
from tests.support.browser import Browsers
from tests.support.ports import wait_until
from tests.support.server import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.day]


class Day:
    """Everybody, at their own browser."""

    def __init__(self, base: str, venue: PlayedVenue, browsers: Browsers, film: Path) -> None:
        plain = browsers.plain()
        self.base, self.venue, self.plain = base, venue, plain
        self.seen = Candidate(open_page(browsers.with_camera(film), base), chair=venue.chairs[0])
        self.quiet = Candidate(open_page(plain, base), chair=venue.chairs[1])
        self.first = Invigilator(open_page(plain, base), username="first")
        self.second = Invigilator(open_page(plain, base), username="second")
        self.graders = [Grader(open_page(plain, base), username=name) for name in ("grader1", "grader2")]
        self.officer = Staff(open_page(plain, base), username="officer")

    def open_room(self, session: int) -> None:
        """Both invigilators are there, and both candidates are let in."""
        for one in (self.first, self.second):
            one.open_board(session)
            one.do("session-arrive")
        for chair in ("A01", "A02"):
            self.first.open_seat(chair)
            self.first.do("admit")

    def bring_in(self) -> None:
        """Both sign in and get ready, the second one without a camera, by leave of the staff."""
        for one in (self.seen, self.quiet):
            one.sign_in()
            one.confirm_and_accept()
        self.seen.check_camera()
        self.first.open_seat("A02")
        self.first.do("waive_camera", reason="摄像头故障")
        self.quiet.waits()

    def start(self) -> None:
        self.first.do("session-arm")
        self.first.do("session-start")

    @property
    def people(self) -> list[Candidate | Staff]:
        return [self.seen, self.quiet, self.first, self.second, *self.graders, self.officer]


def morning(day: Day) -> None:
    """Theory: one candidate works, the other leaves the seat and then shows a phone."""
    day.open_room(day.venue.theory)
    day.bring_in()
    day.start()
    day.quiet.answer_theory()
    day.seen.answer_theory()
    day.first.open_seat("A01")
    day.first.sees("座位无人", seconds=60)
    day.first.sees("手机", seconds=60)
    receipt = day.quiet.hand_in()
    assert re.fullmatch(r"[0-9a-f]{64}", receipt)


def reminder_and_case(day: Day) -> None:
    """The reminder stops the work, is read, is not complied with; the case needs a second person."""
    phone = day.first.page.locator(".incident", has_text="手机")
    phone.locator("[data-act^=remind-]").click()
    day.first.page.locator("dialog.ask[open] button[value=yes]").click()
    card = day.seen.page.locator(".reminder-card")
    expect(card).to_contain_text("携带禁携物品")
    expect(day.seen.page.locator("[data-clock]").first).to_be_visible()
    card.locator("button").click()
    expect(card).to_have_count(0)
    day.first.do("not-complied", note="手机仍在桌面")
    day.first.do("case-of", note="提醒后仍不放下手机")
    expect(day.first.act("confirm")).to_have_attribute("aria-disabled", "true")
    day.second.open_seat("A01")
    day.second.do("confirm", note="本人核实")
    expect(day.seen.page.locator("main")).to_contain_text("取消当次该科目成绩", timeout=LONG)


def afternoon(day: Day, file: Path) -> None:
    """The practical opens for both: a confirmed tier 二 took the theory only."""
    day.first.do("session-close")
    day.open_room(day.venue.practical)
    for one in (day.seen, day.quiet):
        one.leave()
    day.bring_in()
    day.start()
    for one in (day.seen, day.quiet):
        one.write_practical(file)
        one.hand_in()
    day.first.do("session-close")


def grading(day: Day, names: list[str]) -> None:
    """Two graders mark both scripts; nothing on their pages says whose they are."""
    for grader in day.graders:
        for _ in range(2):
            grader.take_next()
            text = grader.page.content()
            assert not any(name in text for name in names)
            expect(grader.page.locator(".sheet-work")).to_contain_text("先预热")
            grader.mark({"1.1": "50", "1.2": "30"})


def release(day: Day) -> None:
    """The officer sees what is ready and releases it; each candidate then sees their own."""
    day.officer.sign_in("/office/")
    day.officer.page.locator("main a.primary[href$='/release/']").first.click()
    # Results are compiled a moment after the last mark; a page asked for before that tells of fewer.
    wait_until(lambda: all_are_ready(day.officer.page), seconds=30, what="four subjects to release")
    day.officer.page.click("main form button.primary")
    expect(day.officer.page.locator("main a[href$='/release/']")).to_have_count(0)
    quiet = look_up(day, day.quiet)
    expect(quiet).to_contain_text("100")
    expect(quiet).to_contain_text("80")
    seen = look_up(day, day.seen)
    expect(seen).to_contain_text("二.1")
    expect(seen).to_contain_text("80")


def all_are_ready(page: Page) -> bool:
    """Ask for the release page again and see whether it offers both subjects of both candidates."""
    page.reload()
    return "(4)" in page.locator("main form").inner_text()


def look_up(day: Day, candidate: Candidate) -> Locator:
    """The candidate's results at home."""
    page = open_page(day.plain, day.base)
    page.goto("/results/")
    page.fill("[name=ticket]", candidate.chair.ticket)
    page.fill("[name=id_tail]", candidate.chair.id_tail)
    page.keyboard.press("Enter")
    return page.locator("main")


def picture_everybody(day: Day, folder: Path) -> None:
    """What each of them saw when the day went wrong; a page that cannot be pictured hides no other."""
    for number, person in enumerate(day.people):
        with suppress(PlaywrightError):
            person.page.screenshot(path=folder / f"{number}_{type(person).__name__}.png", timeout=5000)


def test_an_exam_day_from_admission_to_results(
    played: tuple[ServerProcess, PlayedVenue],
    browsers: Browsers,
    person_empty_phone: Path,
    tmp_path: Path,
    keep_pictures: Path,
) -> None:
    server, venue = played
    day = Day(server.url, venue, browsers, person_empty_phone)
    file = tmp_path / "plan.txt"
    file.write_text("方案附件", "utf-8")
    try:
        morning(day)
        reminder_and_case(day)
        afternoon(day, file)
        grading(day, [chair.name for chair in venue.chairs])
        release(day)
    except BaseException:
        picture_everybody(day, keep_pictures)
        raise
    assert [person.script_errors for person in day.people if person.script_errors] == []
