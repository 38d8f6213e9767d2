"""Writes GIFT."""

import re
from collections.abc import Iterator, Sequence

from itembank.formats.losses import losses, lost, lost_stars, written_of
from itembank.formats.numbers import percent, written
from itembank.formats.question import Answer, Choice, Error, Question, Written

_SPECIAL = re.compile(r"[\\:~=#\[\]{}]")
_BREAKS = re.compile(r"\n[ \t]*")
_CARRIED = frozenset(
    ("type", "prompt", "format", "title", "code", "tags", "choices", "answers", "pairs", "explanation")
) | {"explanation_format", "category"}
_TYPES = ("single", "multiple", "true_false", "short", "numeric", "match", "essay", "description")


def write(questions: Sequence[Question]) -> Written:
    """A GIFT file; types it has no form for are left out and listed."""
    pieces: list[str] = []
    left: list[Error] = []
    category = ""
    for number, question in written_of(questions, _TYPES, left):
        if question.category != category:
            category = question.category
            pieces.append(f"$CATEGORY: {category}")
        pieces.append(_block(question))
        left += _losses(question, number)
    return Written(data=("\n\n".join(pieces) + "\n").encode(), losses=tuple(left))


def _losses(question: Question, number: int) -> Iterator[Error]:
    carried = _CARRIED | ({"wildcards"} if question.type == "short" else frozenset())
    yield from losses(question, number, carried)
    yield from lost_stars(question, number)
    if question.type == "single" and not any(one.fraction == 1 for one in question.choices):
        yield lost(question, number, "type")


def _block(question: Question) -> str:
    marks = [f"[id:{_mark(question.code)}]"] if question.code else []
    marks += [f"[tag:{_mark(tag)}]" for tag in question.tags]
    comment = f"// {' '.join(marks)}\n" if marks else ""
    title = f"::{_escaped(question.title)}::" if question.title else ""
    # What begins like a comment is none behind a format.
    default = "" if question.prompt.startswith("//") else "moodle"
    stem = _formatted(question.prompt, question.format, default)
    return f"{comment}{title}{stem}{_answers(question)}"


def _mark(text: str) -> str:
    return " ".join(text.split()).replace("]", "\\]")


def _escaped(text: str) -> str:
    r"""`text` with its marks escaped; a line break is written as \n, which every format reads as one."""
    return _BREAKS.sub(r"\\n", _SPECIAL.sub(lambda found: "\\" + found[0], text.strip()))


def _formatted(text: str, format: str, default: str) -> str:
    told = f"[{format}]" if format and format != default else ""
    return told + _escaped(text)


def _answers(question: Question) -> str:
    if question.type == "description":
        return ""
    lines = list(_lines(question))
    if question.explanation:
        told = _formatted(question.explanation, question.explanation_format, question.format)
        lines.append(f"####{told}")
    opening = "{#" if question.type == "numeric" else "{"
    if not lines:
        return "{}"
    if question.type == "true_false":
        return "{" + "\n\t".join(lines) + "}"
    return "\n\t".join([opening, *lines]) + "\n}"


def _lines(question: Question) -> Iterator[str]:
    if question.type == "true_false":
        yield _true_false(question)
    elif question.type in ("single", "multiple"):
        yield from (_choice(one, question) for one in question.choices)
    elif question.type == "match":
        for one in question.pairs:
            yield f"={_formatted(one.left, one.format, question.format)} -> {_escaped(one.right)}"
    else:
        yield from (_answer(one, question.format) for one in question.answers)


def _true_false(question: Question) -> str:
    true, false = question.choices
    is_true = true.fraction > false.fraction
    right, wrong = (true, false) if is_true else (false, true)
    told = "TRUE" if is_true else "FALSE"
    if right.feedback or wrong.feedback:
        told += "#" + _formatted(wrong.feedback, wrong.feedback_format, question.format)
    if right.feedback:
        told += "#" + _formatted(right.feedback, right.feedback_format, question.format)
    return told


def _choice(choice: Choice, question: Question) -> str:
    text = _formatted(choice.text, choice.format, question.format)
    if choice.fraction == 1 and question.type == "single":
        head = "="
    else:
        head = f"~%{percent(choice.fraction)}%" if choice.fraction else "~"
    return head + text + _feedback(choice.feedback, choice.feedback_format, question.format)


def _feedback(text: str, format: str, default: str) -> str:
    return "#" + _formatted(text, format, default) if text else ""


def _answer(answer: Answer, format: str) -> str:
    weight = "" if answer.fraction == 1 else f"%{percent(answer.fraction)}%"
    told = _feedback(answer.feedback, answer.feedback_format, format)
    return f"={weight}{_accepted(answer)}{told}"


def _accepted(answer: Answer) -> str:
    if answer.min is not None and answer.max is not None:
        return f"{written(answer.min)}..{written(answer.max)}"
    if answer.value is not None:
        return f"{written(answer.value)}:{written(answer.tolerance or 0)}"
    return answer.text if answer.text == "*" else _escaped(answer.text)
