"""Moodle's embedded answers, `{2:SHORTANSWER:=Berlin#Right~%50%Bonn}`: text to parts and back.

Read as documented: a weight, a type in its long or short name, answers between `~`, `=` for a right one and `%n%` for a
share, `#` before feedback, a backslash before a mark that is meant. A `#` that belongs to a character reference
(`&#39;`) is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from itembank.formats.numbers import number, percent, share, written
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Answer, Choice, Part, Question, TextFormat

SHORT = {"SHORTANSWER": "SA", "SA": "SA", "MW": "SA", "SHORTANSWER_C": "SAC", "SAC": "SAC", "MWC": "SAC"}
NUMERIC = {"NUMERICAL": "NM", "NM": "NM"}
SINGLE = {
    "MULTICHOICE": "MC",
    "MULTICHOICE_V": "MCV",
    "MULTICHOICE_H": "MCH",
    "MULTICHOICE_S": "MCS",
    "MULTICHOICE_VS": "MCVS",
    "MULTICHOICE_HS": "MCHS",
}
MULTIPLE = {
    "MULTIRESPONSE": "MR",
    "MULTIRESPONSE_H": "MRH",
    "MULTIRESPONSE_S": "MRS",
    "MULTIRESPONSE_HS": "MRHS",
}
_LAYOUTS = {
    **SHORT,
    **NUMERIC,
    **SINGLE,
    **MULTIPLE,
    **{one: one for one in (*SINGLE.values(), *MULTIPLE.values())},
}
_START = re.compile(r"\{(\d{0,6}):([A-Za-z][A-Za-z_]{1,20})(?=[:}])")
_SHARE = re.compile(r"%(-?\d{1,3}(?:[.,]\d{0,12})?)%")
# A mark is one unless a backslash stands before it; # also not in a character reference.
_UNESCAPE = re.compile(r"\\([\\{}#~/\"':;=%])")
_MARKS = re.compile(r"[\\}#~\"]")
_END = re.compile(r"(?:\\.|[^\\}])*\}", re.DOTALL)
_ALTERNATIVE = re.compile(r"(?:\\.|[^\\~])+", re.DOTALL)
_HASH = re.compile(r"(?<!\\)(?<!&)#")


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text with `{#1}`, `{#2}`, … in place of its parts."""

    prompt: str
    parts: tuple[Part, ...]


def has_parts(text: str) -> bool:
    """Whether something in `text` begins like an embedded answer of a known type."""
    return any(found[2].upper() in _LAYOUTS for found in _START.finditer(text))


def embedded(text: str, format: TextFormat) -> Embedded:
    """The parts of `text`; BadQuestion names the part (from 1) that cannot be read."""
    pieces: list[str] = []
    parts: list[Part] = []
    at = 0
    while found := _START.search(text, at):
        number = len(parts) + 1
        end = _END.match(text, found.end())
        if end is None:
            raise BadQuestion("cloze_not_closed", part=number)
        parts.append(Part(name=str(number), question=_part(found, end[0][1:-1], number, format)))
        pieces += (text[at : found.start()], f"{{#{number}}}")
        at = end.end()
    return Embedded("".join([*pieces, text[at:]]), tuple(parts))


def _part(found: re.Match[str], body: str, number: int, format: TextFormat) -> Question:
    layout = _LAYOUTS.get(found[2].upper())
    if layout is None:
        raise BadQuestion("cloze_type_unknown", part=number, type=found[2])
    if not body.strip():
        raise BadQuestion("cloze_part_empty", part=number)
    choices = tuple(_alternative(one[0], number) for one in _ALTERNATIVE.finditer(body))
    if not any(one.fraction == 1 for one in choices) and not layout.startswith("MR"):
        raise BadQuestion("cloze_no_full", part=number)
    points = float(found[1] or 1)
    if layout in ("SA", "SAC"):
        answers = tuple(Answer(text=c.text, fraction=c.fraction, feedback=c.feedback) for c in choices)
        case = layout == "SAC"
        return Question(
            type="short",
            prompt="",
            format=format,
            answers=answers,
            points=points,
            case_sensitive=case,
            wildcards=True,
        )
    if layout == "NM":
        numbers = tuple(_numeric(one, number) for one in choices)
        return Question(type="numeric", prompt="", format=format, answers=numbers, points=points)
    return _choice(layout, choices, number, Question(type="single", prompt="", format=format, points=points))


