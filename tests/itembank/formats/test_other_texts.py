"""Aiken, missing word, embedded answers, Blackboard, and how bytes become text."""

import pytest

from itembank.formats.encoding import decode
from itembank.formats.question import Answer, Pair
from itembank.formats.registry import read
from tests.itembank.formats.reading import codes, only, read_text

AIKEN = """Which one is a codec?
A) H.264
B. Pixel
ANSWER: A

Which ones are colours?
A) red
B) loud
C) blue
ANSWER: A, C
"""
POOL = """<POOL><QUESTION_MULTIPLEANSWER id="q1"><BODY><TEXT>Pick</TEXT></BODY>
<ANSWER id="a"><TEXT>one</TEXT></ANSWER><ANSWER id="b"><TEXT>two</TEXT></ANSWER><ANSWER id="c"><TEXT>no</TEXT></ANSWER>
<GRADABLE><CORRECTANSWER answer_id="a"/><CORRECTANSWER answer_id="b"/></GRADABLE></QUESTION_MULTIPLEANSWER>
<QUESTION_MATCH id="q2"><BODY><TEXT>Match</TEXT></BODY><ANSWER id="a"><TEXT>L1</TEXT></ANSWER>
<ANSWER id="b"><TEXT>L2</TEXT></ANSWER><CHOICE id="x"><TEXT>R1</TEXT></CHOICE><CHOICE id="y"><TEXT>R2</TEXT></CHOICE>
<GRADABLE><CORRECTANSWER answer_id="a" choice_id="y"/><CORRECTANSWER answer_id="b" choice_id="x"/></GRADABLE>
</QUESTION_MATCH><QUESTION_MULTIPLECHOICE id="q3"><BODY><TEXT>Bad</TEXT></BODY><ANSWER id="a"><TEXT>x</TEXT></ANSWER>
<GRADABLE><CORRECTANSWER answer_id="z"/></GRADABLE></QUESTION_MULTIPLECHOICE></POOL>"""


def test_aiken_has_one_right_choice_or_several() -> None:
    one, several = read_text(AIKEN, "a.txt").questions
    assert [choice.fraction for choice in one.choices] == [1, 0]
    assert (several.type, [choice.fraction for choice in several.choices]) == ("multiple", [0.5, 0, 0.5])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Which?\nA) x\nB) y\n", "aiken_no_answer"),
        ("Which?\nA) x\nB) y\n\nNext?\nA) x\nB) y\nANSWER: A", "aiken_no_answer"),
        ("Which?\nA) x\nB) y\nANSWER: C", "key_names_no_choice"),
        ("Which?\nA) x\nB) y\nANSWER: 1", "key_unreadable"),
        ("Which?\nA) x\nA) y\nANSWER: A", "choice_letter_twice"),
        ("Which?\nA) x\nANSWER: A", "too_few_choices"),
        ("ANSWER: A", "aiken_no_question"),
    ],
)
def test_what_is_wrong_in_aiken_is_named(text: str, code: str) -> None:
    assert codes(text, "a.aiken") == [code]


def test_a_question_without_its_answer_does_not_take_the_next_one_with_it() -> None:
    reading = read_text("One?\nA) x\nB) y\nTwo?\nA) x\nB) y\nANSWER: A\n\nThree?\n", "a.aiken")
    assert [question.prompt for question in reading.questions] == ["Two?"]
    assert [(error.code, error.line) for error in reading.errors] == [
        ("aiken_no_answer", 1),
        ("aiken_no_answer", 9),
    ]


def test_missing_word_leaves_the_blank_where_it_was() -> None:
    question = only("The sky is {=blue#yes ~green ~50%grey}, mostly.", "missingword.txt")
    assert question.prompt == "The sky is _____, mostly."
    assert [one.fraction for one in question.choices] == [1, 0, 0.5]


def test_one_missing_word_is_a_short_answer() -> None:
    assert only("Paris is in {=France}", "a.mw").answers == (Answer(text="France"),)


def test_embedded_answers_become_parts_with_their_weights() -> None:
    text = r"A {2:SAC:=Berlin#Yes~%50%Bonn~\}&#39;} B {:MCS:no~=yes} C {1:NM:=2,5:0.1~*#no} D {1:MR:%50%a~%50%b~c}"
    parts = [part.question for part in only(text, "a.cloze").parts]
    assert [one.type for one in parts] == ["short", "single", "numeric", "multiple"]
    assert [one.points for one in parts] == [2, 1, 1, 1]
    assert (parts[0].case_sensitive, parts[0].answers[2].text, parts[1].shuffle) == (True, "}&#39;", True)
    assert parts[2].answers == (Answer(value=2.5, tolerance=0.1), Answer(text="*", fraction=0, feedback="no"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("none", "cloze_no_parts"),
        ("{1:MULTICHOICE}", "cloze_part_empty"),
        ("{1:MULTICHOICE:=a}", "cloze_few_choices"),
        ("{1:MC:a~%50%b}", "cloze_no_full"),
        ("{1:NM:=zero}", "cloze_not_a_number"),
        ("{1:SA:=a", "cloze_not_closed"),
        ("{1:SURPRISE:=a}", "cloze_type_unknown"),
        ("{1:SA:%200%a}", "cloze_share"),
    ],
)
def test_what_is_wrong_in_embedded_answers_is_named(text: str, code: str) -> None:
    assert codes(text, "a.cloze") == [code]


def test_a_blackboard_pool_offers_what_is_good() -> None:
    reading = read_text(POOL, "res00001.dat")
    assert [one.fraction for one in reading.questions[0].choices] == [0.5, 0.5, 0]
    assert [(one.left, one.right) for one in reading.questions[1].pairs] == [("L1", "R2"), ("L2", "R1")]
    assert [one.code for one in reading.errors] == ["key_names_no_choice"]
    assert isinstance(reading.questions[1].pairs[0], Pair)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_chinese_text_is_read_in_any_usual_encoding(encoding: str) -> None:
    text = "北京是中国的首都，上海不是。{T}\n"
    decoded = decode(text.encode(encoding), "a.gift")
    assert (decoded.text, decoded.errors) == (text, ())
    assert [one.code for one in decoded.notes] == ([] if encoding.startswith("utf-8") else ["read_as"])


def test_western_text_is_not_taken_for_chinese() -> None:
    decoded = decode("Où est la gare à côté? {=là ~déjà}".encode("windows-1252"), "a.gift")
    assert (decoded.encoding, decoded.text[:2]) == ("windows-1252", "Où")


def test_a_broken_byte_is_named_by_its_line_and_its_question_left_out() -> None:
    data = "北京是首都吗？{T}\n\n上海是首都吗？{F}\n".encode().replace("海".encode(), b"\xe6\xb5\xff")
    reading = read(data, "a.gift")
    assert [one.prompt for one in reading.questions] == ["北京是首都吗？"]
    assert [(one.code, one.line) for one in reading.errors] == [("broken_bytes", 3)]


def test_an_unknown_file_says_what_is_known() -> None:
    assert codes("just some prose", "a.doc") == ["format_unknown"]
    assert codes("", "a.gift") == ["file_empty"]
