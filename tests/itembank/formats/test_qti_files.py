"""QTI packages made of neutral questions say the same when they are read back."""

from io import BytesIO
from zipfile import ZipFile

import msgspec
import pytest

from itembank.formats.known.qti.items import item_of
from itembank.formats.question import Answer, Choice, FilePart, Pair, Part, Question
from itembank.formats.registry import read, write
from itembank.formats.wording import message, speaker
from itembank.qti.items import read_item
from itembank.qti.writing import write_item
from scoring.processing import compile_item

QUESTIONS = (
    Question(
        type="single",
        code="S1",
        title="Rate",
        prompt="Which rate is usual for film?",
        points=2,
        choices=(Choice(text="24 < 25", fraction=1), Choice(text="25"), Choice(text="60", fraction=-0.25)),
        shuffle=True,
    ),
    Question(
        type="multiple",
        code="M1",
        title="Media",
        prompt='<p>Pick <strong>two</strong></p><p><img src="@@PLUGINFILE@@/a.png" alt="a"></p>',
        format="html",
        points=1,
        choices=(Choice(text="text", fraction=0.5), Choice(text="sound", fraction=0.5), Choice(text="glue")),
        files=(FilePart(name="a.png", media_type="image/png", data=b"\x89PNG"),),
        shuffle=False,
    ),
    Question(
        type="true_false",
        code="T1",
        title="Licence",
        prompt="Live streams need a licence.",
        points=1,
        choices=(Choice(text="true", fraction=1), Choice(text="false")),
    ),
    Question(
        type="short",
        code="F1",
        title="Unit",
        prompt="The unit is _____ here.",
        points=1,
        answers=(Answer(text="fps"), Answer(text="frames per second", fraction=0.5)),
    ),
    Question(
        type="numeric",
        code="N1",
        title="Pi",
        prompt="Pi",
        points=3,
        answers=(Answer(value=3.14, tolerance=0.005),),
    ),
    Question(
        type="match",
        code="P1",
        title="Pairs",
        prompt="Match",
        points=1,
        pairs=(Pair(left="a", right="1"), Pair(left="b", right="2"), Pair(left="", right="3")),
    ),
    Question(type="essay", code="E1", title="Essay", prompt="Write", points=1),
    Question(
        type="cloze",
        code="C1",
        title="Gaps",
        prompt="Is {#1} or {#2}?",
        points=1,
        parts=(
            Part(name="1", question=Question(type="short", prompt="", answers=(Answer(text="a"),))),
            Part(
                name="2",
                question=Question(
                    type="single", prompt="", choices=(Choice(text="b", fraction=1), Choice(text="c"))
                ),
            ),
        ),
    ),
)


@pytest.mark.parametrize("version", ["qti3", "qti2.2"])
def test_a_package_says_the_same_when_it_is_read_back(version: str) -> None:
    written = write(QUESTIONS, version)
    reading = read(written.data, "bank.zip")
    assert reading.errors == ()
    found = [msgspec.structs.replace(one, where="") for one in reading.questions]
    assert found == [*QUESTIONS]


def test_what_a_package_has_no_place_for_is_listed() -> None:
    question = msgspec.structs.replace(QUESTIONS[0], explanation="Because.", knowledge_point="film")
    fields = [one.params["field"] for one in write([question], "qti3").losses]
    assert sorted(fields) == ["explanation", "knowledge_point"]


def test_an_item_that_cannot_be_said_is_kept_with_its_reason() -> None:
    item = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="X" title="x"
      adaptive="false" time-dependent="false"><qti-response-declaration identifier="RESPONSE" cardinality="single"
      base-type="float"/><qti-item-body><qti-slider-interaction response-identifier="RESPONSE" lower-bound="0"
      upper-bound="9"/></qti-item-body></qti-assessment-item>"""
    (question,) = read(item.encode(), "x.xml").questions
    assert (question.type, question.reason) == ("other", "QTI: slider-interaction")


def test_a_refused_item_is_an_error_at_its_line() -> None:
    item = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="X" title="x"
      adaptive="false" time-dependent="false">
      <qti-item-body><qti-surprise/></qti-item-body></qti-assessment-item>"""
    reading = read(item.encode(), "x.xml")
    assert [(one.code, one.line) for one in reading.errors] == [("qti_refused", 3)]


@pytest.mark.parametrize(
    ("code", "responses", "score"),
    [
        ("S1", {"RESPONSE": ["C1"]}, 2),
        ("S1", {"RESPONSE": ["C3"]}, -0.5),
        ("M1", {"RESPONSE": ["C1", "C2"]}, 1),
        ("M1", {"RESPONSE": ["C1"]}, 0.5),
        ("T1", {"RESPONSE": ["true"]}, 1),
        ("T1", {"RESPONSE": ["false"]}, 0),
        ("F1", {"RESPONSE": ["frames per second"]}, 0.5),
        ("N1", {"RESPONSE": ["3.144"]}, 3),
        ("N1", {"RESPONSE": ["3.15"]}, 0),
        ("P1", {"RESPONSE": ["L1 R1", "L2 R2"]}, 1),
        ("P1", {"RESPONSE": ["L1 R1", "L2 R3"]}, 0.5),
        ("C1", {"RESPONSE1": ["a"], "RESPONSE2": ["C1"]}, 1),
        ("C1", {"RESPONSE1": ["a"], "RESPONSE2": ["C2"]}, 0.5),
    ],
)
@pytest.mark.parametrize("version", ["3.0", "2.2"])
def test_an_item_scores_what_the_question_says(
    code: str, responses: dict[str, list[str]], score: float, version: str
) -> None:
    question = next(one for one in QUESTIONS if one.code == code)
    item = read_item(write_item(item_of(question, 1), version), name="x.xml")
    assert compile_item(item).score(responses)["SCORE"] == pytest.approx(score)


