"""Files of groups: good rows stored, bad ones named by row, column and cause, and nothing done twice."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from examserver.kernel.access import NotAllowed, Role
from examserver.people.services import add_candidate
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import ApplicationState, Channel, EntryChannel
from examserver.registration.models import Application, ApplicationEvent, GroupFile
from examserver.registration.services import BarTerm, set_bar
from examserver.registration.services.group_files import NewFile, import_group_file
from tests.registration.applications.people import NOW, Office, institution, staff
from tests.registration.applications.sheets import HEADINGS, Cells, csv_file, number, row, workbook, xlsx


def hand_in(office: Office, data: bytes, name: str = "group.csv") -> GroupFile:
    return import_group_file(file=NewFile(name, data), actor=office.member, now=NOW)


def told(file: GroupFile) -> list[tuple[int, str, str]]:
    return [(fault["row"], fault["column"], fault["key"]) for fault in file.faults]


def refusal(office: Office, data: bytes, name: str = "group.xlsx") -> Refused:
    with pytest.raises(Refused) as refused:
        hand_in(office, data, name)
    assert not Application.objects.exists()
    return refused.value


def first_sheet(book: openpyxl.Workbook) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.requirement("REQ-31", "S5")
def test_of_forty_rows_the_one_with_a_wrong_number_is_named_and_the_others_are_stored(office: Office) -> None:
    rows = [row(index) for index in range(40)]
    rows[17][2] = rows[17][2][:-1] + ("0" if rows[17][2][-1] != "0" else "1")
    file = hand_in(office, csv_file(rows))
    assert (file.stored, told(file)) == (39, [(19, "身份证号", "id_check")])
    assert set(Application.objects.values_list("state", flat=True)) == {ApplicationState.SUBMITTED}
    again = hand_in(office, csv_file(rows))
    assert (again.stored, again.unchanged, told(again)) == (0, 39, told(file))
    assert (Application.objects.count(), ApplicationEvent.objects.count()) == (39, 39)


@pytest.mark.requirement("REQ-29", "REQ-31")
def test_a_row_becomes_an_application_of_the_institution(office: Office) -> None:
    hand_in(office, xlsx(workbook([row(1, 申报项目="全媒体运营师(直播运营)", 等级="三级")])), "group.xlsx")
    one = Application.objects.select_related("offering", "candidate").get()
    assert (one.institution, one.channel, one.entry_channel) == (
        office.school[0],
        Channel.GROUP,
        EntryChannel.FILE,
    )
    assert (one.offering.code, one.external_reference, one.alternative) == ("O5", "HR-00001", "L3-1")
    assert one.candidate is not None
    assert one.id_number == one.candidate.id_number == number(1)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"外部编号": ""}, ("外部编号", "reference_missing")),
        ({"外部编号": "x" * 65}, ("外部编号", "too_long")),
        ({"姓名": ""}, ("姓名", "name_missing")),
        ({"身份证号": ""}, ("身份证号", "id_missing")),
        ({"身份证号": "110105194902300021"}, ("身份证号", "id_check")),
        ({"身份证号": "11010519490230002X"}, ("身份证号", "id_check")),
        ({"申报项目": "全媒体运营师(视听运营)", "等级": "4"}, ("申报项目", "offering_unknown")),
        ({"申报条件": ""}, ("申报条件", "alternative_missing")),
        ({"手机号": ""}, ("手机号", "phone_missing")),
        ({"承诺": "否"}, ("承诺", "commitment_missing")),
        ({"姓名": '=HYPERLINK("x")'}, ("姓名", "cell_formula")),
    ],
)
def test_a_row_is_named_with_its_column_and_its_cause(
    office: Office, changes: dict[str, str], fault: tuple[str, str]
) -> None:
    file = hand_in(office, csv_file([row(1), row(2, **changes)]))
    assert (file.stored, told(file)) == (1, [(3, *fault)])


def test_the_same_reference_or_person_twice_names_the_second_row(office: Office) -> None:
    twice = [row(1), row(2, 外部编号="HR-00001"), row(3, 身份证号=number(1))]
    file = hand_in(office, csv_file(twice))
    assert told(file) == [(3, "外部编号", "reference_twice"), (4, "身份证号", "person_twice")]
    assert [fault["facts"] for fault in file.faults] == [{"row": 2}, {"row": 2}]


def test_who_is_barred_or_has_applied_or_has_another_name_is_named(office: Office) -> None:
    barred = add_candidate(name="考生1", id_number=number(1))
    term = BarTerm(NOW.date(), NOW.date(), "三.1", 1)
    set_bar(candidate_id=barred.pk, term=term, actor="staff:1", now=NOW)
    office.submitted(number=number(2))
    add_candidate(name="另一人", id_number=number(3))
    file = hand_in(office, csv_file([row(1), row(2, 姓名="张三", 申报项目="O3"), row(3), row(4)]))
    assert told(file) == [
        (2, "", "barred"),
        (3, "申报项目", "applied_for_another"),
        (4, "姓名", "name_differs"),
    ]
    assert file.stored == 1


def test_a_row_that_changed_since_is_named_and_nothing_is_overwritten(office: Office) -> None:
    hand_in(office, csv_file([row(1)]))
    again = hand_in(office, csv_file([row(1, 手机号="1", 申报项目="O3")]))
    assert told(again) == [(2, "申报项目", "row_differs"), (2, "手机号", "row_differs")]
    assert (again.unchanged, Application.objects.get().phone) == (0, "13800000000")


def test_two_institutions_may_use_the_same_reference(office: Office) -> None:
    hand_in(office, csv_file([row(1)]))
    _, other = institution("S2")
    file = import_group_file(
        file=NewFile("g.csv", csv_file([row(2, 外部编号="HR-00001")])), actor=other, now=NOW
    )
    assert file.stored == 1


def test_a_clerk_hands_a_file_in_for_an_institution_and_nobody_else_does(office: Office) -> None:
    data = csv_file([row(1)])
    with pytest.raises(Refused, match="institution_unknown"):
        import_group_file(file=NewFile("g.csv", data, "S9"), actor=office.clerk, now=NOW)
    with pytest.raises(NotAllowed, match="role_needed"):
        import_group_file(file=NewFile("g.csv", data, "S1"), actor=staff(Role.GRADER), now=NOW)
    assert import_group_file(file=NewFile("g.csv", data, "S1"), actor=office.clerk, now=NOW).stored == 1


def test_merged_cells_are_refused_and_named(office: Office) -> None:
    book = workbook([row(1), row(2)])
    first_sheet(book).merge_cells("B2:B3")
    fault = refusal(office, xlsx(book)).faults[0]
    assert (fault.key, fault.facts) == ("sheet_merged", {"cells": "B2:B3"})


@pytest.mark.parametrize("cell", ["A2", "H3"])
def test_a_formula_is_refused_and_its_cell_is_named(office: Office, cell: str) -> None:
    book = workbook([row(1), row(2)])
    first_sheet(book)[cell] = "=1+1"
    fault = refusal(office, xlsx(book)).faults[0]
    assert (fault.key, fault.facts) == ("sheet_formula", {"cell": cell})


def test_macros_are_refused(office: Office) -> None:
    buffer = io.BytesIO(xlsx(workbook([row(1)])))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert refusal(office, buffer.getvalue(), "group.xlsm").keys == ("sheet_macros",)


def test_the_old_format_that_may_hide_macros_is_refused(office: Office) -> None:
    assert refusal(office, b"\xd0\xcf\x11\xe0" + b"0" * 600, "group.xls").keys == ("sheet_old_format",)


def test_a_hundred_thousand_rows_are_refused_in_no_time(office: Office) -> None:
    line = ",".join(row(1)).encode() + b"\n"
    assert refusal(office, csv_file([]) + b"\n" + line * 100_000, "g.csv").keys == ("sheet_too_large",)


def test_one_row_more_than_ten_thousand_is_refused(office: Office) -> None:
    line = b"a,b,c,d,e,f,g,h\n"
    fault = refusal(office, csv_file([]) + b"\n" + line * 10_000, "g.csv").faults[0]
    assert (fault.key, fault.facts["most"]) == ("too_many_rows", 10_000)


def test_a_formula_in_a_sheet_that_lies_elsewhere_is_found(office: Office) -> None:
    book = workbook([row(1)])
    first_sheet(book)["A2"] = "=1+1"
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(book))) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            moved = source.read(name).replace(b"worksheets/sheet1.xml", b"elsewhere/sheet1.xml")
            target.writestr(name.replace("worksheets/sheet1.xml", "elsewhere/sheet1.xml"), moved)
    assert refusal(office, buffer.getvalue()).keys == ("sheet_formula",)


def test_a_zip_file_that_is_no_workbook_is_refused(office: Office) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("content.xml", "<x/>")
    assert refusal(office, buffer.getvalue(), "g.ods").keys == ("sheet_unknown",)


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"", "g.csv", "file_empty"),
        (b"a,b\n1,2\n", "g.csv", "headings_missing"),
        (csv_file([], HEADINGS[:-1]), "g.csv", "headings_missing"),
        (csv_file([], (*HEADINGS, "手机号码")), "g.csv", "heading_twice"),
        (b"PK\x03\x04 broken", "g.xlsx", "zip_broken"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(office: Office, data: bytes, name: str, key: str) -> None:
    assert refusal(office, data, name).keys == (key,)


def test_a_second_sheet_with_rows_is_refused_and_not_passed_over(office: Office) -> None:
    book = workbook([row(1)])
    more = book.create_sheet("更多")
    more.append(["x"])
    assert refusal(office, xlsx(book)).keys == ("sheet_several",)


def test_five_thousand_rows_are_stored_and_progress_is_told(office: Office) -> None:
    rows: list[Cells] = [row(index) for index in range(5_000)]
    steps: list[tuple[int, int]] = []

    def progress(done: int, every: int) -> None:
        steps.append((done, every))

    file = import_group_file(
        file=NewFile("g.csv", csv_file(rows)), actor=office.member, now=NOW, told=progress
    )
    assert (file.stored, file.faults) == (5_000, [])
    assert (steps[0], steps[-1], len(steps)) == ((500, 5_000), (5_000, 5_000), 10)
