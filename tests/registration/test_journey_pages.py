"""The pages from the draft to the batch, as applicant, clerk, finance and planner use them; others see nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from examserver.kernel import clock
from examserver.kernel.access import Role
from examserver.people.models import Account, Candidate
from examserver.people.services import add_staff
from examserver.registration.applications.states import ApplicationState
from examserver.registration.models import Application, Batch, Institution, InstitutionMember, PaymentOrder
from examserver.registration.notice import VERSION
from examserver.registration.selectors.applications import events
from examserver.registration.services.queueing import queue_paid
from tests.registration.applications.people import born, pdf
from tests.registration.catalogue.notices import load_this_year

pytestmark = pytest.mark.django_db
CHINESE = {"headers": {"Accept-Language": "zh-hans"}}


@pytest.fixture(autouse=True)
def notice(tmp_path: Any, settings: Any) -> None:
    """The notice of this year, and a folder for documents."""
    settings.UPLOAD_DIR = tmp_path
    load_this_year()


def applicant(number: str, email: str = "a@example.org") -> Client:
    browser = Client(**CHINESE)
    browser.post(
        "/my/sign-up/",
        {"name": "张三", "id_number": number, "email": email, "password": "long-enough-2026"},
    )
    return browser


def staff(*roles: Role) -> Client:
    browser = Client(**CHINESE)
    browser.force_login(
        add_staff(username="-".join(roles), display_name="王", password="a long password", roles=roles)
    )
    return browser


def own() -> Application:
    return Application.objects.get()


def step(browser: Client, name: str, base: str = "/my/applications", **data: Any) -> str:
    """Take a step on the page of the only application; what the page then says."""
    data = {"step": name, "version": own().version, **data}
    answer = browser.post(f"{base}/{own().pk}/act/", data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def filled(browser: Client) -> None:
    """Everything is filled in and handed in."""
    browser.post("/my/apply/", {"offering": "O5"})
    rows = {"work-1-occupation": "全媒体运营师", "work-1-first": "2010-01-01"}
    assert "已保存" in step(browser, "save", phone="13800000000", alternative="L3-1", **rows)
    for kind in ("CANDIDATE_NOTICE", "ID_COPY", "EVIDENCE"):
        file = SimpleUploadedFile(f"{kind}.pdf", pdf(kind), "application/pdf")
        assert "材料已保存" in step(browser, "document", kind=kind, file=file)
    assert "已记录承诺" in step(browser, "commit", shown=VERSION)
    assert "职业技能等级认定报名表" in step(browser, "form")
    step(browser, "confirm")
    assert "已提交" in step(browser, "submit")


@pytest.mark.requirement("REQ-15", "REQ-28", partly=True)
def test_an_application_goes_from_the_draft_to_its_batch() -> None:
    filled(applicant(born("19900101")))
    office, money, office_page = staff(Role.CLERK), staff(Role.FINANCE), "/applications"
    assert "条件预审" in office.get(f"/applications/{own().pk}/").content.decode()
    today = clock.now().astimezone(clock.VENUE_ZONE).date()
    step(office, "receive", office_page, day=today)
    step(office, "take", office_page)
    step(office, "approve", office_page, alternative="L3-1")
    assert own().state == ApplicationState.APPROVED
    step(office, "ask_payment", office_page, amount="500", last_day=today + timedelta(days=5))
    step(money, "credit", office_page, reference="CMB-1", day=today, amount="500")
    assert own().state == ApplicationState.PAID
    queue_paid(now=clock.now())
    planner = staff(Role.SCHEDULER)
    assert "张三" in planner.get(f"/office/batches/{Batch.objects.get().pk}/").content.decode()
    assert "接收中" in planner.get("/office/batches/").content.decode()


def test_how_the_claims_stand_is_kept_with_the_submission() -> None:
    filled(applicant(born("19900101")))
    [told] = [one.data["eligibility"] for one in events(own()) if "eligibility" in one.data]
    assert (told["standard"], told["verdict"], told["better"]) == ("GZB 4-13-01-05/2023", "PASS", [])


def test_a_submission_says_everything_that_is_missing() -> None:
    browser = applicant(born("19900101"))
    browser.post("/my/apply/", {"offering": "O5"})
    page = step(browser, "submit")
    assert own().state == ApplicationState.DRAFT
    assert page.count('class="strip attention no-print"') >= 5


def test_another_applicants_page_and_papers_are_not_there() -> None:
    filled(applicant(born("19900101")))
    other = applicant(born("19910101"), "b@example.org")
    document = own().documents.first()
    assert document is not None
    paths = [f"/my/applications/{own().pk}/", f"/applications/{own().pk}/documents/{document.pk}/"]
    assert [other.get(path).status_code for path in paths] == [404, 404]
    assert other.get(f"/applications/{own().pk}/").status_code == 404
    assert other.post(f"/my/applications/{own().pk}/act/", {"step": "withdraw"}).status_code == 404


def test_an_institution_sees_only_its_own() -> None:
    filled(applicant(born("19900101")))
    school = staff(Role.INSTITUTION)
    row = Institution.objects.create(code="S1", name="学校")
    InstitutionMember.objects.create(institution=row, staff_id=int(school.session["_auth_user_id"]))
    assert "没有符合的申报" in school.get("/applications/").content.decode()
    assert school.get(f"/applications/{own().pk}/").status_code == 404


def test_a_document_is_shown_and_runs_nothing() -> None:
    browser = applicant(born("19900101"))
    filled(browser)
    document = own().documents.first()
    assert document is not None
    answer = browser.get(f"/applications/{own().pk}/documents/{document.pk}/")
    assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_who_is_not_signed_in_is_shown_the_applicants_door() -> None:
    assert Client().get("/my/")["Location"] == "/my/sign-in/?next=/my/"
    assert Client().get("/applications/")["Location"].startswith("/staff/sign-in/")


def test_a_page_that_is_out_of_date_changes_nothing() -> None:
    browser = applicant(born("19900101"))
    browser.post("/my/apply/", {"offering": "O5"})
    old = own().version
    step(browser, "save", phone="1", alternative="L3-1")
    assert (
        "他人" in (said := step(browser, "save", version=old, phone="2")) or "已被" in said or "刷新" in said
    )
    assert own().phone == "1"


@pytest.mark.requirement("S2")
def test_an_offering_that_is_none_begins_nothing() -> None:
    browser = applicant(born("19900101"))
    assert browser.post("/my/apply/", {"offering": "O9"}, follow=True).status_code == 200
    assert not Application.objects.exists()


def test_the_list_finds_a_whole_number_and_no_part_of_it() -> None:
    number = born("19900101")
    filled(applicant(number))
    office = staff(Role.CLERK)
    pages = [office.get("/applications/", {"q": q}).content.decode() for q in (number, number[:10], "张")]
    assert ["没有符合的申报" not in page for page in pages] == [True, False, True]


def test_the_self_check_judges_and_keeps_nothing() -> None:
    browser = Client(**CHINESE)
    data = {
        "level": "4",
        "diplomas-1-school": "COLLEGE",
        "diplomas-1-major": "播音与主持",
        "diplomas-1-year": "2020",
    }
    answer = browser.post("/apply/check/", data)
    page = answer.content.decode()
    assert "需要人工审核" in page
    assert "播音与主持" in page
    assert not answer.cookies.get("sessionid")
    assert [model.objects.count() for model in (Candidate, Account, Application)] == [0, 0, 0]


def test_the_self_check_names_the_row_that_cannot_be() -> None:
    data = {
        "level": "3",
        "work-1-occupation": "记者",
        "work-1-first": "2024-01-01",
        "work-1-until": "2023-01-01",
    }
    answer = Client(**CHINESE).post("/apply/check/", data)
    assert answer.status_code == 422
    assert "work.1" in answer.content.decode()


@pytest.mark.requirement("REQ-1", partly=True)
def test_the_start_page_says_the_notice_in_plain_words() -> None:
    page = Client(**CHINESE).get("/apply/").content.decode()
    for words in ("全媒体运营师", "累计从事本职业或相关职业工作满10年", "互联网营销师", "500"):
        assert words in page


def test_an_institutions_file_is_taken_and_every_bad_row_is_named() -> None:
    school = staff(Role.INSTITUTION)
    row = Institution.objects.create(code="S1", name="学校")
    InstitutionMember.objects.create(institution=row, staff_id=int(school.session["_auth_user_id"]))
    file = SimpleUploadedFile("a.csv", "姓名\n张三\n".encode(), "text/csv")
    page = school.post("/applications/file/", {"file": file}).content.decode()
    assert "strip attention" in page


def asked(today: Any) -> str:
    """The only application is approved and asked for money from the list of orders; the order's page."""
    office = staff(Role.CLERK)
    for name, data in (("receive", {"day": today}), ("take", {}), ("approve", {"alternative": "L3-1"})):
        step(office, name, "/applications", **data)
    assert "待开缴费单" in office.get("/orders/").content.decode()
    ordered = {"application": f"{own().pk}:{own().version}", "last_day": today + timedelta(days=5)}
    assert "缴费单已开" in office.post("/orders/open/", ordered, follow=True).content.decode()
    return f"/orders/{PaymentOrder.objects.get().pk}/"