def _choice(layout: str, choices: tuple[Choice, ...], number: int, bare: Question) -> Question:
    if len(choices) < 2:
        raise BadQuestion("cloze_few_choices", part=number, count=len(choices))
    many = layout.startswith("MR")
    return Question(
        type="multiple" if many else "single",
        prompt="",
        format=bare.format,
        points=bare.points,
        choices=choices,
        shuffle=layout.endswith("S"),
        layout=layout,
    )


def _alternative(text: str, number: int) -> Choice:
    fraction, rest = 0.0, text.lstrip()
    if rest.startswith("="):
        fraction, rest = 1.0, rest[1:]
    elif found := _SHARE.match(rest):
        fraction, rest = share(float(found[1].replace(",", "."))), rest[found.end() :]
    if abs(fraction) > 1:
        raise BadQuestion("cloze_share", part=number, value=percent(fraction))
    hash_ = _HASH.search(rest)
    told = rest[hash_.end() :] if hash_ else ""
    return Choice(
        text=_plain(rest[: hash_.start()] if hash_ else rest), fraction=fraction, feedback=_plain(told)
    )


def _plain(text: str) -> str:
    return _UNESCAPE.sub(r"\1", text).strip()


def _numeric(choice: Choice, part: int) -> Answer:
    if choice.text == "*":
        return Answer(text="*", fraction=choice.fraction, feedback=choice.feedback)
    value, _, margin = choice.text.partition(":")
    both = (number(value, comma=True), number(margin or "0", comma=True))
    if both[0] is None or both[1] is None:
        raise BadQuestion("cloze_not_a_number", part=part, text=choice.text)
    return Answer(value=both[0], tolerance=both[1], fraction=choice.fraction, feedback=choice.feedback)


def joined(prompt: str, parts: tuple[Part, ...]) -> str:
    """The text with its embedded answers back in place."""
    for part in parts:
        prompt = prompt.replace(f"{{#{part.name}}}", "{" + _written(part.question) + "}", 1)
    return prompt


def _written(part: Question) -> str:
    head = f"{written(part.points if part.points is not None else 1)}:{_type(part)}:"
    return head + "~".join(_alternatives(part))


def _type(part: Question) -> str:
    if part.type == "short":
        return "SHORTANSWER_C" if part.case_sensitive else "SHORTANSWER"
    if part.type == "numeric":
        return "NUMERICAL"
    names = {short: long for long, short in (SINGLE | MULTIPLE).items()}
    return names.get(part.layout, "MULTIRESPONSE" if part.type == "multiple" else "MULTICHOICE")


def _alternatives(part: Question) -> Iterator[str]:
    for choice in part.choices:
        yield _one(choice.text, choice.fraction, choice.feedback)
    for answer in part.answers:
        text = answer.text
        if answer.value is not None:
            text = f"{written(answer.value)}:{written(answer.tolerance or 0)}"
        elif answer.min is not None and answer.max is not None:
            middle = (answer.min + answer.max) / 2
            text = f"{written(middle)}:{written(answer.max - middle)}"
        yield _one(text, answer.fraction, answer.feedback)


def _one(text: str, fraction: float, feedback: str) -> str:
    head = "=" if fraction == 1 else f"%{percent(fraction)}%" if fraction else ""
    told = f"#{_escaped(feedback)}" if feedback else ""
    return head + _escaped(text) + told


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda found: "\\" + found[0], text)
