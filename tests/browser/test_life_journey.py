"""One person from the application to the certificate, with a resit between, on the pages of everybody concerned."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_application_journey import desk, fill_in, review, signed_up, today
from tests.registration.applications.people import born, pdf
from tests.support.server import ServerProcess

pytestmark = pytest.mark.browser
ID_TAIL = born("19900101")[-6:]


@contextmanager
def serving(folder: Path, database: Path, least: str) -> Iterator[ServerProcess]:
    """A server whose body examines O5, in batches of `least`."""
    server = ServerProcess.prepare(folder, database=database)
    server.run_module("tests.browser.life_venue", "fill", least)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> Iterator[ServerProcess]:
    """One in which one person is enough."""
    with serving(tmp_path_factory.mktemp("life") / "venue", migrated_database, "1") as server:
        yield server


def do(venue: ServerProcess, *words: str) -> str:
    return venue.run_module("tests.browser.life_venue", *words).strip()


def until(page: Page, text: str) -> None:
    """The server's routines come by every second: look again until the page says it."""
    for _ in range(60):
        if page.get_by_text(text).count():
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(page.get_by_text(text).first).to_be_visible()


def pay(chromium: Browser, venue: ServerProcess, reference: str, day: date) -> None:
    page = desk(chromium, venue, "finance")
    page.goto("/applications/?state=AWAITING_PAYMENT")
    page.get_by_role("link", name="林小雨").click()
    page.fill("#reference", reference)
    page.fill("#day", day.isoformat())
    page.get_by_role("button", name="登记到账").click()


def plan(chromium: Browser, venue: ServerProcess, day: date, people: str = "1") -> None:
    """A planner gives the batch its day, on the page."""
    do(venue, "confirm")
    page = desk(chromium, venue, "planner")
    page.goto("/office/planning/")
    hrefs = page.locator("main a[href*='/office/planning/']").evaluate_all(
        "all => all.map((one) => one.href)"
    )
    for href in hrefs:  # a batch in which nobody waits for a day has no form
        page.goto(href)
        if page.locator("#day").count():
            break
    page.fill("#day", day.isoformat())
    page.locator("[name=room]").first.check()
    page.locator("form.card button.primary").click()
    expect(page.locator("#seated")).to_contain_text(people)


def release(chromium: Browser, venue: ServerProcess, day: date) -> None:
    """Everything of the day: a subject whose result a routine has yet to make would be left out without a word."""
    page = desk(chromium, venue, "officer")
    page.goto(f"/office/{day.isoformat()}/release/")
    for _ in range(60):
        if page.locator("[aria-labelledby=left] .shape.ok").count():
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(page.locator("[aria-labelledby=left] .shape.ok")).to_be_visible()
    page.locator("form button.primary.big").click()
    expect(page).to_have_url(f"{venue.url}/office/{day.isoformat()}/")


def issue(chromium: Browser, venue: ServerProcess) -> str:
    """An officer gives the certificate that waits its number."""
    page = desk(chromium, venue, "officer")
    page.goto("/office/certificates/")
    until(page, "林小雨")
    page.get_by_role("button", name="发证并编号").press("Enter")
    expect(page.locator("p[role=status]")).to_contain_text("已发证 1 份")
    return page.locator("#collect td.mono").first.inner_text().strip()


def sign_in_at_the_seat(chromium: Browser, venue: ServerProcess, number: str, path: str) -> None:
    """The ticket's number and the end of the ID number bring up the name to be confirmed."""
    page = chromium.new_context(base_url=venue.url, locale="zh-CN").new_page()
    page.goto(path)
    page.fill("[name=ticket]", number)
    page.fill("[name=id_tail]", ID_TAIL)
    page.keyboard.press("Enter")
    expect(page.get_by_text("林小雨").first).to_be_visible()
    page.close()


def apply_again(page: Page) -> None:
    """The failed subject, from the page of results to handing in."""
    page.get_by_role("button", name="申请补考").click()
    expect(page.locator("dl.facts").first).to_contain_text("操作技能")
    for kind in ("CANDIDATE_NOTICE", "ID_COPY", "EVIDENCE"):
        form = page.locator(f"form:has(input[value={kind}])")
        file = {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": pdf(f"again {kind}")}
        form.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        form.get_by_role("button", name="上传").click()
        expect(form.get_by_role("link")).to_have_text(f"{kind}.pdf")
    page.get_by_role("button", name="我承诺").click()
    page.get_by_role("button", name="生成报名表").click()
    page.get_by_role("link", name="返回").click()
    page.get_by_role("button", name="报名表内容无误").click()
    page.get_by_role("button", name="提交申报").click()
    expect(page.get_by_text("等待审核")).to_be_visible()


@pytest.mark.requirement("REQ-28", "S7", "S49")
@pytest.mark.skipif(
    (today() + timedelta(days=1)).year > today().year, reason="the resit is on a day of this year"
)
def test_from_the_application_over_a_resit_to_the_certificate(
    chromium: Browser, venue: ServerProcess
) -> None:
    page = signed_up(chromium, venue)
    fill_in(page)
    review(desk(chromium, venue, "clerk"))
    pay(chromium, venue, "CMB-1", min(today(), date(today().year, 6, 30)))
    until(page, "已进入批次")
    plan(chromium, venue, today())
    page.goto("/tickets/")
    number = page.locator("main").get_by_text("O5").first.inner_text().strip()
    sign_in_at_the_seat(chromium, venue, number, do(venue, "open"))
    do(venue, "sit", "0.4")
    release(chromium, venue, today())
    page.goto("/my/results/")
    until(page, "申请补考")
    expect(page.locator("section.subject .badge")).to_have_text(["合格", "不合格"])
    do(venue, "wait")
    apply_again(page)
    review(desk(chromium, venue, "clerk"))
    pay(chromium, venue, "CMB-2", today())
    until(page, "已进入批次")
    tomorrow = today() + timedelta(days=1)
    plan(chromium, venue, tomorrow)
    do(venue, "sit", "1")
    release(chromium, venue, tomorrow)
    page.goto("/my/results/")
    until(page, "没有不合格的科目")
    certificate = issue(chromium, venue)
    anybody = chromium.new_context(base_url=venue.url, locale="zh-CN").new_page()
    anybody.goto("/verify/")
    anybody.fill("#number", certificate)
    anybody.fill("#who", "林小雨")
    anybody.keyboard.press("Enter")
    expect(anybody.locator("p[role=status]")).to_contain_text("有效")
    expect(anybody.locator("dl.facts")).to_contain_text(tomorrow.isoformat())