@pytest.mark.requirement("REQ-50", "REQ-51", "REQ-52", "REQ-53", "S7", "S8")
def test_a_person_copies_the_remark_hands_in_a_slip_and_finance_credits_the_order() -> None:
    browser, today = applicant(born("19900101")), clock.now().astimezone(clock.VENUE_ZONE).date()
    filled(browser)
    page = asked(today)
    shown = browser.get(page).content.decode()
    assert all(one in shown for one in ("考务费+张三+全媒体运营师(直播运营)（三级）+1", "8888014700008619"))
    assert page in browser.get(f"/my/applications/{own().pk}/").content.decode()
    slip = {"file": SimpleUploadedFile("slip.pdf", pdf("slip"), "application/pdf")}
    assert "凭证已保存" in browser.post(f"{page}slip/", slip, follow=True).content.decode()
    assert own().state == ApplicationState.AWAITING_PAYMENT
    money = staff(Role.FINANCE)
    assert "张三" in money.get("/orders/?standing=open").content.decode()
    assert "slip.pdf" in money.get(page).content.decode()
    new = {"reference": "CMB-1", "day": today, "amount": "499"}
    assert "应缴合计500元，到账金额为499元" in money.post(f"{page}credit/", new, follow=True).content.decode()
    assert (
        "到账已登记" in money.post(f"{page}credit/", {**new, "amount": "500"}, follow=True).content.decode()
    )
    assert own().state == ApplicationState.PAID
    assert "CMB-1" not in browser.get(page).content.decode()


def test_another_persons_order_is_not_there_and_a_payer_credits_nothing() -> None:
    browser, today = applicant(born("19900101")), clock.now().astimezone(clock.VENUE_ZONE).date()
    filled(browser)
    page = asked(today)
    other = applicant(born("19910101"), "b@example.org")
    assert [other.get(page).status_code, other.post(f"{page}slip/").status_code] == [404, 404]
    new = {"reference": "CMB-1", "day": today, "amount": "500"}
    assert browser.post(f"{page}credit/", new).status_code == 404
    assert staff(Role.INSTITUTION).get(page).status_code == 404
    assert own().state == ApplicationState.AWAITING_PAYMENT


def test_finance_takes_the_accountants_file_and_a_clerk_does_not() -> None:
    asked_for = {"first": "2026-01-01", "last": "2026-12-31", "form": "csv"}
    answer = staff(Role.FINANCE).post("/orders/export/", asked_for)
    assert answer["Content-Disposition"] == 'attachment; filename="credits.csv"'
    assert answer.content.decode("utf-8-sig").startswith("缴费单号,银行流水号")
    assert staff(Role.CLERK).post("/orders/export/", asked_for).status_code == 404
