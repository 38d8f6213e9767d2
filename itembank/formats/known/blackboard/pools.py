"""The older dialect: `<QUESTION_MULTIPLECHOICE id="q1"><BODY>…<ANSWER id=…>…<GRADABLE><CORRECTANSWER answer_id=…/>`."""

from collections.abc import Callable, Mapping
from typing import Any

from itembank.formats.problems import BadQuestion
from itembank.formats.question import Answer, Choice, Combined, Essay, Pair, Question
from itembank.formats.xml import Element, line_of, text_at


def question_of(element: Element) -> Question:
    """The question of one `QUESTION_…` element."""
    kind = str(element.tag).removeprefix("QUESTION_")
    reader = _TYPES.get(kind)
    fields: dict[str, Any] = reader(element) if reader else {"type": "other", "reason": f"Blackboard: {kind}"}
    right = text_at(element, "GRADABLE/FEEDBACK_WHEN_CORRECT")
    wrong = text_at(element, "GRADABLE/FEEDBACK_WHEN_INCORRECT")
    told = Combined(right=right, wrong=wrong) if right or wrong else None
    if fields["type"] == "true_false":
        fields, told = {**fields, "choices": _with_feedback(fields["choices"], right, wrong)}, None
    return Question(prompt=text_at(element, "BODY/TEXT"), format="html", combined=told, **fields)


def _with_feedback(choices: tuple[Choice, ...], right: str, wrong: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(text=one.text, fraction=one.fraction, feedback=right if one.fraction else wrong)
        for one in choices
    )


def _right(element: Element) -> list[str]:
    return [one.get("answer_id", "") for one in element.findall("GRADABLE/CORRECTANSWER")]


def _choices(element: Element) -> dict[str, Any]:
    right = _right(element)
    listed = [(one.get("id", ""), text_at(one, "TEXT")) for one in element.findall("ANSWER")]
    if unknown := [one for one in right if one not in dict(listed)]:
        raise BadQuestion("key_names_no_choice", line_of(element), key=", ".join(unknown))
    share = 1 / max(len(right), 1)
    choices = tuple(Choice(text=text, fraction=share if name in right else 0.0) for name, text in listed)
    return {"choices": choices}


def _true_false(element: Element) -> dict[str, Any]:
    found = {one.text.strip().lower(): one.fraction for one in _choices(element)["choices"]}
    if found.keys() != {"true", "false"}:
        raise BadQuestion("true_false_texts", line_of(element), texts=", ".join(found))
    choices = tuple(Choice(text=text, fraction=found[text]) for text in ("true", "false"))
    return {"type": "true_false", "choices": choices}


def _pairs(element: Element) -> dict[str, Any]:
    lefts = {one.get("id", ""): text_at(one, "TEXT") for one in element.findall("ANSWER")}
    rights = {one.get("id", ""): text_at(one, "TEXT") for one in element.findall("CHOICE")}
    keys = {
        one.get("answer_id", ""): one.get("choice_id", "")
        for one in element.findall("GRADABLE/CORRECTANSWER")
    }
    lost = [one for one in (*keys.values(),) if one not in rights] + [one for one in lefts if one not in keys]
    if lost:
        raise BadQuestion("key_names_no_choice", line_of(element), key=", ".join(lost))
    pairs = [Pair(left=text, right=rights[keys[name]], format="html") for name, text in lefts.items()]
    pairs += [Pair(left="", right=text) for name, text in rights.items() if name not in keys.values()]
    return {"type": "match", "pairs": tuple(pairs)}


def _order(element: Element) -> dict[str, Any]:
    placed = sorted(element.findall("ANSWER"), key=lambda one: int(one.get("position", "0") or 0))
    share = 1 / max(len(placed), 1)
    return {
        "type": "order",
        "choices": tuple(Choice(text=text_at(one, "TEXT"), fraction=share) for one in placed),
    }


def _short(element: Element) -> dict[str, Any]:
    return {
        "type": "short",
        "answers": tuple(Answer(text=text_at(one, "TEXT")) for one in element.findall("ANSWER")),
    }


def _essay(element: Element) -> dict[str, Any]:
    told = text_at(element, "ANSWER/TEXT")
    return {"type": "essay", "essay": Essay(for_markers=told) if told else None}


_TYPES: Mapping[str, Callable[[Element], dict[str, Any]]] = {
    "TRUEFALSE": _true_false,
    "MULTIPLECHOICE": lambda element: {"type": "single", **_choices(element)},
    "MULTIPLEANSWER": lambda element: {"type": "multiple", **_choices(element)},
    "MATCH": _pairs,
    "ORDER": _order,
    "FILLINBLANK": _short,
    "ESSAY": _essay,
    "SHORTRESPONSE": _essay,
}
