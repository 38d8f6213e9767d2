"""Reads Moodle XML."""

from typing import Any

from itembank.formats.courses import Course
from itembank.formats.known.moodle_xml.fields import Source, optional, unpacked
from itembank.formats.known.moodle_xml.types import TYPES
from itembank.formats.media import MARK
from itembank.formats.problems import BadQuestion, in_file
from itembank.formats.question import Combined, Question, Reading
from itembank.formats.xml import Element, line_of, parse, text_at, whole


def read(data: bytes, name: str) -> Reading:
    """The questions of a Moodle XML file; of one that is broken, those before the break."""
    tree = parse(data, name)
    course = Course(name, errors=list(tree.errors))
    if tree.root is not None and tree.root.tag != "quiz":
        course.errors.append(in_file(name, "moodle_root", root=tree.root.tag))
    elif tree.root is not None:
        for element in whole(tree.root.findall("question"), tree.broken_at):
            _take(element, course)
    return Reading(
        questions=tuple(course.questions), errors=tuple(course.errors), notes=tree.notes, format="moodle"
    )


def _take(element: Element, course: Course) -> None:
    if element.get("type") == "category":
        course.category = text_at(element, "category/text")
        return
    try:
        course.questions.append(_question(element, course))
    except BadQuestion as problem:
        course.errors.append(problem.error(course.name, line_of(element)))


def _question(element: Element, course: Course) -> Question:
    kind = element.get("type", "")
    source = Source(element)
    prompt = source.rich(element.find("questiontext"))
    source.format = prompt.format
    fields: dict[str, Any] = {"prompt": prompt.text + _old_image(source), "format": prompt.format}
    reader = TYPES.get(kind)
    fields |= reader(source) if reader else {"type": "other", "reason": f"Moodle: {kind}"}
    fields |= _common(source)
    return Question(
        **fields,
        category=course.category,
        files=source.shelf.all(),
        where=f"{course.name}:{line_of(element)}",
    )


def _common(source: Source) -> dict[str, Any]:
    element = source.element
    told = source.rich(element.find("generalfeedback"))
    hints = tuple(source.rich(one).text for one in element.findall("hint"))
    return {
        "title": text_at(element, "name/text"),
        "code": text_at(element, "idnumber"),
        "points": optional(element, "defaultgrade"),
        "explanation": told.text,
        "explanation_format": source.own(told),
        "tags": tuple(text_at(one, "text") for one in element.findall("tags/tag")),
        "hints": tuple(hint for hint in hints if hint),
        "combined": _combined(source),
    }


def _combined(source: Source) -> Combined | None:
    names = {"right": "correctfeedback", "partly": "partiallycorrectfeedback", "wrong": "incorrectfeedback"}
    said = {field: source.rich(source.element.find(tag)).text for field, tag in names.items()}
    return Combined(**said) if any(said.values()) else None


def _old_image(source: Source) -> str:
    """The picture that exports of Moodle 1 put beside the text, as markup in the text."""
    name = text_at(source.element, "image").rpartition("/")[2]
    packed = text_at(source.element, "image_base64")
    if not name or not packed:
        return ""
    kept = source.shelf.put(name, unpacked(packed, name, line_of(source.element)))
    return f'<p><img src="{MARK}{kept}" alt=""></p>'
