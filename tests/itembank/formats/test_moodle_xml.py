"""Moodle XML: every type, both ways, and files that were made to harm."""

import base64

import msgspec
import pytest

from itembank.formats.question import Answer, Choice, Combined, Essay, FilePart, Pair, Question, Unit, Units
from itembank.formats.registry import read, write
from tests.itembank.formats.reading import codes, only, read_text

FILE = '<file name="%s" encoding="base64">%s</file>'
PICTURE = FilePart(name="a b.png", media_type="image/png", data=b"\x89PNG")
QUESTIONS = (
    Question(
        type="single",
        code="S1",
        title="Rate",
        prompt='<p>Which? <img src="@@PLUGINFILE@@/a%20b.png"></p>',
        format="html",
        points=2.5,
        category="$course$/top/电影",
        tags=("film", "rate"),
        choices=(
            Choice(text="24", fraction=1, feedback="yes"),
            Choice(text="<b>25</b>", fraction=-0.3333333),
        ),
        explanation="Because.",
        combined=Combined(right="well", partly="so so", wrong="no"),
        hints=("look again",),
        shuffle=True,
        files=(PICTURE,),
    ),
    Question(
        type="true_false",
        prompt="Is it?",
        format="moodle",
        title="T",
        choices=(Choice(text="true", feedback="no"), Choice(text="false", fraction=1, feedback="yes")),
    ),
    Question(
        type="numeric",
        prompt="How far?",
        format="plain",
        title="N",
        answers=(Answer(value=3.14, tolerance=0.01), Answer(text="*", fraction=0.0, feedback="no")),
        units=Units(
            units=(Unit(name="m", multiplier=1), Unit(name="cm", multiplier=100)),
            grading="response",
            penalty=0.1,
            shown="menu",
        ),
    ),
    Question(
        type="short",
        prompt="Which?",
        format="html",
        title="W",
        answers=(Answer(text="Fr*"), Answer(text="Cat", fraction=0.5)),
        case_sensitive=True,
        wildcards=True,
    ),
    Question(
        type="match",
        prompt="Match",
        format="html",
        title="M",
        pairs=(Pair(left="a", right="1"), Pair(left="b", right="2"), Pair(left="", right="3")),
    ),
    Question(
        type="order",
        prompt="Order",
        format="html",
        title="O",
        choices=(Choice(text="z", fraction=0.5), Choice(text="a", fraction=0.5)),
    ),
    Question(
        type="essay",
        prompt="Write",
        format="html",
        title="E",
        essay=Essay(template="Dear", for_markers="look", min_words=5, max_words=20, lines=10, files=1),
    ),
    Question(type="description", prompt="A note", format="markdown", title="D"),
)


def test_what_is_written_is_read_back_the_same() -> None:
    written = write(QUESTIONS, "moodle")
    reading = read(written.data, "quiz.xml")
    found = [msgspec.structs.replace(one, where="") for one in reading.questions]
    assert (reading.errors, written.losses) == ((), ())
    assert found == [*QUESTIONS]


def test_embedded_answers_survive_both_ways() -> None:
    question = only(r"A {2:SAC:=Berlin#Yes~%50%Bonn~x\}} B {1:MCS:no~=yes} C {1:NM:=2.5:0.1}", "a.cloze")
    (again,) = read(write([question], "moodle").data, "quiz.xml").questions
    assert (again.prompt, again.parts) == (question.prompt, question.parts)


def test_gaps_that_are_filled_from_a_list_become_a_choice_each() -> None:
    question = only(
        """<quiz><question type="gapselect"><name><text>G</text></name><questiontext format="html">
        <text>The [[1]] sat on the [[3]].</text></questiontext>
        <selectoption><text>cat</text><group>1</group></selectoption>
        <selectoption><text>dog</text><group>1</group></selectoption>
        <selectoption><text>mat</text><group>2</group></selectoption>
        <selectoption><text>moon</text><group>2</group></selectoption></question></quiz>""",
        "quiz.xml",
    )
    assert question.prompt == "The {#1} sat on the {#2}."
    told = [[(one.text, one.fraction) for one in part.question.choices] for part in question.parts]
    assert told == [[("cat", 1), ("dog", 0)], [("mat", 1), ("moon", 0)]]


def test_a_type_that_is_not_understood_is_kept_with_its_reason() -> None:
    text = '<quiz><question type="calculated"><questiontext><text>{a}+{b}?</text></questiontext></question></quiz>'
    reading = read_text(text, "quiz.xml")
    assert [(one.type, one.reason) for one in reading.questions] == [("other", "Moodle: calculated")]
    assert [one.code for one in reading.notes] == ["kept_as_other"]


def _essay(text: str, extra: str = "") -> str:
    return f'<question type="essay"><questiontext><text>{text}</text>{extra}</questiontext></question>'


def test_two_files_of_one_name_both_stay() -> None:
    packed = [base64.b64encode(data).decode() for data in (b"one", b"two")]
    files = "".join(f'<file name="a.png" encoding="base64">{one}</file>' for one in packed)
    text = f"<quiz>{_essay('x', files)}</quiz>"
    assert [one.name for one in only(text, "quiz.xml").files] == ["a.png", "a-2.png"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<quizzes/>", "format_unknown"),
        ("<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz>&a;</quiz>", "xml_doctype"),
        ("<?xml version='1.0' encoding='utf-7'?><quiz/>", "xml_encoding"),
        (f"<quiz>{_essay('x', FILE % ('../a', 'AA=='))}</quiz>", "file_name"),
        (f"<quiz>{_essay('x', FILE % ('a', 'A'))}</quiz>", "file_broken"),
    ],
)
def test_what_is_wrong_is_named(text: str, code: str) -> None:
    assert codes(text, "quiz.xml") == [code]


def test_of_a_file_that_breaks_off_the_questions_before_are_offered() -> None:
    text = f"<quiz>\n{_essay('one')}\n{_essay('two')}\n{_essay('three')}\n<question"
    reading = read_text(text, "quiz.xml")
    assert [one.prompt for one in reading.questions] == ["one", "two", "three"][: len(reading.questions)]
    assert len(reading.questions) >= 2
    assert [(one.code, one.line) for one in reading.errors] == [("xml_broken", 5)]
