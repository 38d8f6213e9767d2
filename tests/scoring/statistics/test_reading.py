"""Files of marks of every form, and what is wrong with the broken ones."""

from pathlib import Path

import numpy as np
import pytest

from scoring.statistics.reading.files import read_sheet
from scoring.statistics.sheet import BadSheet

QUESTIONS = (
    "slot,type,which,cat,mark\n1,random,,pool,2\n,shortanswer,,pool,1\n,numerical,,pool,1\n2,match,,main,3\n"
)
STEPS = (
    "quizattempt,firstname,lastname,randqs.1,responses.1.answer,responses.2.cat,responses.2.frog,responses.2.newt\n"
    "1,Ada,L,numerical,3.14,mammal,amphibian,insect\n"
    "2,Bob,M,shortanswer,toad,mammal,amphibian,amphibian\n"
    "3,Ada,L,shortanswer,newt,,,\n"
)


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder / f"{next(iter(texts))}.csv"


def refused(path: Path, **kwargs: Path) -> str:
    with pytest.raises(BadSheet) as error:
        read_sheet(path, **kwargs)
    return str(error.value)


def test_a_matrix_takes_full_marks_from_its_row_and_leaves_blanks_out(tmp_path: Path) -> None:
    sheet = read_sheet(write(tmp_path, marks="考生,Q1,Q2\n满分,2,4\nA,1,\nB,2,3\n"))
    assert sheet.slots == ("Q1", "Q2")
    assert sheet.max_marks.tolist() == [2, 4]
    assert np.isnan(sheet.marks[0, 1])
    assert sheet.totals.tolist() == [1, 5]


def test_a_matrix_without_full_marks_takes_the_highest_mark_but_at_least_one(tmp_path: Path) -> None:
    assert read_sheet(write(tmp_path, marks="who,Q1,Q2\nA,0,3\nB,0,2\n")).max_marks.tolist() == [1, 3]


def test_a_matrix_may_come_in_the_encoding_of_chinese_excel(tmp_path: Path) -> None:
    (tmp_path / "marks.csv").write_bytes("考生,题一\n甲,1\n".encode("gb18030"))
    assert read_sheet(tmp_path / "marks.csv").slots == ("题一",)


def test_steps_are_graded_by_the_questions_beside_them(tmp_path: Path) -> None:
    sheet = read_sheet(write(tmp_path, steps07=STEPS, questions07=QUESTIONS))
    assert sheet.marks.tolist() == pytest.approx(np.array([[2, 2], [1.6, 3], [0, 0]]), abs=1e-6)
    assert list(sheet.drawn[0]) == ["numerical", "shortanswer", "shortanswer"]
    assert sheet.firsts.tolist() == [True, True, False]


def test_steps_may_be_graded_by_keys_of_ones_own(tmp_path: Path) -> None:
    steps = write(
        tmp_path, steps1="quizattempt,responses.1.answer\n1,blue\n", questions1="slot,type,mark\n1,mine,5\n"
    )
    keys = {"mine": {"only": {"type": "shortanswer", "answers": [["blue", 0.5]]}}}
    assert read_sheet(steps, keys=keys).marks.tolist() == [[2.5]]


def test_rows_of_marks_start_a_new_attempt_when_the_first_slot_comes_again(tmp_path: Path) -> None:
    text = "slot,mark,sumgrades\n1,1,5\n2,2,5\n1,0,3\n2,,3\n"
    sheet = read_sheet(write(tmp_path, states=text, asked="slot,maxmark\n1,1\n2,4\n"), tmp_path / "asked.csv")
    assert sheet.marks.tolist() == [[1, 2], [0, 0]]
    assert (sheet.totals.tolist(), sheet.max_marks.tolist()) == ([5, 3], [1, 4])


def test_rows_of_marks_tell_questions_and_variants_apart(tmp_path: Path) -> None:
    text = (
        "attempt,slot,questionid,variant,mark,maxmark\na,1,7,1,1,1\nb,1,8,1,0,1\na,2,9,1,1,2\nb,2,9,2,2,2\n"
    )
    sheet = read_sheet(write(tmp_path, states=text))
    assert dict(sheet.drawn) == {0: ["7", "8"]}
    assert sheet.variants[1] == [1, 2]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no_header"),
        ("who,Q1,Q1\nA,1,1\n", "column_twice: Q1"),
        ("who,Q1\nA,x\n", "bad.csv:2, Q1: not_a_number: x"),
        ("who,Q1\nA,nan\n", "not_a_number"),
        ("who,Q1\nA,1000001\n", "not_a_number: 1000001"),
        ("who,Q1\nmax,-1\nA,0\n", "full_mark_below_nought"),
        ("who,Q1\nA,1\nA,1\n", "bad.csv:3: candidate_twice: A"),
        ("who,Q1\n,1\n", "candidate_missing"),
        ("who,Q1\nA,1,7\n", "row_too_long"),
        ("who,Q1,Q2\nmax,1,\nA,1,1\n", "full_mark_missing"),
        ("slot,mark\n", "no_rows"),
        ("slot,mark\n1,1\n2,1\n2,1\n", "bad.csv:4: slot_twice: 2"),
        ("quizattempt,responses.1.answer\n1,x\n", "questions_missing"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    assert says in refused(write(tmp_path, bad=text))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "marks.csv").write_bytes(b"who,Q1\nA,\xff\xff\x00\n")
    assert "not_text" in refused(tmp_path / "marks.csv")


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ("quizattempt,randqs.1,responses.1.answer\n1,essay,x\n", "randqs.1: not_in_pool: essay"),
        ("quizattempt,randqs.1,responses.1.-submit\n1,numerical,1\n", "slot 1: tries_not_read: -submit"),
        ("quizattempt,randqs.1,variants.1\n1,numerical,two\n", "not_a_variant: two"),
        ("quizattempt,randqs.1,responses.1.answer,variants.2\n1,numerical,1,1\n", ""),
    ],
)
def test_steps_that_cannot_be_graded_are_refused_by_row_and_slot(
    tmp_path: Path, steps: str, says: str
) -> None:
    path = write(tmp_path, steps7=steps, questions7=QUESTIONS)
    if says:
        assert says in refused(path)
    else:
        assert read_sheet(path).candidates == 1


def test_a_question_without_a_key_is_named(tmp_path: Path) -> None:
    path = write(
        tmp_path, steps7="quizattempt,a\n1,x\n", questions7="slot,type,which,mark\n1,essay,plain,1\n"
    )
    assert "slot 1: not_gradable: there is no key for essay plain" in refused(path)
