"""A reading as plain values for JSON: what scripts get and tables show.

true_false has the choices "true" and "false"; a choice's fraction is 0 to 1 (or negative), never a percentage; a number
that is accepted has `value` and `tolerance`, or `min` and `max`; cloze has `{#NAME}` in its prompt and a list of
`parts`; a `points` of null means that the file says nothing.
"""

from collections.abc import Callable
from typing import Any

from itembank.formats.question import Answer, Choice, Error, Question, Reading
from itembank.formats.wording import message

_WHERE_SAID = ("code", "category", "tags", "knowledge_point", "difficulty", "level", "explanation", "reason")
Said = Callable[[str], str]


def shown(reading: Reading, said: Said) -> dict[str, Any]:
    """`items`, `errors` and `notes`; `said` tells the text of a key of the locale."""
    return {
        "items": [item(one) for one in reading.questions],
        "errors": [problem(one, said) for one in reading.errors],
        "notes": [problem(one, said) for one in reading.notes],
    }


def item(question: Question) -> dict[str, Any]:
    """One question; what stands after `points` only where the file says it."""
    fields: dict[str, Any] = {
        "type": question.type,
        "title": question.title,
        "prompt": question.prompt,
        "choices": [_choice(one) for one in question.choices],
        "answers": [_answer(one) for one in question.answers],
        "pairs": [{"left": one.left, "right": one.right} for one in question.pairs],
        "points": _number(question.points),
    }
    if question.parts:
        fields["parts"] = [{"name": one.name, **item(one.question)} for one in question.parts]
    said = {name: getattr(question, name) for name in _WHERE_SAID}
    return fields | {name: value for name, value in said.items() if value not in ("", (), None)}


def problem(error: Error, said: Said) -> dict[str, Any]:
    """An error or note with its text."""
    return {"where": error.where, "code": error.code, "message": message(error, said)}


def _choice(choice: Choice) -> dict[str, Any]:
    return {"text": choice.text, "fraction": _number(choice.fraction), "feedback": choice.feedback}


def _answer(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = {"text": answer.text}
    if answer.min is not None and answer.max is not None:
        told = {"min": _number(answer.min), "max": _number(answer.max)}
    elif answer.value is not None:
        told = {"value": _number(answer.value), "tolerance": _number(answer.tolerance or 0)}
    return {**told, "fraction": _number(answer.fraction), "feedback": answer.feedback}


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a point, others with the digits that count."""
    if value is None:
        return None
    return int(value) if value == int(value) and abs(value) < 1e15 else round(value, 12)
