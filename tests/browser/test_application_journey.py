"""A person applies online, is reviewed and pays, in a real Chromium: each sees on the page what the other has done."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from examserver.kernel import clock
from tests.browser.registry_venue import PASSWORD
from tests.registration.applications.people import born, pdf
from tests.support.server import ServerProcess

pytestmark = pytest.mark.browser
KINDS = ("CANDIDATE_NOTICE", "ID_COPY", "EVIDENCE")


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> Iterator[ServerProcess]:
    """A server with the notice and a desk."""
    server = ServerProcess.prepare(tmp_path_factory.mktemp("registry") / "venue", database=migrated_database)
    server.run_module("tests.browser.registry_venue")
    server.start()
    yield server
    server.stop()


def today() -> date:
    return clock.now().astimezone(clock.VENUE_ZONE).date()


def desk(chromium: Browser, venue: ServerProcess, who: str) -> Page:
    page = chromium.new_context(base_url=venue.url, locale="zh-CN").new_page()
    page.goto("/staff/sign-in/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def signed_up(chromium: Browser, venue: ServerProcess) -> Page:
    """An applicant who came from the public page, and mistyped the number first."""
    page = chromium.new_context(base_url=venue.url, locale="zh-CN").new_page()
    page.goto("/apply/")
    page.get_by_role("link", name="登录并申报").click()
    page.get_by_role("link", name="注册报名账号").click()
    for field, text in (("name", "林小雨"), ("id_number", "123"), ("email", "lin@example.org")):
        page.fill(f"#{field}", text)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#id_number")).to_have_attribute("aria-invalid", "true")
    page.fill("#id_number", born("19900101"))
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/")
    return page


def prepare(page: Page) -> None:
    """Everything before handing in, by the page's steps."""
    page.check("[name=offering][value=O5]")
    page.get_by_role("button", name="开始申报").click()
    page.fill("#phone", "13800000000")
    page.check("[name=alternative][value=L3-1]")
    page.fill("[name=work-1-occupation]", "全媒体运营师")
    page.fill("[name=work-1-first]", "2012-01-01")
    page.get_by_role("button", name="保存").click()
    for kind in KINDS:
        form = page.locator(f"form:has(input[value={kind}])")
        file = {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": pdf(kind)}
        form.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        form.get_by_role("button", name="上传").click()
        expect(form.get_by_role("link")).to_have_text(f"{kind}.pdf")
    page.get_by_role("button", name="我承诺").click()
    page.get_by_role("button", name="生成报名表").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("职业技能等级认定报名表")
    page.get_by_role("link", name="返回").click()
    page.get_by_role("button", name="报名表内容无误").click()


def fill_in(page: Page) -> None:
    """An application that is handed in."""
    prepare(page)
    page.get_by_role("button", name="提交申报").click()
    expect(page.get_by_text("等待审核")).to_be_visible()


def review(page: Page) -> None:
    """A clerk finds it in the list, looks at it, approves and asks for the money."""
    page.goto("/applications/?state=SUBMITTED")
    page.get_by_role("link", name="林小雨").click()
    page.fill("#received", today().isoformat())
    for name in ("收到原件", "开始审核", "审核通过"):
        page.get_by_role("button", name=name).click()
    page.fill("#last_day", (today() + timedelta(days=7)).isoformat())
    page.get_by_role("button", name="开放缴费").click()
    expect(page.locator("header .badge")).to_have_text("待缴费")


def hand_in_slip(page: Page) -> None:
    """The payer reads where to pay and under which words, and uploads the slip."""
    own = page.url
    page.get_by_role("link", name="查看缴费信息、上传凭证").click()
    expect(page.get_by_label("邮件名")).to_have_value("考务费+林小雨+全媒体运营师(直播运营)（三级）+1")
    slip = {"name": "slip.pdf", "mimeType": "application/pdf", "buffer": pdf("slip")}
    page.set_input_files("[name=file]", slip)  # type: ignore[arg-type]
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("link", name="slip.pdf")).to_be_visible()
    expect(page.locator("header .badge")).to_have_text("待到账")
    page.goto(own)


def credit(page: Page) -> None:
    """Finance finds the order by its payer and credits it by keyboard; a wrong amount is refused first."""
    page.goto("/orders/?standing=open")
    page.locator("[name=q]").fill("林小雨")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="林小雨").click()
    for amount in ("50", "500"):
        page.fill("#reference", "CMB-1")
        page.fill("#day", today().isoformat())
        page.fill("#amount", amount)
        page.keyboard.press("Enter")
    expect(page.locator("header .badge")).to_have_text("无待缴款项")


@pytest.mark.requirement("REQ-28", "S7", partly=True)
def test_a_person_applies_is_reviewed_pays_and_joins_the_batch_of_the_month(
    chromium: Browser, venue: ServerProcess
) -> None:
    applicant = signed_up(chromium, venue)
    fill_in(applicant)
    review(desk(chromium, venue, "clerk"))
    applicant.reload()
    expect(applicant.locator("dl.facts").first).to_contain_text("500")
    finance = desk(chromium, venue, "finance")
    hand_in_slip(applicant)
    credit(finance)
    planner = desk(chromium, venue, "planner")
    planner.goto("/office/batches/")
    for _ in range(50):  # the routine comes by every second
        if planner.locator("main table a").count():
            break
        planner.wait_for_timeout(200)
        planner.reload()
    planner.locator("main table a").first.click()
    expect(planner.get_by_role("link", name="林小雨")).to_be_visible()
    applicant.reload()
    expect(applicant.get_by_text("已进入批次")).to_be_visible()
