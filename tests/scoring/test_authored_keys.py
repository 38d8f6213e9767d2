"""What the bank writes as keys is what scoring reads: the right answer of every authored type brings everything."""

from typing import Any

import pytest

from itembank.authoring.drafts import draft
from itembank.formats.question import Answer, Choice, Pair, Part, Question, Unit, Units
from itembank.freezing import digest
from scoring import rules


def choices(*shares: float) -> tuple[Choice, ...]:
    return tuple(Choice(text=f"选项{number}", fraction=share) for number, share in enumerate(shares))


LENGTH = Units(
    units=(Unit(name="m", multiplier=1), Unit(name="cm", multiplier=100)), grading="response", penalty=0.5
)
SHORT = Question(
    type="short",
    prompt="平台？",
    answers=(Answer(text="抖音"), Answer(text="快*", fraction=0.5)),
    wildcards=True,
)
NUMBER = Question(type="numeric", prompt="长？", answers=(Answer(value=1.5, tolerance=0.1),), units=LENGTH)
RANGE = Question(type="numeric", prompt="几？", answers=(Answer(min=3, max=5),))
SINGLE = Question(type="single", prompt="哪个？", choices=choices(1, 0, 0))
ANY = Question(type="single", prompt="任一？", choices=choices(1, 1, -0.5))
SEVERAL = Question(type="multiple", prompt="哪些？", choices=choices(0.5, 0.5, 0))
TRUTH = Question(
    type="true_false", prompt="对？", choices=(Choice(text="true"), Choice(text="false", fraction=1))
)
CLOZE = Question(
    type="cloze",
    prompt="{#a}和{#b}",
    parts=(
        Part(name="a", question=Question(type="short", prompt="", answers=(Answer(text="甲"),), points=3)),
        Part(name="b", question=Question(type="single", prompt="", choices=choices(1, 0), points=1)),
    ),
)


def authored(question: Question) -> rules.Key:
    made = draft(question)
    data = {"type": made.type.value, "points": "4", **made.key}
    assert digest(data)
    return rules.read_key(data)


@pytest.mark.parametrize(
    ("question", "response", "points"),
    [
        (SINGLE, ["A"], "4.0"),
        (SINGLE, ["B"], "0.0"),
        (ANY, ["A"], "4.0"),
        (ANY, ["B"], "4.0"),
        (ANY, ["A", "B"], "0.0"),
        (ANY, ["C"], "0.0"),
        (SEVERAL, ["A", "B"], "4.0"),
        (SEVERAL, ["A"], "0.0"),
        (TRUTH, ["F"], "4.0"),
        (SHORT, {"RESPONSE": ["抖音。"]}, "4.0"),
        (SHORT, {"RESPONSE": ["快手"]}, "2.0"),
        (NUMBER, {"RESPONSE": ["160 厘米"]}, "4.0"),
        (NUMBER, {"RESPONSE": ["1.5", "m"]}, "4.0"),
        (NUMBER, {"RESPONSE": ["1.5"]}, "2.0"),
        (NUMBER, {"RESPONSE": ["1.3m"]}, "0.0"),
        (RANGE, {"RESPONSE": ["5"]}, "4.0"),
        (RANGE, {"RESPONSE": ["5.1"]}, "0.0"),
        (CLOZE, {"RESPONSE1": ["甲"], "RESPONSE2": ["A"]}, "4.0"),
        (CLOZE, {"RESPONSE1": ["甲"], "RESPONSE2": ["B"]}, "3.0"),
    ],
)
def test_an_authored_key_scores(question: Question, response: Any, points: str) -> None:
    outcome = rules.score(rules.read_response(response), authored(question), rules.read_policy({}))
    assert str(outcome.points) == points


def test_pairs_and_orders_score_by_the_ids_that_candidates_see() -> None:
    pairs = Question(
        type="match", prompt="配对", pairs=(Pair(left="帧率", right="fps"), Pair(left="码率", right="bps"))
    )
    order = Question(type="order", prompt="排序", choices=choices(0.4, 0.3, 0.3))
    matched, ordered = draft(pairs).key["grading"]["pairs"], draft(order).key["grading"]["order"]
    assert str(_points(pairs, [" ".join(pair) for pair in matched])) == "4.0"
    assert str(_points(pairs, [" ".join(matched[0])])) == "2.0"
    assert [str(_points(order, one)) for one in (ordered, ordered[::-1])] == ["4.0", "0.0"]


def _points(question: Question, values: list[str]) -> object:
    return rules.score({"RESPONSE": values}, authored(question), rules.read_policy({})).points


def test_an_essay_is_for_people() -> None:
    with pytest.raises(rules.NeedsPerson):
        authored(Question(type="essay", prompt="论述"))
