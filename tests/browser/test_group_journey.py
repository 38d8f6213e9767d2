"""A school's group of 29 goes on to the next month and is seated with a thirtieth; and who is barred is refused."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_application_journey import desk, prepare, signed_up, today
from tests.browser.test_life_journey import do, plan, serving
from tests.registration.applications.sheets import csv_file, row
from tests.support.server import ServerProcess

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> Iterator[ServerProcess]:
    """One with a school, in which thirty are enough."""
    with serving(tmp_path_factory.mktemp("group") / "venue", migrated_database, "30") as server:
        yield server


def bring_file(page: Page, people: int) -> None:
    """The school's file with the first `people` of its list."""
    page.goto("/applications/file/")
    data = csv_file([row(index) for index in range(1, people + 1)])
    file = {"name": "group.csv", "mimeType": "text/csv", "buffer": data}
    page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
    page.locator("form.card button.primary").click()


def until_batch_has(page: Page, people: int) -> None:
    """The routine comes by every second: the newest batch holds so many."""
    for _ in range(120):
        page.goto("/office/batches/")
        if page.locator("main table tbody tr").first.get_by_text(str(people), exact=True).count():
            return
        page.wait_for_timeout(250)
    raise AssertionError(page.locator("main").inner_text())


@pytest.mark.requirement("REQ-31", "REQ-44", "REQ-45", "S8")
@pytest.mark.skipif(
    (today() + timedelta(days=1)).year > today().year, reason="the exam is on a day of this year"
)
def test_a_group_below_thirty_goes_on_to_the_next_month_and_is_seated_with_it(
    chromium: Browser, venue: ServerProcess
) -> None:
    school, planner = desk(chromium, venue, "school"), desk(chromium, venue, "planner")
    bring_file(school, 29)
    expect(school.locator("dl.counts dt").first).to_have_text("29")
    school.goto("/applications/?state=SUBMITTED")
    school.get_by_role("link", name="考生1", exact=True).click()
    school.get_by_role("button", name="单位初审通过").click()
    expect(school.locator("header .badge")).to_have_text("机构已初审")
    do(venue, "group", min(today(), date(today().year, 6, 30)).isoformat(), "CMB-29")
    until_batch_has(planner, 29)
    do(venue, "confirm")
    planner.goto("/office/batches/")
    expect(planner.get_by_text("已顺延")).to_be_visible()
    planner.locator("main table a").first.click()
    expect(planner.locator("dl.facts")).to_contain_text("29 / 30")
    bring_file(school, 30)
    expect(school.locator("dl.counts dt").nth(1)).to_have_text("29")
    do(venue, "group", today().isoformat(), "CMB-1")
    until_batch_has(planner, 30)
    plan(chromium, venue, today() + timedelta(days=1), "30")
    school.goto("/tickets/")
    expect(school.locator("main tbody tr")).to_have_count(30)


@pytest.mark.requirement("REQ-89", "S27")
def test_who_is_barred_is_told_until_when_and_nothing_is_handed_in(
    chromium: Browser, venue: ServerProcess
) -> None:
    page = signed_up(chromium, venue)
    prepare(page)
    do(venue, "bar", "林小雨")
    page.get_by_role("button", name="提交申报").click()
    expect(page.get_by_text(f"该人员在{today().year}-12-31之前（含当日）不得参加评价。")).to_be_visible()
    expect(page.locator("header .strip")).to_contain_text("草稿")
