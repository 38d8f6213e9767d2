"""Every interaction answered by mouse, and by keyboard alone, in both languages; no key is on the wire."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from typing import Any

import httpx
import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from scoring import rules
from tests.browser.candidate_venue import Place
from tests.browser.interactions_items import ALIAS, ROWS, SECRET, TELLING, VARIABLE, Row, grading
from tests.browser.test_candidate_pages import script_bytes, stored
from tests.support.server import DATABASE, ServerProcess

pytestmark = pytest.mark.browser
LONG = 30_000
MOST_TABS = 80
# Every kind at once and an upload, which no real paper has; a paper loads only the kinds that stand in it.
ALL_KINDS_LIMIT = 155_000
FILE = {"name": "work.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 work"}
UNTOLD = (SECRET, TELLING, VARIABLE, "qti-correct", "response_processing")
Act = Callable[["Hand", Row], None]


class Hand:
    """Answers the item that is on the screen; how things are pressed is the mouse's or the keyboard's matter."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def card(self) -> Locator:
        return self.page.locator("article.item")

    def at(self, css: str) -> Locator:
        return self.card.locator(css)

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        self.press(target)
        self.page.keyboard.type(text)

    def next(self) -> None:
        self.press(self.page.locator("#next"))


class Keys(Hand):
    """Nothing but the keyboard: what cannot be reached with Tab cannot be used."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        # Asked for from the start: asked for at the key, the system's own chooser may be open before it is caught.
        page.on("filechooser", lambda _: None)

    def reach(self, target: Locator) -> None:
        focused = "(one) => one === document.activeElement"
        for _ in range(MOST_TABS):
            if target.evaluate(focused):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {target}")

    def press(self, target: Locator) -> None:
        expect(target).to_be_enabled(timeout=LONG)
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.type(text)


def ided(code: str, kind: str = "button") -> str:
    return f'{kind}[data-id="{code}"]'


def one_after_another(hand: Hand, row: Row) -> None:
    for code in row.sent:
        hand.press(hand.at(ided(code)))


def pairs(hand: Hand, row: Row) -> None:
    for pair in row.sent:
        left, right = pair.split(" ")
        hand.press(hand.at(f".chips {ided(left)}" if row.code != "lines" else ided(left)))
        hand.press(
            hand.at(
                f".spot{ided(right, '')}, .gap{ided(right, '')}"
                if row.code in ("gaps", "places")
                else ided(right)
            )
        )


def letters(hand: Hand, row: Row) -> None:
    for letter, code in zip(row.correct, row.sent, strict=True):
        if isinstance(hand, Keys):
            hand.page.keyboard.press(letter.lower())
        else:
            hand.press(hand.at(f'label:has(input[value="{code}"])'))


def inline(hand: Hand, row: Row) -> None:
    if isinstance(hand, Keys):
        hand.reach(hand.at("select"))
        hand.page.keyboard.press("ArrowDown")
        hand.page.keyboard.press("ArrowDown")
    else:
        hand.at("select").select_option(row.sent[0])


def text(hand: Hand, row: Row) -> None:
    hand.write(hand.at("input[type=text], textarea"), row.correct[0])


def match(hand: Hand, row: Row) -> None:
    for source, target in (pair.split(" ") for pair in row.correct):
        line = hand.at("tbody tr").nth(int(source[1]) - 1).locator("input")
        if isinstance(hand, Keys):
            hand.reach(line.first)
            hand.page.keyboard.press("Space")
            for _ in range(int(target[1]) - 1):
                hand.page.keyboard.press("ArrowDown")
        else:
            line.nth(int(target[1]) - 1).click()


def point(hand: Hand, row: Row) -> None:
    x, y = (int(part) for part in row.correct[0].split(" "))
    if not isinstance(hand, Keys):
        hand.at(".stage").click(position={"x": x, "y": y})
        return
    hand.press(hand.at(".stage + .row button"))
    for key, times in (
        ("ArrowLeft", (200 - x) // 10),
        ("ArrowRight", (x - 200) // 10),
        ("ArrowUp", (100 - y) // 10),
        ("ArrowDown", (y - 100) // 10),
    ):
        for _ in range(times):
            hand.page.keyboard.press(f"Shift+{key}")


def slider(hand: Hand, row: Row) -> None:
    if isinstance(hand, Keys):
        hand.reach(hand.at("input[type=range]"))
        for _ in range(3):
            hand.page.keyboard.press("ArrowRight")
    else:
        for _ in range(3):
            hand.press(hand.at(".slider > button").nth(1))


def sound(hand: Hand, row: Row) -> None:
    if isinstance(hand, Keys):
        hand.reach(hand.at("audio"))
        hand.page.keyboard.press("Space")
    else:
        hand.at("audio").click(position={"x": 25, "y": 27})


def upload(hand: Hand, row: Row) -> None:
    if isinstance(hand, Keys):
        hand.reach(hand.at("input[type=file]"))
        with hand.page.expect_file_chooser() as chosen:
            hand.page.keyboard.press("Enter")
        chosen.value.set_files(FILE)  # type: ignore[arg-type]
    else:
        hand.at("input[type=file]").set_input_files(FILE)  # type: ignore[arg-type]
    hand.press(hand.at(".upload button.primary"))


def peers(hand: Hand, row: Row) -> None:
    for code in row.sent[0].split(" "):
        hand.press(hand.at(f".chips {ided(code)}"))


ACTS: dict[str, Act] = {
    **dict.fromkeys(("single", "multiple"), letters),
    **dict.fromkeys(("text", "number", "essay"), text),
    **dict.fromkeys(("order", "hot", "spot", "spots"), one_after_another),
    **dict.fromkeys(("gaps", "lines", "places"), pairs),
    **dict.fromkeys(("point", "object"), point),
    "inline": inline,
    "match": match,
    "associate": peers,
    "slider": slider,
    "sound": sound,
    "upload": upload,
}


@pytest.fixture(scope="module")
def room(module_server: ServerProcess) -> tuple[ServerProcess, list[Place]]:
    places = msgspec.json.decode(
        module_server.run_module("tests.browser.interactions_venue"), type=list[Place]
    )
    module_server.start()
    return module_server, places


class Wire:
    """Everything that the server says to a page."""

    def __init__(self, page: Page) -> None:
        self.said: list[str] = []
        page.on("response", self.take)
        page.on(
            "websocket", lambda socket: socket.on("framereceived", lambda frame: self.said.append(str(frame)))
        )

    def take(self, response: Any) -> None:
        kind = response.headers.get("content-type", "")
        if (
            response.status == 200
            and any(one in kind for one in ("json", "html", "javascript", "svg"))
            and "/static/" not in response.url
        ):
            self.said.append(response.text())


def sit_down(context: BrowserContext, place: Place) -> tuple[Page, Wire]:
    page = context.new_page()
    wire = Wire(page)
    page.goto(place.path)
    page.fill("[name=ticket]", place.ticket)
    page.fill("[name=id_tail]", place.id_tail)
    page.keyboard.press("Enter")
    expect(page.locator("[data-item]").first).to_be_visible(timeout=LONG)
    return page, wire


def answer_all(hand: Hand) -> None:
    rows = {row.code: row for row in ROWS}
    for n in range(len(ROWS)):
        code = hand.card.get_attribute("data-item") or ""
        ACTS[code](hand, rows[code])
        done = hand.at(".badge.ok") if code == "upload" else hand.at(".answer-state.saved")
        expect(done.first, code).to_be_visible(timeout=LONG)
        if n + 1 < len(ROWS):
            hand.next()
            expect(hand.card, code).not_to_have_attribute("data-item", code)


def kept(server: ServerProcess, place: Place) -> dict[str, Any]:
    """The answers as the database has them."""
    with closing(sqlite3.connect(server.data / DATABASE)) as database:
        rows = database.execute(
            "SELECT item, value FROM delivery_response WHERE sitting_id = ?", [place.sitting]
        )
        return {item: json.loads(value) for item, value in rows}


def outcome(row: Row, value: Any) -> Decimal:
    """The points that the stored answer brings, by the server's own rules."""
    key = rules.read_key({"type": "interactive", "points": "2", "grading": grading(row)})
    policy = rules.read_policy({"multiple": "all_or_nothing"})
    return rules.score(rules.read_response(value), key, policy).points


