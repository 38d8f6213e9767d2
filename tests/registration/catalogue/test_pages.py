"""The office's pages of catalogue and calendar: look, edit, see what changes, and only then put in force."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from examserver.kernel import clock
from examserver.kernel.access import Role
from examserver.people.services import add_staff
from examserver.registration.catalogue.content import Catalogue
from examserver.registration.catalogue.reading import read_catalogue, shipped
from examserver.registration.models import CalendarDay, CatalogueVersion
from examserver.registration.selectors.catalogue import newest_code, unknown_years
from tests.registration.catalogue.notices import edited, load

pytestmark = pytest.mark.django_db
NOTICE: Catalogue = read_catalogue(shipped(2026))
CHINESE = {"headers": {"Accept-Language": "zh-hans"}}


def client(role: Role = Role.ADMIN) -> Client:
    browser = Client(**CHINESE)
    staff = add_staff(username=role, display_name="王", password="a long password", roles=[role])
    browser.force_login(staff)
    return browser


def this_year() -> bytes:
    """The file of 2026 moved to the year in which the test runs; the pages read the real clock."""
    year = clock.now().astimezone(clock.VENUE_ZONE).year

    def move(notice: Any) -> None:
        notice.update(year=year, valid_from=f"{year}-01-01", valid_to=f"{year}-12-31")
        notice["windows"] = [
            {"apply_from": f"{year}-01-01", "apply_to": f"{year}-12-31", "evaluate_by": None}
        ]

    return edited(move)


def form(file: bytes, **changes: str) -> dict[str, str]:
    today = clock.now().astimezone(clock.VENUE_ZONE).date()
    filled = {"effective_from": str(today), "announcement": "关于调整收费的通知", "announcement_en": ""}
    return {**filled, "text": file.decode(), "after": newest_code(), "step": "check", **changes}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_version_is_looked_at_before_it_takes_force() -> None:
    browser = client()
    looked = browser.post("/office/catalogue/new/", form(this_year()))
    assert looked.status_code == 200
    assert "S000031400071" in text_of(looked)
    assert not CatalogueVersion.objects.exists()
    added = browser.post("/office/catalogue/new/", form(this_year(), step="add"), follow=True)
    version = CatalogueVersion.objects.get()
    assert version.author.startswith("staff:")
    assert version.code in text_of(added)


def test_the_changes_and_the_offerings_that_they_touch_are_shown() -> None:
    browser = client()
    browser.post("/office/catalogue/new/", form(this_year(), step="add"))
    dearer = this_year().replace(b'"practical": 290, "total": 400', b'"practical": 300, "total": 410')
    page = text_of(browser.post("/office/catalogue/new/", form(dearer)))
    assert "offerings[O1].fee.practical" in page
    assert '<b class="mono">O1</b>' in page
    assert "offerings[O2]" not in page


def test_a_file_goes_before_the_text_and_may_begin_with_a_byte_order_mark() -> None:
    file = SimpleUploadedFile("new.json", b"\xef\xbb\xbf" + this_year())
    answer = client().post("/office/catalogue/new/", {**form(b"{"), "file": file})
    assert answer.status_code == 200
    assert "S000031400071" in text_of(answer)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("公告".encode("gb18030"), "不是 UTF-8"),
        (b"MZ\x90\x00", "不是 UTF-8"),
        (b"PK", "不是有效的 JSON"),
        (b" " * (2**20 + 1), "1024 KB"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_form_as_it_was(data: bytes, said: str) -> None:
    answer = client().post(
        "/office/catalogue/new/", {**form(b"typed"), "file": SimpleUploadedFile("a", data)}
    )
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "关于调整收费的通知" in text_of(answer)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"effective_from": "30 Feb"}, "30 Feb"),
        ({"announcement": " "}, "请填写给考生的通知"),
        ({"after": "2020-1"}, "其间有人录入了新版本"),
        ({"text": "{}"}, "缺少此字段"),
    ],
)
def test_what_is_wrong_is_said_by_its_field_and_nothing_is_added(changes: dict[str, str], said: str) -> None:
    answer = client().post("/office/catalogue/new/", {**form(this_year(), step="add"), **changes})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not CatalogueVersion.objects.exists()


def test_the_form_begins_with_a_version_and_comes_back_as_it_was() -> None:
    load()
    browser = client()
    page = text_of(browser.get("/office/catalogue/new/?from=2026-1"))
    assert "S000031400071" in page
    assert 'name="after" value="2026-1"' in page
    back = text_of(browser.post("/office/catalogue/new/", form(b"half done", step="edit")))
    assert "half done" in back


def test_a_version_and_its_file_can_be_read() -> None:
    load()
    browser = client(Role.OFFICER)
    assert "8888014700008619" in text_of(browser.get("/office/catalogue/2026-1/"))
    file = browser.get("/office/catalogue/2026-1/file/")
    assert read_catalogue(file.content) == NOTICE
    assert browser.get("/office/catalogue/2026-9/").status_code == 404


def test_an_officer_reads_and_does_not_edit() -> None:
    browser = client(Role.OFFICER)
    assert browser.get("/office/catalogue/").status_code == 200
    assert browser.get("/office/catalogue/new/").status_code == 404
    assert browser.post("/office/calendar/day/", {}).status_code == 404


@pytest.mark.requirement("S48", partly=True)
def test_the_office_is_warned_of_a_year_without_a_calendar_until_somebody_enters_it() -> None:
    browser, today = client(), clock.now().astimezone(clock.VENUE_ZONE).date()
    for year in unknown_years([today.year, today.year + 1]):
        assert f'<b class="figures">{year}</b>' in text_of(browser.get("/office/catalogue/"))
        days = f"{monday_of(year)} off 元旦 假\n\n"
        browser.post("/office/calendar/year/", {"year": year, "source": "通知", "days": days})
        assert CalendarDay.objects.get(day__year=year).note == "元旦 假"
    assert "strip attention" not in text_of(browser.get("/office/calendar/"))


def monday_of(year: int) -> date:
    first = date(year, 1, 1)
    return first + timedelta(days=-first.weekday() % 7)


def test_a_day_is_set_and_cleared_on_the_page() -> None:
    browser = client()
    day = {"day": "2026-07-24", "working": "off", "note": "台风"}
    assert "台风" in text_of(browser.post("/office/calendar/day/", day, follow=True))
    browser.post("/office/calendar/day/", {**day, "working": "clear"})
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(
    ("address", "given", "said"),
    [
        ("day", {"day": "24.7.2026", "working": "off"}, "不是日期"),
        ("day", {"day": "2026-07-24", "working": "maybe"}, "work 或 off"),
        ("day", {"day": "2026-07-24", "working": "clear"}, "没有人录入过"),
        ("year", {"year": "MMXXVII", "source": "x", "days": "2040-01-02 off"}, "不是年份"),
        ("year", {"year": "2040", "source": "x", "days": "2040-01-02"}, "work 或 off"),
        ("year", {"year": "2040", "source": "x", "days": "x\n" * 367}, "366"),
    ],
)
def test_a_day_or_year_that_cannot_be_is_said(address: str, given: dict[str, str], said: str) -> None:
    assert said in text_of(client().post(f"/office/calendar/{address}/", given, follow=True))
    assert not CalendarDay.objects.exists()
