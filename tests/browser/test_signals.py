"""What a real Chromium's page notices, and that answers never wait for it."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from examserver.invigilation.signals import rules
from proctor.frames import encode
from proctor.scenes import scene
from tests.browser.candidate_venue import Place, Room
from tests.browser.signing_in import LONG, sign_in
from tests.support.browser import ARGUMENTS, Browsers
from tests.support.ports import wait_until
from tests.support.server import DATABASE, ServerProcess, environment

pytestmark = pytest.mark.browser
SCRIPT_LIMIT = 100_000
OUTSIDE = "从别处抄来的一段话。" * 12
CAMERAS = "cameras.json"
OURS = {"SECOND_LOGIN", *(rule.code for rule in rules().values())}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> tuple[Path, Room]:
    """A venue's data folder, filled once; every test works on a copy."""
    data = tmp_path_factory.mktemp("filled") / "venue"
    server = ServerProcess.prepare(data, database=migrated_database, EXAMSERVER_HAND_IN_AFTER_MINUTES="0")
    room = msgspec.json.decode(server.run_module("tests.browser.candidate_venue"), type=Room)
    (data / CAMERAS).write_text(json.dumps({"names": ["fake_device", "film.mjpeg"]}), "utf-8")
    with closing(sqlite3.connect(data / DATABASE, isolation_level=None)) as database:
        database.execute("UPDATE delivery_sitting SET camera_waived = 0, camera_checked_at = started_at")
    return data, room


@pytest.fixture
def venue(filled: tuple[Path, Room], tmp_path: Path) -> Iterator[tuple[ServerProcess, Room]]:
    data = shutil.copytree(filled[0], tmp_path / "venue")
    server = ServerProcess(data, environment(data, EXAMSERVER_VIRTUAL_CAMERAS=str(data / CAMERAS)))
    server.start()
    yield server, filled[1]
    server.stop()


@pytest.fixture
def workstation(chromium: Browser, venue: tuple[ServerProcess, Room]) -> Iterator[BrowserContext]:
    size: Any = {"width": 1280, "height": 720}
    context = chromium.new_context(base_url=venue[0].url, locale="zh-CN", viewport=size)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=venue[0].url)
    yield context
    context.close()


def at_work(workstation: BrowserContext, place: Place) -> Page:
    """At work, and with everything that notices at its place."""
    page = sign_in(workstation, place)
    expect(page.locator("body[data-signals]")).to_be_attached(timeout=LONG)
    return page


