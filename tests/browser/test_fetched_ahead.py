"""A room that waits for the start signal: what shows the paper is fetched before it, the paper comes at the bell."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.candidate_venue import Place
from tests.browser.interactions_items import ROWS
from tests.browser.signing_in import LONG
from tests.browser.test_candidate_pages import script_bytes
from tests.delivery.client import start_signal
from tests.support.scripts import with_imports
from tests.support.server import DATABASE, ServerProcess

pytestmark = pytest.mark.browser
TWO_KINDS_LIMIT = 120_000
CODES = ("single", "gaps")
NEEDED = with_imports("interactions/player", "interactions/choice", "interactions/gap_match")
BUILT = {name.removeprefix("interactions/") for name in NEEDED if name.startswith("interactions/")}
# Bytes over the wire, by the module's name; 0 for what lay in the browser's cache.
FETCHED = """() => Object.fromEntries(performance.getEntriesByType('resource')
  .map((one) => [new URL(one.name).pathname, one.transferSize]).filter(([path]) => path.includes('/js/interactions/'))
  .map(([path, size]) => [path.split('/').at(-1).replace('.js', ''), size]))"""


@pytest.fixture(scope="module")
def room(module_server: ServerProcess) -> tuple[ServerProcess, Place]:
    told = module_server.run_module("tests.browser.interactions_venue", *CODES)
    module_server.start()
    return module_server, msgspec.json.decode(told, type=list[Place])[0]


@pytest.fixture
def workstation(chromium: Browser, room: tuple[ServerProcess, Place]) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=room[0].url, locale="zh-CN")
    yield context
    context.close()


def wait_at(workstation: BrowserContext, place: Place) -> tuple[Page, list[str]]:
    """The page that waits, and all that the server says to it."""
    page, said = workstation.new_page(), []
    page.on("response", lambda one: said.append(one.text()) if one.ok and "/static/" not in one.url else None)
    page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: said.append(str(frame))))
    page.goto(place.path)
    page.fill("[name=ticket]", place.ticket)
    page.fill("[name=id_tail]", place.id_tail)
    page.keyboard.press("Enter")
    expect(page.locator("#server-clock")).not_to_have_text("--:--:--", timeout=LONG)
    return page, said


def session_of(server: ServerProcess, place: Place) -> int:
    with closing(sqlite3.connect(server.data / DATABASE)) as database:
        rows = database.execute("SELECT session_id FROM delivery_sitting WHERE id = ?", [place.sitting])
        return int(rows.fetchone()[0])


def test_what_shows_the_paper_is_there_before_the_bell_and_nothing_of_the_paper(
    workstation: BrowserContext, room: tuple[ServerProcess, Place]
) -> None:
    server, place = room
    page, said = wait_at(workstation, place)
    page.wait_for_function(f"() => Object.keys(({FETCHED})()).length >= {len(BUILT)}", timeout=LONG)
    assert set(page.evaluate(FETCHED)) == BUILT
    assert page.request.get("/api/exam/state").json()["kinds"] == ["choice", "gap_match"]
    items = [word for row in ROWS if row.code in CODES for word in (f"题目 {row.code}", f'"{row.code}"')]
    assert [word for word in items for one in said if word in one] == []
    start_signal(server, session_of(server, place))
    expect(page.locator("[data-item]").first).to_be_visible(timeout=LONG)
    fetched: dict[str, Any] = page.evaluate(FETCHED)
    assert fetched == dict.fromkeys(BUILT, 0)
    assert page.request.get("/api/exam/state").json()["kinds"] == []
    assert script_bytes(page) < TWO_KINDS_LIMIT
