"""The room board on a real server in a real Chromium: risk and reasons, acts by key, looks that all see, clips."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.board_venue import PASSWORD, BoardRoom
from tests.support.server import ServerProcess, environment

pytestmark = pytest.mark.browser
LONG = 30_000
SCRIPT_LIMIT = 100_000


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> tuple[Path, BoardRoom]:
    """A venue's data folder, filled once; every test works on a copy."""
    data = tmp_path_factory.mktemp("filled") / "venue"
    server = ServerProcess.prepare(data, database=migrated_database)
    return data, msgspec.json.decode(server.run_module("tests.browser.board_venue"), type=BoardRoom)


@pytest.fixture
def venue(filled: tuple[Path, BoardRoom], tmp_path: Path) -> Iterator[tuple[ServerProcess, BoardRoom]]:
    data = shutil.copytree(filled[0], tmp_path / "venue")
    server = ServerProcess(data, environment(data))
    server.start()
    yield server, filled[1]
    server.stop()


@pytest.fixture
def desk(chromium: Browser, venue: tuple[ServerProcess, BoardRoom]) -> Iterator[BrowserContext]:
    context = desk_of(chromium, venue[0], "zh-CN")
    yield context
    context.close()


def desk_of(chromium: Browser, server: ServerProcess, locale: str) -> BrowserContext:
    size: Any = {"width": 1280, "height": 720}
    return chromium.new_context(base_url=server.url, locale=locale, viewport=size)


def open_board(desk: BrowserContext, room: BoardRoom, username: str = "first") -> Page:
    page = desk.new_page()
    page.goto("/staff/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("^(?!.*sign-in)"))
    page.goto(f"/board/{room.session}/")
    expect(page.locator(".tile").first).to_be_visible(timeout=LONG)
    expect(page.locator(".waiting-row").first).to_be_visible(timeout=LONG)
    return page


def script_bytes(page: Page) -> int:
    """Every script that the page has loaded, its words included, uncompressed."""
    body = """() => performance.getEntriesByType('resource').filter((r) => new URL(r.name).pathname.endsWith('.js'))
      .reduce((sum, r) => sum + r.decodedBodySize, 0)"""
    total: int = page.evaluate(body)
    assert total > 0
    return total


def opened(page: Page) -> Page:
    """The first seat of the list, opened by key."""
    page.keyboard.press("n")
    expect(page.locator("#board-drawer .incident[aria-current=true]")).to_be_visible(timeout=LONG)
    return page


def answered(page: Page) -> None:
    """The server has taken the act and the question is gone; until then the board's own keys are not heard."""
    expect(page.locator("dialog.ask")).to_have_count(0, timeout=LONG)


def test_the_list_says_why_and_the_room_is_shown_within_a_hundred_kilobytes_of_script(
    desk: BrowserContext, venue: tuple[ServerProcess, BoardRoom]
) -> None:
    # What is fetched only after the room is on the screen does not belong to it.
    desk.add_init_script(
        "const wait = setTimeout; window.setTimeout = (f, ms) => wait(f, ms === 500 ? 60000 : ms)"
    )
    page = open_board(desk, venue[1])
    assert script_bytes(page) < SCRIPT_LIMIT
    rows = page.locator(".waiting-row")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("今天第 2 次")
    expect(rows.first).to_contain_text("持续 0:12 · 最强 0.61")
    expect(rows.nth(2)).to_contain_text("座位无人")


def test_an_incident_is_confirmed_and_reminded_of_by_keys_alone(
    desk: BrowserContext, venue: tuple[ServerProcess, BoardRoom]
) -> None:
    page = opened(open_board(desk, venue[1]))
    page.keyboard.press("c")
    expect(page.locator("dialog.ask input[value='二.1']")).to_be_checked(timeout=LONG)
    page.keyboard.press("Enter")
    expect(page.locator("#board-drawer .drawer-conduct .conduct")).to_be_visible(timeout=LONG)
    expect(page.locator("#board-drawer .incident[aria-current=true] .badge.push")).to_have_text("已查看")


def test_an_incident_is_dismissed_by_keys_and_counts_in_the_precision_of_the_day(
    desk: BrowserContext, venue: tuple[ServerProcess, BoardRoom]
) -> None:
    page = opened(open_board(desk, venue[1]))
    page.keyboard.press("d")
    expect(page.locator("dialog.ask h2")).to_contain_text("A01")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    answered(page)
    expect(page.locator("#board-drawer .incident")).to_have_count(2, timeout=LONG)
    page.keyboard.press("a")
    line = page.locator(".precision tbody tr", has_text="手机")
    expect(line).to_contain_text("0 / 1", timeout=LONG)
    expect(line).to_contain_text("0–79")


def test_a_seat_that_nobody_opened_is_marked_until_one_persons_look_clears_it_on_every_board(
    chromium: Browser, desk: BrowserContext, venue: tuple[ServerProcess, BoardRoom]
) -> None:
    page = open_board(desk, venue[1])
    other_desk = desk_of(chromium, venue[0], "en")
    other = open_board(other_desk, venue[1], "second")
    unseen = other.locator(".tile.unseen")
    expect(unseen).to_have_count(2)
    page.locator(f".tile[data-id='{venue[1].second}']").click()
    expect(unseen).to_have_count(1, timeout=LONG)
    assert unseen.get_attribute("data-id") == str(venue[1].first)
    other_desk.close()


def test_a_clip_is_stepped_frame_by_frame_with_the_boxes_of_its_still(
    desk: BrowserContext, venue: tuple[ServerProcess, BoardRoom]
) -> None:
    page = opened(open_board(desk, venue[1]))
    page.keyboard.press("k")
    said = page.locator("dialog.clip header p")
    expect(said).to_contain_text("第 3 / 8 帧", timeout=LONG)
    expect(page.locator("dialog.clip svg .box")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("第 2 / 8 帧")
    expect(page.locator("dialog.clip svg")).to_have_count(0)
    page.keyboard.press("k")
    expect(said).to_contain_text("第 8 / 8 帧", timeout=LONG)


def test_a_leave_is_given_and_ended_by_keys_and_shows_on_the_tile(
    desk: BrowserContext, venue: tuple[ServerProcess, BoardRoom]
) -> None:
    page = opened(open_board(desk, venue[1]))
    page.keyboard.press("v")
    expect(page.locator("dialog.ask h2")).to_contain_text("A01")
    page.keyboard.press("2")
    page.locator("dialog.ask footer button.primary").click()
    answered(page)
    leave = page.locator(f".tile[data-id='{venue[1].first}'] .tile-leave")
    expect(leave).to_contain_text("暂离", timeout=LONG)
    page.keyboard.press("b")
    expect(leave).to_be_hidden(timeout=LONG)