def mapped(bounds: str, entries: str) -> Question:
    item = f"""<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="X" title="x"
      adaptive="false" time-dependent="false"><qti-response-declaration identifier="RESPONSE" cardinality="multiple"
      base-type="identifier"><qti-correct-response><qti-value>A</qti-value></qti-correct-response>
      <qti-mapping {bounds}>{entries}</qti-mapping></qti-response-declaration>
      <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/><qti-item-body>
      <qti-choice-interaction response-identifier="RESPONSE" max-choices="0"><qti-simple-choice identifier="A">a
      </qti-simple-choice><qti-simple-choice identifier="B">b</qti-simple-choice></qti-choice-interaction>
      </qti-item-body><qti-response-processing
      template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/></qti-assessment-item>"""
    return read(item.encode(), "x.xml").questions[0]


ENTRY = '<qti-map-entry map-key="A" mapped-value="2"/>'


def test_values_that_a_mapping_does_not_list_earn_its_default() -> None:
    question = mapped('lower-bound="0" default-value="-1"', ENTRY)
    assert [one.fraction for one in question.choices] == [1, -0.5]


@pytest.mark.parametrize(
    ("bounds", "is_said"),
    [
        ('lower-bound="0" default-value="-1"', True),
        ('default-value="-1"', False),
        ('lower-bound="-1" default-value="-1"', False),
        ('lower-bound="0" upper-bound="2"', True),
        ('lower-bound="0" upper-bound="1"', False),
        ('lower-bound="0" default-value="-3"', False),
        ("", True),
    ],
)
def test_bounds_that_shares_cannot_say_keep_the_item_whole(bounds: str, is_said: bool) -> None:
    assert (mapped(bounds, ENTRY).type == "multiple") is is_said


@pytest.mark.parametrize(
    "strange", ["<qti-rubric-block view='scorer'><p>x</p></qti-rubric-block>", "<p><label>x</label></p>"]
)
def test_what_a_prompt_cannot_hold_keeps_the_item_whole(strange: str) -> None:
    item = f"""<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="X" title="x"
      adaptive="false" time-dependent="false"><qti-item-body>{strange}</qti-item-body></qti-assessment-item>"""
    (question,) = read(item.encode(), "x.xml").questions
    assert question.type == "other"


def choices(interaction: str) -> bytes:
    return f"""<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="X" title="x"
      adaptive="false" time-dependent="false"><qti-response-declaration identifier="RESPONSE" cardinality="single"
      base-type="identifier"><qti-correct-response><qti-value>Z</qti-value></qti-correct-response>
      </qti-response-declaration><qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
      <qti-item-body><qti-choice-interaction response-identifier="RESPONSE" max-choices="1">{interaction}
      </qti-choice-interaction></qti-item-body><qti-response-processing
      template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/></qti-assessment-item>
      """.encode()


OPTION = '<qti-simple-choice identifier="{}">{}</qti-simple-choice>'


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_key_that_names_no_option_is_refused_by_name_and_line_in_the_readers_language(
    language: str,
) -> None:
    reading = read(choices(OPTION.format("A", "a") + OPTION.format("B", "b")), "x.xml")
    (error,) = reading.errors
    assert (reading.questions, error.where, error.params["name"]) == ((), "x.xml:3", "Z")
    said = {
        "zh": "RESPONSE 的答案 Z 没有对应的选项",
        "en": "The key of RESPONSE names Z, which is no option",
    }
    assert message(error, speaker(language)).endswith(said[language])


def test_options_with_one_name_are_refused_and_with_two_are_read() -> None:
    twice = read(choices(OPTION.format("Z", "a") + OPTION.format("Z", "b")), "x.xml")
    assert [(one.params["fault"], one.params["name"]) for one in twice.errors] == [
        ("duplicate_identifier", "Z")
    ]
    assert len(read(choices(OPTION.format("Z", "a") + OPTION.format("B", "b")), "x.xml").questions) == 1


def test_of_a_package_the_item_with_a_bad_key_is_refused_and_the_others_are_offered() -> None:
    written = write(QUESTIONS[:2], "qti3").data
    packed = BytesIO()
    with ZipFile(BytesIO(written)) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"<qti-value>C1</qti-value>", b"<qti-value>C9</qti-value>", 1))
    reading = read(packed.getvalue(), "bank.zip")
    assert {one.params["name"] for one in reading.errors} == {"C9"}
    assert all(one.where.startswith("items/") and one.line for one in reading.errors)
