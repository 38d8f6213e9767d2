"""The bank in a real Chromium, by keyboard alone: import, two approvals, in use; the candidate's player as preview."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

import itembank
from tests.browser.bank_venue import PASSWORD
from tests.support.server import ServerProcess

pytestmark = pytest.mark.browser
LONG = 30_000
GIFT = """::一:: 直播开场先做什么？ { =问好 ~报价 ~下播 }

::二:: 把术语排队 { =主播 -> 讲解 =场控 -> 节奏 }

坏题 {= ~
"""
DEMO = Path(itembank.__file__).parent / "demo" / "interactive"
LANGUAGES = ("zh-CN", "en")


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> Iterator[ServerProcess]:
    """A server with the small bank."""
    server = ServerProcess.prepare(tmp_path_factory.mktemp("bank") / "venue", database=migrated_database)
    server.run_module("tests.browser.bank_venue")
    server.start()
    yield server
    server.stop()


def desk(chromium: Browser, venue: ServerProcess, who: str, language: str = "zh-CN") -> Page:
    """The start page of a member of staff."""
    context = chromium.new_context(base_url=venue.url, locale=language)
    page = context.new_page()
    page.goto("/staff/sign-in/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def press(page: Page, selector: str) -> None:
    """Reach it with Tab, as a person without a mouse, and press Enter."""
    page.wait_for_load_state()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"{selector} is not reached by Tab")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_comes_in_is_approved_by_two_and_is_in_use_by_keyboard(
    chromium: Browser, venue: ServerProcess, language: str
) -> None:
    author = desk(chromium, venue, "author", language)
    author.goto("/bank/import/")
    text = GIFT.replace("开场", f"开场（{language}）").replace("排队", f"排队（{language}）")
    author.set_input_files("#file", {"name": "bank.gift", "mimeType": "text/plain", "buffer": text.encode()})
    press(author, "#upload button")
    expect(author.locator(".errors tbody tr").first).to_be_visible(timeout=LONG)
    expect(author.locator(".tally b").first).to_have_text("2")
    press(author, "#agree")
    expect(author.locator(".counts dt").first).to_have_text("2", timeout=LONG)
    for who in ("reviewer1", "reviewer2"):
        reviewer = desk(chromium, venue, who, language)
        reviewer.goto("/bank/review/")
        for _ in range(2):
            if reviewer.url.endswith("/review/"):
                press(reviewer, "td.end a")
            expect(reviewer.frame_locator("#preview").locator("[data-item]")).to_be_visible(timeout=LONG)
            press(reviewer, "#approve")
            expect(reviewer.locator(".strip.ok")).to_be_visible(timeout=LONG)
    author.goto(f"/bank/?state=in_use&words=（{language}）")
    expect(author.locator("#items tbody tr")).to_have_count(2)


def test_the_preview_is_the_candidates_player_and_keeps_nothing(
    chromium: Browser, venue: ServerProcess
) -> None:
    page = desk(chromium, venue, "author")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto("/bank/items/SC-001/")
    options = page.frame_locator("#preview").locator("label.option")
    expect(options).to_have_count(4, timeout=LONG)
    options.first.click()
    expect(page.frame_locator("#preview").locator("input:checked")).to_have_count(1)
    assert set(sent) == {"GET"}


def test_the_picture_of_an_interactive_item_is_seen_in_its_preview(
    chromium: Browser, venue: ServerProcess
) -> None:
    page = desk(chromium, venue, "author")
    page.goto("/bank/import/")
    page.set_input_files("#file", {"name": "a.zip", "mimeType": "application/zip", "buffer": interactive()})
    page.click("#upload button")
    page.click("#agree")
    expect(page.locator(".counts dt").first).to_have_text("13", timeout=LONG)
    page.goto("/bank/items/L3-HS-001/")
    picture = page.frame_locator("#preview").locator("img").first
    expect(picture).to_be_visible(timeout=LONG)
    expect(picture).not_to_have_js_property("naturalWidth", 0)


def interactive() -> bytes:
    """The demo's interactive items as a package."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for path in sorted(one for one in DEMO.rglob("*") if one.is_file()):
            archive.write(path, path.relative_to(DEMO).as_posix())
    return packed.getvalue()


def test_the_editor_previews_what_is_written_and_saves_a_draft(
    chromium: Browser, venue: ServerProcess
) -> None:
    page = desk(chromium, venue, "author")
    page.goto("/bank/new/?type=order")
    page.fill("#code", "ORD-1")
    page.fill("#stem", "按先后排列")
    for place, word in enumerate(("写脚本", "彩排", "开播")):
        page.locator(".edit-row").nth(place).locator("[name=first]").fill(word)
    expect(page.frame_locator("#preview").get_by_text("彩排").first).to_be_visible(timeout=LONG)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/bank/items/ORD-1/"), timeout=LONG)
    expect(page.locator("h1")).to_contain_text("ORD-1")


def test_the_list_goes_by_key(chromium: Browser, venue: ServerProcess) -> None:
    page = desk(chromium, venue, "author")
    page.goto("/bank/?words=SC-0")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#items tr.active")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/bank/items/SC-001/"), timeout=LONG)
    page.go_back()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "words"


def test_the_custodians_paper_holds_no_key(chromium: Browser, venue: ServerProcess) -> None:
    page = desk(chromium, venue, "custodian")
    page.goto("/bank/papers/")
    press(page, "th a")
    expect(page.locator(".paper-items li").first).to_be_visible(timeout=LONG)
    assert not re.search(r"correct|理由|grading\"", page.content())
