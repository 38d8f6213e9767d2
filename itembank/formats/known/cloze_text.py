"""Moodle's embedded answers as a file of their own: the whole text is one cloze question."""

from itembank.formats.cloze import embedded, has_parts
from itembank.formats.encoding import decode
from itembank.formats.format import LIKELY, NO, SURE, Format, named
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Question, Reading, TextFormat
from itembank.formats.texts import looks_like_html


def recognises(data: bytes, name: str) -> int:
    """By its name, or by an embedded answer in a text."""
    if named(name, ".cloze", ".cloze.txt") or "multianswer" in name.lower():
        return SURE
    if data.lstrip()[:1] == b"<" or data[:2] == b"PK":
        return NO
    return LIKELY if has_parts(data[:65536].decode("latin-1")) else NO


def read(data: bytes, name: str) -> Reading:
    """The one question of the file."""
    decoded = decode(data, name)
    if not decoded.text.strip():
        return Reading(errors=decoded.errors, notes=decoded.notes, format="cloze")
    try:
        questions = (_question(decoded.text.strip(), name),)
    except BadQuestion as problem:
        errors = (*decoded.errors, problem.error(name, 1))
        return Reading(errors=errors, notes=decoded.notes, format="cloze")
    return Reading(questions=questions, errors=decoded.errors, notes=decoded.notes, format="cloze")


def _question(text: str, name: str) -> Question:
    format: TextFormat = "html" if looks_like_html(text) else "moodle"
    found = embedded(text, format)
    return Question(type="cloze", prompt=found.prompt, format=format, parts=found.parts, where=f"{name}:1")


FORMAT = Format("cloze", (".cloze", ".txt"), "text/plain", recognises, read)
