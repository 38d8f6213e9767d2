"""The file of 2026 says what the notice says: the values stand here once more, as the notice has them."""

from datetime import date, time

import pytest

from examserver.registration.catalogue.content import CountsOn, Scope
from examserver.registration.catalogue.reading import read_catalogue, shipped
from examserver.registration.dates.service_hours import Period
from examserver.registration.dates.windows import usual_windows
from examserver.registration.money import Fee, OrderLine, mail_subject, owed

NOTICE = read_catalogue(shipped(2026))
# rules.json, offerings
OFFERINGS = {
    ("O1", "创意策划", 4): Fee(110, 290, 400),
    ("O2", "创意策划", 3): Fee(110, 390, 500),
    ("O3", "视听运营", 3): Fee(110, 390, 500),
    ("O4", "流量运营", 3): Fee(110, 390, 500),
    ("O5", "直播运营", 3): Fee(110, 390, 500),
}


@pytest.mark.requirement("REQ-3")
@pytest.mark.requirement("REQ-2", "REQ-8", partly=True)
def test_the_body_and_the_occupation_are_named() -> None:
    assert (NOTICE.body.name.zh, NOTICE.body.filing_no) == ("咪咕视讯科技有限公司", "S000031400071")
    assert len(NOTICE.body.filing_no) == 13
    assert (NOTICE.occupation.code, NOTICE.occupation.name.zh) == ("4-13-01-05", "全媒体运营师")
    assert NOTICE.occupation.standard.zh == "国家职业标准 全媒体运营师（2023年版）"


@pytest.mark.requirement("REQ-4", "REQ-54", "REQ-55", "REQ-56", "REQ-57", "REQ-58")
def test_five_offerings_have_the_fees_of_the_table() -> None:
    found = {(one.code, one.direction.zh, one.level): one.fee for one in NOTICE.offerings}
    assert found == OFFERINGS
    assert {one.name.zh for one in NOTICE.offerings} == {
        f"全媒体运营师（{name}）" for _, name, _ in OFFERINGS
    }


@pytest.mark.requirement("REQ-5", "REQ-6", "REQ-7")
@pytest.mark.requirement("S2", partly=True)
@pytest.mark.parametrize("direction", ["创意策划", "视听运营", "流量运营", "直播运营", "数据分析"])
@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_no_other_direction_and_level_is_offered(direction: str, level: int) -> None:
    offered = NOTICE.offered_at(direction, level)
    codes = [code for code, name, number in OFFERINGS if (name, number) == (direction, level)]
    assert [offered.code] == codes if offered else codes == []


@pytest.mark.requirement("REQ-58")
def test_a_group_of_three_at_level_four_and_two_at_level_three_owes_2200() -> None:
    codes = ["O1", "O1", "O1", "O2", "O5"]
    lines = [OrderLine(one.fee) for code in codes if (one := NOTICE.offered(code))]
    assert len(lines) == 5
    assert owed(lines) == 2200


@pytest.mark.requirement("REQ-52", "S8")
def test_the_mail_subject_is_made_of_the_words_of_the_file() -> None:
    offered = NOTICE.offered("O1")
    assert offered is not None
    level = NOTICE.level(offered.level)
    assert level is not None
    subject = mail_subject("张三", offered.fee_name, level.name.zh, 1)
    assert subject == "考务费+张三+全媒体运营师(创意策划)（四级）+1"


@pytest.mark.requirement("REQ-40", "REQ-41")
@pytest.mark.requirement("REQ-42", partly=True)
def test_the_windows_are_the_twelve_rows_of_the_notice() -> None:
    rows = [(one.apply_from.month, one.evaluate_by and one.evaluate_by.month) for one in NOTICE.windows]
    assert rows == [(month, month + 1) for month in range(1, 12)] + [(12, None)]
    assert NOTICE.windows == tuple(usual_windows(date(2026, 1, 15)))


