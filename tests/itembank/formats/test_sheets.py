"""Question sheets: what cells mean, what is wrong by row and column, and sheets that are too much."""

import io
import zipfile

import openpyxl
import pytest

from itembank.formats.known.sheets.template import headings, template
from itembank.formats.question import Answer, Question, fingerprint
from itembank.formats.registry import read, write
from itembank.formats.wording import message, speaker
from tests.itembank.formats.samples import SHEET

HEAD = "题型,题干,选项A,选项B,选项C,答案,分值,难度"


def rows(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *lines)).encode()


def one(line: str, head: str = HEAD) -> Question:
    reading = read(rows(line, head=head), "a.csv")
    assert reading.errors == ()
    return reading.questions[0]


def test_every_type_of_a_sheet_is_read() -> None:
    questions = read(SHEET.encode(), "a.csv").questions
    kinds = ["single", "multiple", "true_false", "cloze", "numeric", "match", "order", "essay"]
    assert [question.type for question in questions] == kinds
    assert (questions[0].knowledge_point, questions[0].level, questions[0].explanation) == ("视频", 3, "电影")
    assert [one.fraction for one in questions[1].choices] == [1 / 3, 1 / 3, 1 / 3, 0]
    assert [one.text for one in questions[6].choices] == ["丙", "甲", "乙"]


@pytest.mark.parametrize("key", ["AB", "ab", "A,B", "A、B", "Ａ；Ｂ", "A B", "B/A"])
def test_a_key_may_be_written_in_any_usual_way(key: str) -> None:
    question = one(f'多选题,x,甲,乙,丙,"{key}",1,')
    assert [choice.fraction for choice in question.choices] == [0.5, 0.5, 0]


@pytest.mark.parametrize(
    ("key", "is_true"),
    [
        ("对", True),
        ("√", True),
        ("正确", True),
        ("T", True),
        ("TRUE", True),
        ("错", False),
        ("×", False),
        ("F", False),
    ],
)
def test_true_and_false_have_many_words(key: str, is_true: bool) -> None:
    assert one(f"判断题,x,,,,{key},1,").choices[0].fraction == float(is_true)


def test_true_and_false_may_be_the_letter_of_a_choice() -> None:
    assert one("判断题,x,正确,错误,,B,1,").choices[0].fraction == 0


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("3.14", Answer(value=3.14, tolerance=0)),
        ("3.14±0.01", Answer(value=3.14, tolerance=0.01)),
        ("3~5", Answer(min=3, max=5)),
        ("[3，5]", Answer(min=3, max=5)),
        ("-2", Answer(value=-2, tolerance=0)),
    ],
)
def test_numbers_may_have_margins_and_ranges(cell: str, answer: Answer) -> None:
    assert one(f'计算题,x,,,,"{cell}",1,').answers == (answer,)


