"""Questions become content and key apart and come back; what candidates get never tells the answer."""

import json
from typing import Any

import msgspec
import pytest

from itembank.authoring.drafts import draft, drafts
from itembank.authoring.parts import BadDraft
from itembank.authoring.questions import question_of
from itembank.formats.question import Answer, Choice, FilePart, Pair, Part, Question, Unit, Units
from itembank.interactions.contents import ItemContent
from itembank.states import ItemType


def choices(*given: tuple[str, float]) -> tuple[Choice, ...]:
    return tuple(Choice(text=text, fraction=fraction) for text, fraction in given)


SINGLE = Question(type="single", prompt="哪一个？", choices=choices(("甲", 0), ("乙", 1), ("丙", 0)))
MULTIPLE = Question(type="multiple", prompt="哪些？", choices=choices(("甲", 0.5), ("乙", 0), ("丙", 0.5)))
TRUE = Question(type="true_false", prompt="对吗？", choices=choices(("true", 1), ("false", 0)))
SHORT = Question(
    type="short", prompt="首都？", answers=(Answer(text="北京"), Answer(text="燕京", fraction=0.5))
)
METRES = Units(units=(Unit(name="m", multiplier=1.0), Unit(name="cm", multiplier=100.0)), shown="menu")
NUMERIC = Question(
    type="numeric", prompt="多长？", answers=(Answer(value=3.25, tolerance=0.25),), units=METRES
)
MATCH = Question(
    type="match",
    prompt="配对",
    pairs=(Pair(left="a", right="1"), Pair(left="b", right="2"), Pair(left="", right="3")),
)
ORDER = Question(
    type="order", prompt="排序", choices=choices(("一", 0.25), ("二", 0.25), ("三", 0.25), ("四", 0.25))
)
ESSAY = Question(type="essay", prompt="论述。")
GAP = Part(
    name="g1", question=Question(type="single", prompt="", choices=choices(("是", 1), ("否", 0)), points=1.0)
)
CLOZE = Question(type="cloze", prompt="天空{#g1}蓝的。", parts=(GAP,))
ALL = (SINGLE, MULTIPLE, TRUE, SHORT, NUMERIC, MATCH, ORDER, ESSAY, CLOZE)


@pytest.mark.parametrize("question", ALL, ids=lambda one: one.type)
def test_a_question_comes_back_and_gives_the_same_version_again(question: Question) -> None:
    first = draft(question)
    again = draft(question_of("Q-1", first))
    assert (again.type, again.content, again.key) == (first.type, first.content, first.key)
    assert again.sha256 == first.sha256


@pytest.mark.parametrize("question", ALL[3:], ids=lambda one: one.type)
def test_what_candidates_get_is_of_a_known_kind(question: Question) -> None:
    content = draft(question).content
    assert set(msgspec.convert(content, ItemContent).plain()) == set(content)


def test_plain_choices_keep_the_form_of_the_three_old_types() -> None:
    made = draft(SINGLE)
    assert made.content["options"][1] == {"id": "B", "text": "乙"}
    assert made.key == {"correct": ["B"]}
    assert draft(MULTIPLE).key == {"correct": ["A", "C"]}
    assert draft(TRUE).key == {"correct": ["T"]}


def test_credit_that_is_not_all_or_nothing_is_kept_as_text() -> None:
    made = draft(
        Question(type="single", prompt="？", choices=choices(("甲", 1), ("乙", 0.3333333), ("丙", -0.25)))
    )
    assert made.key == {"correct": ["A"], "fractions": {"A": "1", "B": "0.3333333", "C": "-0.25"}}


def test_the_order_of_a_key_is_not_the_order_of_its_options() -> None:
    shown = {
        tuple(one["html"] for one in draft(order).content["interactions"]["RESPONSE"]["options"])
        for order in (ORDER, Question(type="order", prompt="排序", choices=tuple(reversed(ORDER.choices))))
    }
    assert len(shown) == 1


def test_pictures_and_tables_come_as_safe_markup() -> None:
    picture = FilePart(name="a.png", media_type="image/png", data=b"\x89PNG")
    html = '<p onclick="x()">看图<script>1</script><img src="@@PLUGINFILE@@/a.png"></p>'
    made = draft(
        Question(type="single", prompt=html, format="html", choices=SINGLE.choices, files=(picture,))
    )
    assert made.type is ItemType.SINGLE
    assert "script" not in json.dumps(made.content)
    assert "onclick" not in json.dumps(made.content)
    assert 'src="media:M1"' in made.content["html"]
    assert made.key["grading"]["by"] == "choice"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Question(type="single", prompt="？", choices=choices(("甲", 0), ("乙", 0))), "no_right_option"),
        (Question(type="single", prompt="？", choices=choices(("甲", 1))), "options_count"),
        (Question(type="single", prompt="？", choices=choices(("甲", 1), ("甲", 0))), "option_twice"),
        (Question(type="single", prompt=" ", choices=SINGLE.choices), "stem_empty"),
        (Question(type="short", prompt="？"), "no_right_answer"),
        (Question(type="description", prompt="读。"), "type_description"),
        (Question(type="cloze", prompt="没有空。", parts=(GAP,)), "gaps_disagree"),
        (Question(type="short", prompt="？", answers=SHORT.answers, points=0.0), "points_bad"),
        (Question(type="short", prompt="？", answers=SHORT.answers, difficulty=1.1), "difficulty_bad"),
    ],
)
def test_what_cannot_be_an_item_is_refused_by_name(question: Question, code: str) -> None:
    with pytest.raises(BadDraft, match=code):
        draft(question)


def test_a_file_keeps_its_codes_and_questions_without_one_get_one_that_stays() -> None:
    def coded(code: str, prompt: str) -> Question:
        return Question(type="essay", prompt=prompt, code=code, where=f"{code}:1")

    found = drafts([coded("E-1", "a"), coded("题 1", "b"), coded("", "c"), coded("E-1", "d")])
    assert [one.code[:2] for one in found.good] == ["E-", "C-", "Q-"]
    assert [(one.code, one.where) for one in found.refused] == [("code_twice", "E-1:1")]
    again: Any = drafts([coded("", "c")])
    assert again.good[0].code == found.good[2].code