def rows(server: ServerProcess, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{server.data / DATABASE}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()


def incidents(server: ServerProcess) -> list[str]:
    """The codes on the board that a page's signals have; no worker runs here, which is noticed too."""
    found = rows(server, "SELECT code FROM invigilation_incident ORDER BY id")
    return [code for (code,) in found if code in OURS]


def becomes(server: ServerProcess, code: str, times: int = 1) -> None:
    wait_until(lambda: incidents(server).count(code) == times, seconds=30, what=f"{times} {code}")


def test_another_tab_is_noticed_while_it_lasts_and_ends_when_the_page_is_back(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    page = at_work(workstation, room.theory)
    # Playwright lets every page believe that it has the focus; a person's browser does not.
    workstation.new_cdp_session(page).send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    other = workstation.new_page()
    other.bring_to_front()
    becomes(server, "TAB_BLUR")
    assert rows(server, "SELECT ended_at FROM invigilation_incident WHERE code = 'TAB_BLUR'") == [(None,)]
    page.bring_to_front()
    ended = "SELECT 1 FROM invigilation_incident WHERE code = 'TAB_BLUR' AND ended_at IS NOT NULL"
    wait_until(lambda: bool(rows(server, ended)), seconds=30, what="its end")
    expect(page.locator("#noted")).to_contain_text("离开了考试页面")


def test_full_screen_left_again_and_again_is_one_incident_with_a_way_back(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    page = at_work(workstation, room.theory)
    card = page.locator("#full-screen")
    for _ in range(3):
        card.locator("button").click()
        expect(card).to_have_count(0)
        page.evaluate("document.exitFullscreen()")
        expect(card).to_contain_text("退出了全屏")
        page.wait_for_timeout(1200)
    card.locator("button").click()
    becomes(server, "FULLSCREEN_EXIT")
    expect(page.locator("#noted")).to_contain_text("退出了全屏")


def paste(page: Page, text: str) -> None:
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.locator("[data-item='T1.D1'] textarea").focus()
    page.keyboard.press("Control+V")


def test_what_is_pasted_from_outside_is_noticed_and_the_text_stays_in_the_page(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    page = at_work(workstation, room.practical)
    paste(page, OUTSIDE)
    becomes(server, "PASTE")
    assert rows(server, "SELECT kind, size FROM invigilation_signal") == [("paste", len(OUTSIDE))]
    told = rows(server, "SELECT data FROM kernel_logentry WHERE action = 'incident.raised'")
    assert OUTSIDE[:10] not in str(told)


def test_who_must_open_files_is_not_asked_for_full_screen(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    page = at_work(workstation, room.practical)
    workstation.new_cdp_session(page).send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    workstation.new_page().bring_to_front()
    page.wait_for_timeout(4000)
    page.bring_to_front()
    page.keyboard.press("F12")
    becomes(server, "DEVTOOLS")
    assert rows(server, "SELECT kind FROM invigilation_signal") == [("devtools",)]
    expect(page.locator("#full-screen")).to_have_count(0)


def test_what_was_copied_in_the_page_may_be_moved_in_it(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    page = at_work(workstation, room.practical)
    area = page.locator("[data-item='T1.D1'] textarea")
    area.fill("先预热，后爆发，再返场。")
    for keys in ("Control+A", "Control+C", "End", "Control+V", "F12"):
        area.press(keys)
    becomes(server, "DEVTOOLS")
    assert rows(server, "SELECT kind FROM invigilation_signal") == [("devtools",)]


def test_item_text_and_the_screen_are_not_copied_unnoticed(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    page = at_work(workstation, room.theory)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#items'))")
    page.keyboard.press("Control+C")
    becomes(server, "ITEM_COPY")
    page.keyboard.press("PrintScreen")
    becomes(server, "PRINT_SCREEN")
    expect(page.locator("#noted")).to_contain_text("按了截屏键")


def test_a_camera_of_the_list_is_noticed_by_its_name(
    venue: tuple[ServerProcess, Room], browsers: Browsers, tmp_path: Path
) -> None:
    server, room = venue
    film = tmp_path / "film.mjpeg"
    film.write_bytes(encode(scene("person", 0.0, seed=1), 70) * 30)
    browser = browsers.with_camera(film)
    page = at_work(browser.new_context(base_url=server.url, locale="zh-CN"), room.theory)
    becomes(server, "VIRTUAL_CAMERA")
    expect(page.locator("#noted")).to_contain_text("虚拟摄像头")
    browser.close()


KEEP_STREAM = """
  const media = navigator.mediaDevices;
  const ask = media.getUserMedia.bind(media);
  media.getUserMedia = async (wanted) => (window.kept = await ask(wanted));
"""


def test_a_camera_that_falls_silent_or_ends_is_technical(
    venue: tuple[ServerProcess, Room], browsers: Browsers, tmp_path: Path
) -> None:
    server, room = venue
    film = tmp_path / "film.mjpeg"
    film.write_bytes(encode(scene("person", 0.0, seed=1), 70) * 30)
    browser = browsers.with_camera(film)
    context = browser.new_context(base_url=server.url, locale="zh-CN")
    context.add_init_script(KEEP_STREAM)
    page = at_work(context, room.theory)
    becomes(server, "VIRTUAL_CAMERA")
    for event in ("mute", "ended"):
        page.evaluate(f"kept.getVideoTracks()[0].dispatchEvent(new Event('{event}'))")
        page.wait_for_timeout(1500)
    becomes(server, "CAMERA_CHANGED")
    kinds = rows(server, "SELECT kind FROM invigilation_signal ORDER BY n")
    assert kinds == [("virtual_camera",), ("camera_muted",), ("camera_ended",)]
    browser.close()


def test_a_second_display_is_noticed(venue: tuple[ServerProcess, Room], browsers: Browsers) -> None:
    server, room = venue
    two_screens = "--screen-info={0,0 1280x800}{1280,0 1280x800}"
    browser = browsers.playwright.chromium.launch(
        executable_path=browsers.executable, args=[*ARGUMENTS, two_screens]
    )
    page = at_work(browser.new_context(base_url=server.url, locale="zh-CN"), room.theory)
    becomes(server, "SECOND_DISPLAY")
    expect(page.locator("#noted")).to_contain_text("第二个显示器")
    browser.close()


@pytest.mark.parametrize(("ahead", "codes"), [(90, ["CLOCK_SKEW"]), (-90, ["CLOCK_SKEW"]), (30, [])])
def test_a_machine_whose_clock_is_off_is_technical(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext, ahead: int, codes: list[str]
) -> None:
    server, room = venue
    workstation.add_init_script(f"const now = Date.now; Date.now = () => now() + {ahead * 1000}")
    page = at_work(workstation, room.theory)
    wait_until(lambda: rows(server, "SELECT 1 FROM invigilation_signal"), seconds=30, what="a signal")
    assert incidents(server) == codes
    expect(page.locator("#noted")).to_have_count(0)


def test_answers_are_saved_while_signals_cannot_be_told_and_those_come_later(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    page = at_work(workstation, room.theory)
    page.route("**/api/exam/signals", lambda route: route.abort())
    page.keyboard.press("F12")
    page.keyboard.press("t")
    expect(page.locator(".answer-state.saved").first).to_be_visible(timeout=LONG)
    page.wait_for_timeout(3000)
    assert incidents(server) == []
    page.reload()
    expect(page.locator("#navigator .cell.saved")).to_have_count(1, timeout=LONG)
    page.unroute("**/api/exam/signals")
    becomes(server, "DEVTOOLS")


def test_a_dead_line_is_told_when_it_is_back_and_is_technical(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    at_work(workstation, room.theory)
    server.kill()
    workstation.pages[0].wait_for_timeout(11_000)
    server.restart()
    becomes(server, "NETWORK_GAP")
    assert incidents(server) == ["NETWORK_GAP"]


def test_a_second_browser_at_the_seat_is_noted_and_the_first_is_turned_away(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext, chromium: Browser
) -> None:
    server, room = venue
    first = at_work(workstation, room.theory)
    second = chromium.new_context(base_url=server.url, locale="zh-CN")
    at_work(second, room.theory)
    becomes(server, "SECOND_LOGIN")
    expect(first.locator("[name=ticket]")).to_be_visible(timeout=LONG)
    second.close()