@pytest.mark.parametrize(
    ("line", "code", "where"),
    [
        ("单选题,x,甲,乙,,E,1,", "key_names_no_choice", "a.csv!F2"),
        ("单选题,x,甲,乙,,AB,1,", "single_many_keys", "a.csv!F2"),
        ("单选题,x,甲,乙,,,1,", "key_missing", "a.csv!F2"),
        ("单选题,x,甲,,丙,A,1,", "choice_left_out", "a.csv!D2"),
        ("单选题,x,甲,,,A,1,", "too_few_choices", "a.csv!C2"),
        ("多选题,x,甲,乙,,AA,1,", "key_twice", "a.csv!F2"),
        ("判断题,x,,,,也许,1,", "key_not_true_false", "a.csv!F2"),
        ("计算题,x,,,,三,1,", "not_a_number", "a.csv!F2"),
        ("计算题,x,,,,5~3,1,", "range_reversed", "a.csv!F2"),
        ("填空题,__和__,,,,一,1,", "key_blanks", "a.csv!F2"),
        ("排序题,x,甲,乙,丙,AB,1,", "order_incomplete", "a.csv!F2"),
        ("匹配题,x,甲,乙,,,1,", "pair_without_arrow", "a.csv!C2"),
        ("作文题,x,,,,,1,", "type_unknown", "a.csv!A2"),
        (",x,甲,乙,,A,1,", "type_missing", "a.csv!A2"),
        ("单选题,,甲,乙,,A,1,", "no_prompt", "a.csv!B2"),
        ("单选题,x,甲,乙,,A,-1,", "points_unreadable", "a.csv!G2"),
        ("单选题,x,甲,乙,,A,1,极难", "difficulty_unreadable", "a.csv!H2"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column(line: str, code: str, where: str) -> None:
    reading = read(rows(line, "判断题,好题,,,,对,1,"), "a.csv")
    assert [(error.code, error.where, error.row) for error in reading.errors] == [(code, where, 2)]
    assert [question.prompt for question in reading.questions] == ["好题"]


def test_an_error_says_its_row_and_column_in_words() -> None:
    (error,) = read(rows("单选题,x,甲,乙,,E,1,"), "a.csv").errors
    assert message(error, speaker("zh")) == "第2行“答案”列：答案里的E不是任何一个选项"
    assert (
        message(error, speaker("en")) == "Row 2, column “答案”: The key names E, which is none of the choices"
    )


def test_difficulty_is_a_share_a_level_or_a_word() -> None:
    reading = read(rows("判断题,a,,,,对,1,1", "判断题,b,,,,对,1,5", "判断题,c,,,,对,1,难"), "a.csv")
    assert [question.difficulty for question in reading.questions] == [0, 1, 0.8]
    assert one("判断题,a,,,,对,1,1").difficulty == 1
    assert one("判断题,a,对,0.9", head="题型,题干,答案,难度系数").difficulty == 0.1


def test_a_sheet_that_is_named_for_a_type_needs_no_type() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "单选题"
    for row in (["题库2026"], [], ["题目", "A", "B", "正确答案"], ["x", "甲", 2.0, "B"]):
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    (question,) = read(kept.getvalue(), "a.xlsx").questions
    assert (question.type, question.where) == ("single", "单选题!A4")
    assert [choice.text for choice in question.choices] == ["甲", "2"]


def test_what_is_written_is_read_back_the_same() -> None:
    questions = read(SHEET.encode(), "a.csv").questions
    written = write(questions, "sheet")
    again = read(written.data, "b.xlsx").questions
    assert written.losses == ()
    assert [fingerprint(question) for question in again] == [fingerprint(question) for question in questions]


def test_a_text_like_a_formula_stays_a_text() -> None:
    (question,) = read(write([one("判断题,=1+1,,,,对,1,")], "sheet").data, "a.xlsx").questions
    assert question.prompt == "=1+1"


def test_columns_that_mean_the_same_are_refused() -> None:
    reading = read(rows("单选题,x,y", head="题型,题干,题目,答案"), "a.csv")
    assert [error.code for error in reading.errors] == ["column_twice"]


def test_a_sheet_without_headings_says_which_it_needs() -> None:
    assert [error.code for error in read(b"a,b\n1,2\n", "a.csv").errors] == ["headings_missing"]


def test_the_template_holds_no_questions_but_examples_that_can_be_read() -> None:
    data = template(speaker("zh"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert read(data, "t.xlsx").questions == ()
    assert [cell.value for cell in book["题库"][1]] == list(headings())
    book["示例"].title, book["题库"].title = "单选题", "空"
    kept = io.BytesIO()
    book.save(kept)
    reading = read(kept.getvalue(), "t.xlsx")
    assert (len(reading.questions), reading.errors) == (5, ())


def packed(sheet: str) -> bytes:
    """The workbook of the sample with another sheet in the place of its own."""
    whole = write(read(SHEET.encode(), "a.csv").questions, "sheet").data
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return kept.getvalue()


HEADER = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (
            f'{HEADER}<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>',
            "sheet_too_large",
        ),
        (f'{HEADER}<row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>', "sheet_too_large"),
        (HEADER + " " * 60_000_000, "zip_too_large"),
        (HEADER, "sheet_broken"),
    ],
)
def test_a_sheet_that_is_too_much_is_refused_before_it_takes_memory(sheet: str, code: str) -> None:
    assert [error.code for error in read(packed(sheet), "a.xlsx").errors] == [code]


def test_a_text_with_too_many_rows_is_refused() -> None:
    data = rows(*["判断题,x,,,,对,1,"] * 50_001)
    assert [error.code for error in read(data, "a.csv").errors] == ["sheet_too_large"]


def test_a_far_cell_is_found_however_it_is_written() -> None:
    far = f"{HEADER}<row r = '1'><c r = 'xfd1'><v>1</v></c></row></sheetData></worksheet>"
    assert [error.code for error in read(packed(far), "a.xlsx").errors] == ["sheet_too_large"]
    for last, codes in (
        ("GZ49999", ["headings_missing"]),
        ("HA1", ["sheet_too_large"]),
        ("A50000", ["sheet_too_large"]),
    ):
        row = "".join(c for c in last if c.isdigit())
        near = f'{HEADER}<row r="{row}"><c r="{last}"><v>1</v></c></row></sheetData></worksheet>'
        assert [error.code for error in read(packed(near), "a.xlsx").errors] == codes