@pytest.mark.requirement("REQ-68", "REQ-69")
def test_the_years_of_validity_are_those_of_the_notice() -> None:
    assert {one.level: one.validity_years for one in NOTICE.levels} == {5: 2, 4: 2, 3: 2, 2: 3, 1: 3}
    assert [one.name.zh for one in NOTICE.levels] == ["五级", "四级", "三级", "二级", "一级"]


@pytest.mark.requirement("REQ-44", "REQ-46", "REQ-60", partly=True)
def test_the_numbers_are_those_of_the_notice() -> None:
    rules = NOTICE.rules
    assert (rules.batch_least, rules.same_day, rules.ticket_days_before) == (30, True, 7)
    assert rules.least_age == 16


@pytest.mark.requirement("REQ-63", "REQ-64")
def test_every_offering_is_marked_by_people_and_has_30_working_days() -> None:
    assert (NOTICE.rules.results.plain, NOTICE.rules.results.marked) == (20, 30)
    assert [NOTICE.rules.results.of(one.human_marked) for one in NOTICE.offerings] == [30] * 5


def test_what_the_notice_leaves_open_has_the_defaults_of_the_analysis() -> None:
    rules = NOTICE.rules
    assert rules.window_counts_on is CountsOn.PAID
    assert (rules.batch_scope, rules.forfeit_scope) == (Scope.OFFERING, Scope.OFFERING)
    assert (rules.batch_counts_resits, rules.rollover_alert_after, rules.review_workdays) == (True, 2, 5)


@pytest.mark.requirement("REQ-51", partly=True)
def test_the_payee_is_word_for_word() -> None:
    payee = NOTICE.payee
    assert (payee.name.zh, payee.tax_id) == ("咪咕视讯科技有限公司", "913100003242919329")
    assert (payee.address.zh, payee.phone) == ("上海市浦东新区云桥路636号", "51856688")
    assert (payee.bank.zh, payee.account) == ("招商银行北京分行营业部", "8888014700008619")


@pytest.mark.requirement("REQ-76", "REQ-77", "REQ-78")
def test_the_desk_has_its_hours_its_phone_and_a_mailbox_of_its_own() -> None:
    desk = NOTICE.desk
    assert desk.hours.periods == (Period(time(9, 30), time(11, 30)), Period(time(13, 30), time(17, 30)))
    assert (desk.phone, desk.mail) == ("021-51856688*1342", "jnrd@migu.chinamobile.com")
    assert NOTICE.payee.slip_mail == "jnrld@migu.chinamobile.com"
    assert desk.address.zh == "上海市浦东新区川桥路777号咪咕3号楼前台"


@pytest.mark.requirement("REQ-80")
def test_the_supervising_centre_has_its_phone_and_hours() -> None:
    centre = NOTICE.supervision[1]
    assert (centre.name.zh, centre.phone) == ("上海市职业技能鉴定中心", "400-820-9278")
    assert centre.hours.periods == (Period(time(9, 30), time(11, 0)), Period(time(13, 30), time(16, 30)))


@pytest.mark.requirement("REQ-79", partly=True)
def test_the_body_has_a_complaint_phone_with_the_hours_of_its_desk() -> None:
    body = NOTICE.supervision[0]
    assert (body.name, body.phone) == (NOTICE.body.name, "021-51856688*1341")
    assert body.hours == NOTICE.desk.hours


@pytest.mark.requirement("REQ-65", "REQ-66", partly=True)
def test_the_official_look_ups_are_there() -> None:
    shanghai, national = NOTICE.link("look_up_shanghai"), NOTICE.link("look_up_national")
    assert shanghai is not None
    assert shanghai.path is not None
    assert shanghai.path.zh == "人力资源和社会保障局-劳动就业-职业技能证书查询"
    assert national is not None
    assert national.url == "http://www.osta.org.cn"


@pytest.mark.requirement("REQ-81")
def test_the_sites_of_the_standard_and_of_the_handbook_are_there() -> None:
    found = {key: link and link.url for key in ("standards", "handbook") if (link := NOTICE.link(key))}
    assert found == {
        "standards": "http://biaozhun.osta.org.cn/",
        "handbook": "https://www.migu.cn/custom/details/180006",
    }
