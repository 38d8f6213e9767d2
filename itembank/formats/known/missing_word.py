"""Moodle's missing word format: a sentence with `{=right#why ~wrong ~50%half}` in it, an empty line after each.

One answer makes a short question, several make a single choice. Nothing can be escaped.
"""

import re
from collections.abc import Iterator

from itembank.formats.encoding import decode
from itembank.formats.format import NO, SURE, Format, named
from itembank.formats.numbers import share
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Answer, Choice, Error, Question, Reading
from itembank.formats.texts import one_line

_SHARE = re.compile(r"%?(-?\d{1,3}(?:\.\d{0,12})?)%")


def recognises(data: bytes, name: str) -> int:
    """By its name alone: its texts look like GIFT."""
    return SURE if "missingword" in name.lower() or named(name, ".mw") else NO


def read(data: bytes, name: str) -> Reading:
    """The questions of a missing word file."""
    decoded = decode(data, name)
    questions: list[Question] = []
    errors: list[Error] = list(decoded.errors)
    for line, text in _blocks(decoded.text):
        try:
            questions.append(_question(text, f"{name}:{line}"))
        except BadQuestion as problem:
            errors.append(problem.error(name, line))
    return Reading(
        questions=tuple(questions), errors=tuple(errors), notes=decoded.notes, format="missing_word"
    )


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    start, lines = 0, list[str]()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            start = start if lines else number
            lines.append(line)
        elif lines:
            yield start, " ".join(lines)
            lines = []


def _question(text: str, where: str) -> Question:
    opens, closes = text.find("{"), text.find("}")
    if opens < 0 or closes < opens or "{" in text[closes:]:
        raise BadQuestion("gift_brace_not_closed" if opens >= 0 > closes else "gift_brace_not_open")
    after = text[closes + 1 :].rstrip()
    prompt = one_line(f"{text[:opens]}_____{after}" if after else text[:opens])
    marked = text[opens + 1 : closes].split("~")
    choices = tuple(_choice(one.strip()) for one in marked if one.strip())
    if len(choices) == 1:
        answer = Answer(text=choices[0].text, feedback=choices[0].feedback)
        return Question(type="short", prompt=prompt, format="moodle", answers=(answer,), where=where)
    return Question(type="single", prompt=prompt, format="moodle", choices=choices, where=where)


def _choice(text: str) -> Choice:
    fraction = 0.0
    if text.startswith("="):
        fraction, text = 1.0, text[1:]
    elif found := _SHARE.match(text):
        fraction, text = share(float(found[1])), text[found.end() :]
    if abs(fraction) > 1:
        raise BadQuestion("fraction_out_of_range", value=fraction * 100)
    bare, _, feedback = text.partition("#")
    return Choice(text=one_line(bare), fraction=fraction, feedback=one_line(feedback))


FORMAT = Format("missing_word", (".mw", ".txt"), "text/plain", recognises, read)