HANDS = [("zh-CN", Hand, 0), ("en-US", Keys, 1), ("en-US", Hand, 2), ("zh-CN", Keys, 3)]


@pytest.mark.parametrize(
    ("locale", "hand", "seat"), HANDS, ids=["mouse-zh", "keyboard-en", "mouse-en", "keyboard-zh"]
)
def test_every_interaction_is_answered_stored_and_scored(
    chromium: Browser, room: tuple[ServerProcess, list[Place]], locale: str, hand: type[Hand], seat: int
) -> None:
    size: Any = {"width": 1280, "height": 900}
    context = chromium.new_context(base_url=room[0].url, locale=locale, viewport=size)
    server, places = room
    page, wire = sit_down(context, places[seat])
    answer_all(hand(page))
    answered = [row for row in ROWS if row.code != "upload"]
    shown = {code: one["value"] for code, one in stored(page).items()}
    assert shown == {row.code: {ALIAS: row.sent} for row in answered}
    given = kept(server, places[seat])
    assert given == {row.code: {VARIABLE: row.own} for row in answered}
    scored = [row for row in ROWS if not row.person]
    assert {row.code: outcome(row, given[row.code]) for row in scored} == {
        row.code: Decimal(2) for row in scored
    }
    [version] = page.request.get("/api/exam/paper").json()["files"]["upload"]
    assert version["counts"]
    assert page.locator("#navigator .cell.saved").count() == len(ROWS)
    assert script_bytes(page) < ALL_KINDS_LIMIT
    told = [*wire.said, page.content()]
    assert [one[:200] for one in told for word in UNTOLD if word in one] == []
    page.reload()
    expect(page.locator("#navigator .cell.saved")).to_have_count(len(ROWS), timeout=LONG)
    context.close()


def test_pictures_go_to_the_sitting_candidate_and_to_nobody_else(
    chromium: Browser, room: tuple[ServerProcess, list[Place]]
) -> None:
    server, places = room
    context = chromium.new_context(base_url=server.url, locale="zh-CN")
    page, _ = sit_down(context, places[0])
    items = page.request.get("/api/exam/paper").json()["sections"][0]["items"]
    url = f"/api/exam/media/{next(one for item in items for one in item['media'])['sha256']}/"
    found = page.request.get(url)
    assert (found.status, found.headers["content-type"]) == (200, "image/svg+xml")
    assert "sandbox" in found.headers["content-security-policy"]
    assert page.request.get(url, headers={"If-None-Match": found.headers["etag"]}).status == 304
    assert page.request.get(f"/api/exam/media/{'0' * 64}/").status == 404
    assert httpx.get(server.url + url, trust_env=False).status_code == 401
    context.close()
