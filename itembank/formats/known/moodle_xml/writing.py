"""Writes Moodle XML."""

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from lxml import etree

from itembank.formats.cloze import joined
from itembank.formats.losses import losses, lost, lost_stars, written_of
from itembank.formats.media import MARK
from itembank.formats.numbers import percent, written
from itembank.formats.question import Error, FilePart, Question, Written
from itembank.formats.xml import Element

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMES = {"moodle": "moodle_auto_format", "plain": "plain_text", "html": "html", "markdown": "markdown"}
_TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true_false": "truefalse",
    "short": "shortanswer",
    "numeric": "numerical",
    "match": "matching",
    "order": "ordering",
    "essay": "essay",
    "description": "description",
    "cloze": "cloze",
}
_NOT_CARRIED = ("knowledge_point", "difficulty", "direction", "level", "layout")
_GRADING = {"none": "0", "optional": "0", "response": "1", "total": "2"}
_SHOWN = {"text": "0", "radio": "1", "menu": "2", "none": "3"}


def write(questions: Sequence[Question]) -> Written:
    """A Moodle XML file; `other` questions are left out and listed."""
    root = etree.Element("quiz")
    left: list[Error] = []
    category = ""
    for number, question in written_of(questions, _TYPES, left):
        if question.category != category:
            category = question.category
            _text(etree.SubElement(root, "question", type="category"), "category", category)
        _question(root, question)
        left += _losses(question, number)
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return Written(data=data, losses=tuple(left))


def _losses(question: Question, number: int) -> Iterator[Error]:
    names = [name for name in question.__struct_fields__ if name not in _NOT_CARRIED]
    yield from losses(question, number, names)
    yield from lost_stars(question, number)
    if any(one.feedback for one in question.choices) and question.type == "order":
        yield lost(question, number, "feedback")


def _leaf(parent: Element, tag: str, text: str) -> Element:
    child = etree.SubElement(parent, tag)
    child.text = _allowed(text)
    return child


def _allowed(text: str) -> str:
    """`text` without the control characters that XML has no way to write."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


def _text(parent: Element, tag: str, text: str, format: str = "") -> Element:
    child = etree.SubElement(parent, tag)
    if format:
        child.set("format", _NAMES[format])
    _leaf(child, "text", text)
    return child


def _question(root: Element, question: Question) -> None:
    element = etree.SubElement(root, "question", type=_TYPES[question.type])
    _text(element, "name", question.title)
    prompt = joined(question.prompt, question.parts) if question.type == "cloze" else question.prompt
    stem = _text(element, "questiontext", prompt, question.format)
    told = _text(
        element, "generalfeedback", question.explanation, question.explanation_format or question.format
    )
    _files(question, stem, told)
    if question.points is not None and question.type != "cloze":
        _leaf(element, "defaultgrade", written(question.points))
    if question.code:
        _leaf(element, "idnumber", question.code)
    if body := _BODIES.get(question.type):
        body(element, question)
    _around(element, question)


def _files(question: Question, stem: Element, told: Element) -> None:
    """Each file beside the explanation where that alone names it, else beside the prompt."""
    for file in question.files:
        names = (f"{MARK}{file.name}", f"{MARK}{quote(file.name)}")
        in_told = any(name in question.explanation for name in names)
        in_stem = any(name in question.prompt for name in names)
        _file(told if in_told and not in_stem else stem, file)


def _file(parent: Element, file: FilePart) -> None:
    child = etree.SubElement(parent, "file", name=file.name, path="/", encoding="base64")
    child.text = base64.b64encode(file.data).decode()


def _around(element: Element, question: Question) -> None:
    if question.shuffle is not None:
        _leaf(element, "shuffleanswers", "true" if question.shuffle else "false")
    if question.combined is not None:
        _text(element, "correctfeedback", question.combined.right, question.format)
        _text(element, "partiallycorrectfeedback", question.combined.partly, question.format)
        _text(element, "incorrectfeedback", question.combined.wrong, question.format)
    for hint in question.hints:
        _text(element, "hint", hint, question.format)
    if question.tags:
        tags = etree.SubElement(element, "tags")
        for tag in question.tags:
            _text(tags, "tag", tag)


def _choices(element: Element, question: Question) -> None:
    if question.type in ("single", "multiple"):
        _leaf(element, "single", "true" if question.type == "single" else "false")
    for place, choice in enumerate(question.choices, 1):
        format = "moodle" if question.type == "true_false" else choice.format or question.format
        answer = _text(element, "answer", choice.text, format)
        answer.set("fraction", str(place) if question.type == "order" else percent(choice.fraction))
        _text(answer, "feedback", choice.feedback, choice.feedback_format or question.format)


def _answers(element: Element, question: Question) -> None:
    if question.type == "short":
        _leaf(element, "usecase", "1" if question.case_sensitive else "0")
    for one in question.answers:
        middle, margin = one.value, one.tolerance
        if one.min is not None and one.max is not None:
            middle = (one.min + one.max) / 2
            margin = one.max - middle
        text = one.text if middle is None else written(middle)
        answer = _text(element, "answer", text, "moodle")
        answer.set("fraction", percent(one.fraction))
        _text(answer, "feedback", one.feedback, one.feedback_format or question.format)
        if middle is not None:
            _leaf(answer, "tolerance", written(margin or 0))
    if question.units is not None:
        _units(element, question)


def _units(element: Element, question: Question) -> None:
    units = question.units
    if units is None:
        return
    _leaf(element, "unitgradingtype", _GRADING[units.grading])
    _leaf(element, "unitpenalty", written(units.penalty))
    _leaf(element, "showunits", _SHOWN[units.shown])
    _leaf(element, "unitsleft", "1" if units.left else "0")
    listed = etree.SubElement(element, "units")
    for one in units.units:
        unit = etree.SubElement(listed, "unit")
        _leaf(unit, "multiplier", written(one.multiplier))
        _leaf(unit, "unit_name", one.name)


def _pairs(element: Element, question: Question) -> None:
    for pair in question.pairs:
        asked = _text(element, "subquestion", pair.left, pair.format or question.format)
        _text(asked, "answer", pair.right)


def _essay(element: Element, question: Question) -> None:
    if question.essay is None:
        return
    said = question.essay
    limits = {
        "minwordlimit": said.min_words,
        "maxwordlimit": said.max_words,
        "responsefieldlines": said.lines,
    }
    for tag, value in limits.items():
        if value is not None:
            _leaf(element, tag, str(value))
    _leaf(element, "attachments", str(said.files))
    _text(element, "graderinfo", said.for_markers, question.format)
    _text(element, "responsetemplate", said.template, question.format)


_BODIES: dict[str, Callable[[Element, Question], None]] = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _choices,
    "order": _choices,
    "short": _answers,
    "numeric": _answers,
    "match": _pairs,
    "essay": _essay,
}
