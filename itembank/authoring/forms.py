"""The editor's form: its fields become a question, or one message a field; a question fills its fields again. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

from itembank.authoring.parts import BadDraft
from itembank.formats.question import Answer, Choice, Essay, Pair, Question
from itembank.formats.texts import one_line
from itembank.states import ItemType

EDITABLE = (
    ItemType.SINGLE,
    ItemType.MULTIPLE,
    ItemType.TRUE_FALSE,
    ItemType.SHORT,
    ItemType.NUMERIC,
    ItemType.MATCH,
    ItemType.ORDER,
    ItemType.ESSAY,
)
# Which field a builder's refusal belongs to; what is not named here stands above the form.
FIELD_OF = {
    "stem_empty": "stem",
    "stem_long": "stem",
    "options_count": "options",
    "option_empty": "options",
    "option_twice": "options",
    "no_right_option": "options",
    "no_truth": "truth",
    "no_right_answer": "answers",
    "answer_no_number": "answers",
    "pairs_few": "pairs",
    "left_twice": "pairs",
    "points_bad": "points",
    "difficulty_bad": "difficulty",
}
Given = Mapping[str, Sequence[str]]


class BadForm(ValueError):
    """Fields that cannot be used: the code of what is wrong, by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(str(dict(faults)))
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form: an option and whether it is right, an answer and its tolerance, a left and a right."""

    first: str = ""
    second: str = ""
    right: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What the fields show."""

    type: str
    stem: str = ""
    rows: Sequence[Row] = ()
    truth: str = ""
    case_sensitive: bool = False
    guide: str = ""
    explanation: str = ""
    points: str = "1"
    difficulty: str = "0.5"
    knowledge_point: str = ""
    direction: str = ""
    tags: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)


def is_editable(question: Question) -> bool:
    """Whether the form can show all of the question: plain text, and options that are right or wrong."""
    formats = {question.format, *(one.format or question.format for one in question.choices)}
    formats |= {pair.format or question.format for pair in question.pairs}
    uneven = len({one.fraction for one in question.choices if one.fraction > 0}) > 1
    negative = any(one.fraction < 0 for one in question.choices)
    weighed = (
        any(one.fraction != 1 or one.text == "*" for one in question.answers) or question.units is not None
    )
    plain = formats <= {"plain"} and not question.files
    return question.type in EDITABLE and plain and not (uneven or negative or weighed or question.wildcards)


def form_of(question: Question) -> Form:
    """The fields of a question that `is_editable`."""
    return Form(
        type=question.type,
        stem=question.prompt,
        rows=_rows(question),
        truth="T" if question.choices and question.choices[0].fraction > 0 else "F",
        case_sensitive=question.case_sensitive,
        guide=question.essay.for_markers if question.essay else "",
        explanation=question.explanation,
        points=f"{question.points or 1:g}",
        difficulty=f"{question.difficulty if question.difficulty is not None else 0.5:g}",
        knowledge_point=question.knowledge_point,
        direction=question.direction,
        tags=", ".join(question.tags),
    )


def _rows(question: Question) -> list[Row]:
    if question.type == "match":
        return [Row(pair.left, pair.right) for pair in question.pairs]
    if question.type == "numeric":
        return [
            Row(f"{one.value:g}" if one.value is not None else "", f"{one.tolerance or 0:g}")
            for one in question.answers
        ]
    if question.answers:
        return [Row(one.text) for one in question.answers]
    return [Row(one.text, right=one.fraction > 0) for one in question.choices]


def read_form(given: Given) -> Form:
    """The fields as they were sent."""
    first, second = given.get("first", ()), given.get("second", ())
    right = set(given.get("right", ()))
    rows = [
        Row(one.strip(), second[at].strip() if at < len(second) else "", str(at) in right)
        for at, one in enumerate(first)
    ]
    one = {name: (given.get(name) or ("",))[0].strip() for name in _WORDS}
    kept = [row for row in rows if row.first or row.second or row.right]
    return Form(rows=kept, case_sensitive=bool(given.get("case_sensitive")), **one)  # type: ignore[arg-type]


_WORDS = (
    "type",
    "stem",
    "truth",
    "guide",
    "explanation",
    "points",
    "difficulty",
    "knowledge_point",
    "direction",
    "tags",
)


def question_from(form: Form) -> Question:
    """The question that the fields describe; BadForm names every field that cannot be read."""
    faults: dict[str, str] = {}
    points = _number(form.points, "points", faults)
    difficulty = _number(form.difficulty, "difficulty", faults)
    answers = _answers(form, faults)
    if form.type not in EDITABLE:
        faults["type"] = "type_unknown"
    if faults:
        raise BadForm(faults)
    return Question(
        type=form.type,  # type: ignore[arg-type]
        prompt=form.stem,
        choices=_choices(form),
        answers=answers,
        pairs=tuple(Pair(left=row.first, right=row.second) for row in form.rows)
        if form.type == "match"
        else (),
        points=points,
        difficulty=difficulty,
        knowledge_point=one_line(form.knowledge_point),
        direction=one_line(form.direction),
        explanation=form.explanation,
        explanation_format="plain",
        essay=Essay(for_markers=form.guide) if form.type == "essay" else None,
        case_sensitive=form.case_sensitive,
        tags=tuple(tag for tag in map(one_line, form.tags.replace("，", ",").split(",")) if tag),
    )


def _number(text: str, name: str, faults: dict[str, str]) -> float | None:
    try:
        value = float(text)
    except ValueError:
        faults[name] = f"{name}_bad"
        return None
    if not isfinite(value):
        faults[name] = f"{name}_bad"
    return value


def _choices(form: Form) -> tuple[Choice, ...]:
    if form.type == "true_false":
        true = form.truth == "T"
        return (
            Choice(text="true", fraction=float(true)),
            Choice(text="false", fraction=float(form.truth == "F")),
        )
    if form.type == "order":
        return tuple(Choice(text=row.first, fraction=1 / len(form.rows)) for row in form.rows)
    if form.type not in ("single", "multiple"):
        return ()
    share = 1.0 if form.type == "single" else 1 / max(1, sum(row.right for row in form.rows))
    return tuple(Choice(text=row.first, fraction=share if row.right else 0.0) for row in form.rows)


def _answers(form: Form, faults: dict[str, str]) -> tuple[Answer, ...]:
    if form.type == "short":
        return tuple(Answer(text=row.first) for row in form.rows if row.first)
    if form.type != "numeric":
        return ()
    found: list[Answer] = []
    for row in form.rows:
        value = _number(row.first, "answers", faults)
        tolerance = _number(row.second or "0", "answers", faults)
        if "answers" in faults:
            faults["answers"] = "answer_no_number"
            return ()
        found.append(Answer(value=value, tolerance=tolerance))
    return tuple(found)


def faults_of(problem: BadDraft) -> dict[str, str]:
    """A builder's refusal at the field it belongs to."""
    return {FIELD_OF.get(problem.code, "form"): problem.code}
