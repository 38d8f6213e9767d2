"""What is written by the candidate: short answers, numbers with units, essays."""

from collections.abc import Mapping
from typing import Any, Literal

from itembank.authoring.parts import BadDraft, Built, number_text, with_interaction
from itembank.formats.question import Answer, Question, Units
from itembank.formats.texts import as_plain

MOST_CHARS = 4000
# What the source calls a wrong unit's cost, and what scoring does.
GRADED = {"optional": "optional", "response": "penalty_of_grade", "total": "penalty_of_max"}
ASKED: Mapping[str, Literal["optional", "response", "total"]] = {
    "optional": "optional",
    "penalty_of_grade": "response",
    "penalty_of_max": "total",
}


def short(question: Question, media: Mapping[str, str]) -> Built:
    """A line of text, compared with every answer that is accepted."""
    return Built(
        with_interaction(question, {"kind": "text_entry"}, media), {"grading": short_grading(question)}
    )


def short_grading(question: Question) -> dict[str, Any]:
    """BadDraft without an answer that earns anything."""
    _check(question.answers)
    return {
        "by": "short",
        "answers": [{"text": one.text, "fraction": number_text(one.fraction)} for one in question.answers],
        "case_sensitive": question.case_sensitive,
        "normalise": not question.case_sensitive,
        "wildcards": question.wildcards,
    }


def numeric(question: Question, media: Mapping[str, str]) -> Built:
    """A number, with the units that are offered beside it."""
    entry: dict[str, Any] = {"kind": "text_entry"}
    if question.units and question.units.shown in ("radio", "menu"):
        entry["units"] = [unit.name for unit in question.units.units]
    return Built(with_interaction(question, entry, media), {"grading": numeric_grading(question)})


def numeric_grading(question: Question) -> dict[str, Any]:
    """BadDraft without an answer that earns anything."""
    _check(question.answers)
    grading = {"by": "numeric", "answers": [_number(one) for one in question.answers]}
    return {**grading, **_units(question.units)}


def _number(answer: Answer) -> dict[str, Any]:
    """A range is the number in its middle and half its width."""
    if answer.text == "*":
        return {
            "value": "*",
            "tolerance": "0",
            "tolerance_type": "nominal",
            "fraction": number_text(answer.fraction),
        }
    value, tolerance = answer.value, answer.tolerance or 0.0
    if answer.min is not None and answer.max is not None:
        value, tolerance = (answer.min + answer.max) / 2, (answer.max - answer.min) / 2
    if value is None:
        raise BadDraft("answer_no_number")
    return {
        "value": number_text(value),
        "tolerance": number_text(tolerance),
        "tolerance_type": "nominal",
        "fraction": number_text(answer.fraction),
    }


def _units(units: Units | None) -> dict[str, Any]:
    if units is None or not units.units or units.grading == "none":
        return {"units": None}
    return {
        "units": {unit.name: number_text(unit.multiplier) for unit in units.units},
        "unit_grading": GRADED[units.grading],
        "unit_penalty": number_text(units.penalty),
        "units_before": units.left,
    }


def essay(question: Question, media: Mapping[str, str]) -> Built:
    """A text that people mark; `guide` is what they are told."""
    asked = question.essay
    field: dict[str, Any] = {"kind": "extended_text", "max_chars": MOST_CHARS}
    if asked and asked.lines:
        field["lines"] = asked.lines
    guide = as_plain(asked.for_markers, "html") if asked else ""
    return Built(with_interaction(question, field, media), {"grading": {"by": "person", "guide": guide}})


def _check(answers: tuple[Answer, ...]) -> None:
    if not any(one.fraction > 0 for one in answers):
        raise BadDraft("no_right_answer")
