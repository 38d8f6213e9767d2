"""The candidate's pages on a real server that is killed and comes back, with reminders, receipts and files."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.candidate_venue import PASSWORD, Room
from tests.browser.signing_in import LONG, sign_in
from tests.support.server import ServerProcess, environment

pytestmark = pytest.mark.browser
SCRIPT_LIMIT = 100_000
HAND_IN_AT_ONCE = {"EXAMSERVER_HAND_IN_AFTER_MINUTES": "0"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> tuple[Path, Room]:
    """A venue's data folder, filled once; every test works on a copy."""
    data = tmp_path_factory.mktemp("filled") / "venue"
    server = ServerProcess.prepare(data, database=migrated_database, **HAND_IN_AT_ONCE)
    return data, msgspec.json.decode(server.run_module("tests.browser.candidate_venue"), type=Room)


@pytest.fixture
def venue(filled: tuple[Path, Room], tmp_path: Path) -> Iterator[tuple[ServerProcess, Room]]:
    data = shutil.copytree(filled[0], tmp_path / "venue")
    server = ServerProcess(data, environment(data, **HAND_IN_AT_ONCE))
    server.start()
    yield server, filled[1]
    server.stop()


@pytest.fixture
def workstation(chromium: Browser, venue: tuple[ServerProcess, Room]) -> Iterator[BrowserContext]:
    size: Any = {"width": 1280, "height": 720}
    context = chromium.new_context(base_url=venue[0].url, locale="zh-CN", viewport=size)
    yield context
    context.close()


def state_of_answer(page: Page, status: str) -> None:
    expect(page.locator(f".answer-state.{status}").first).to_be_visible(timeout=LONG)


def stored(page: Page) -> dict[str, Any]:
    """What the server itself says it holds."""
    responses: dict[str, Any] = page.request.get("/api/exam/paper").json()["responses"]
    return responses


def script_bytes(page: Page) -> int:
    """Every script that the page has loaded, its words included, uncompressed."""
    body = """() => performance.getEntriesByType('resource').filter((r) => new URL(r.name).pathname.endsWith('.js'))
      .reduce((sum, r) => sum + r.decodedBodySize, 0)"""
    total: int = page.evaluate(body)
    assert total > 0
    return total


def remind(url: str, sitting: int) -> None:
    """An invigilator reminds, as the board does."""
    with httpx.Client(base_url=url, follow_redirects=True, trust_env=False) as client:
        client.get("/staff/sign-in/")
        form = {"username": "first", "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
        client.post("/staff/sign-in/", data=form)
        headers = {"X-CSRFToken": client.cookies["csrftoken"]}
        done = client.post(f"/api/sittings/{sitting}/remind", json={"clause": "二.1"}, headers=headers)
        assert done.json() == {"ok": True}


def test_an_answer_given_to_a_dead_server_is_saved_when_it_is_back(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    page = sign_in(workstation, room.theory)
    page.keyboard.press("t")
    state_of_answer(page, "saved")
    server.kill()
    page.keyboard.press("f")
    state_of_answer(page, "waiting")
    expect(page.locator("#save-line")).to_contain_text("1 题的答案在本机上", timeout=LONG)
    assert not page.locator("dialog[open]").count()
    server.restart()
    state_of_answer(page, "saved")
    assert [(one["seq"], one["value"]) for one in stored(page).values()] == [(2, ["F"])]


def test_a_closed_page_leaves_its_answers_on_the_machine(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    page = sign_in(workstation, room.theory)
    server.kill()
    page.keyboard.press("t")
    state_of_answer(page, "waiting")
    page.close()
    server.restart()
    page = workstation.new_page()
    page.goto("/exam/")
    expect(page.locator("#navigator .cell.saved")).to_have_count(1, timeout=LONG)
    assert [one["value"] for one in stored(page).values()] == [["T"]]


def test_a_reminder_covers_the_work_and_not_the_clock(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    page = sign_in(workstation, room.theory)
    remind(server.url, room.theory.sitting)
    card = page.locator(".reminder-card")
    expect(card).to_contain_text("经提醒拒不改正的：取消当次该科目成绩")
    expect(page.locator(".rail [data-clock]")).to_be_visible()
    page.keyboard.press("t")
    assert stored(page) == {}
    card.locator("button").click()
    expect(card).to_have_count(0)
    page.keyboard.press("t")
    state_of_answer(page, "saved")


def test_the_receipt_counts_what_was_answered(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    page = sign_in(workstation, venue[1].theory)
    page.keyboard.press("t")
    state_of_answer(page, "saved")
    assert script_bytes(page) < SCRIPT_LIMIT
    page.click("#hand-in")
    expect(page.locator("#hand-in-body")).to_contain_text("未作答 4 题")
    page.locator("#hand-in-go:enabled").click()
    expect(page.locator(".receipt .big-number")).to_have_text("1", timeout=LONG)
    assert len(page.locator(".receipt dd.mono").inner_text()) == 64


def test_a_file_that_broke_off_goes_on_and_its_hash_is_the_servers(
    venue: tuple[ServerProcess, Room], workstation: BrowserContext
) -> None:
    server, room = venue
    page = sign_in(workstation, room.practical)
    expect(page.locator("#brief .strip")).to_have_text("本场评价允许使用：手机")
    data = b"plan " * 199
    server.kill()
    page.set_input_files(
        "[data-item='T1.D3'] input[type=file]",
        files=[{"name": "plan.txt", "mimeType": "text/plain", "buffer": data}],
    )
    expect(page.locator(".upload")).to_contain_text("网络中断")
    server.restart()
    expect(page.locator(".upload")).to_contain_text(hashlib.sha256(data).hexdigest(), timeout=LONG)
    page.click(".upload button.primary")
    expect(page.locator("[data-item='T1.D3'] .badge.ok")).to_be_visible()
    assert script_bytes(page) < SCRIPT_LIMIT
    [version] = page.request.get("/api/exam/paper").json()["files"]["T1.D3"]
    assert (version["sha256"], version["counts"]) == (hashlib.sha256(data).hexdigest(), True)
