"""Reads QTI items and packages; what a bank cannot hold is refused here, by name and line."""

import msgspec

from itembank.formats.known.qti.neutral import question_of
from itembank.formats.media import media_type
from itembank.formats.problems import BadQuestion, in_file
from itembank.formats.question import Error, FilePart, Question, Reading
from itembank.formats.refusals import refusals
from itembank.qti.checks import item_faults
from itembank.qti.faults import BadQti
from itembank.qti.items import read_item
from itembank.qti.model import Item
from itembank.qti.packages import read_package


def read(data: bytes, name: str) -> Reading:
    """The questions of an item or of a package; what is refused is named with file and line."""
    try:
        return _package(data, name) if data[:2] == b"PK" else _one(data, name)
    except BadQti as refused:
        return Reading(errors=tuple(refusals(refused.faults)), format="qti")


def _one(data: bytes, name: str) -> Reading:
    found = _asked(read_item(data, name=name), name)
    if isinstance(found, Question):
        return Reading(questions=(found,), format="qti")
    return Reading(errors=found, format="qti")


def _asked(item: Item, path: str) -> Question | tuple[Error, ...]:
    """The question of an item, or why no bank can have it."""
    if faults := item_faults(item, name=path):
        return tuple(refusals(faults))
    try:
        return question_of(item, f"{path}:1")
    except BadQuestion as problem:
        return (problem.error(path),)


def _package(data: bytes, name: str) -> Reading:
    package = read_package(data, name=name)
    errors = list(refusals(package.faults))
    questions: list[Question] = []
    for path, item in package.items.items():
        found = _asked(item, path)
        if isinstance(found, Question):
            questions.append(msgspec.structs.replace(found, files=_files(found, package.media)))
        else:
            errors += found
    if not package.items and not errors:
        errors.append(in_file(name, "qti_no_items"))
    return Reading(questions=tuple(questions), errors=tuple(errors), format="qti")


def _files(question: Question, media: object) -> tuple[FilePart, ...]:
    """The files of the package that the question names."""
    texts = [question.prompt, question.explanation, *(one.text for one in question.choices)]
    found = media.items() if isinstance(media, dict) else ()
    return tuple(
        FilePart(name=path.rpartition("/")[2], media_type=media_type(path), data=data)
        for path, data in found
        if any(path.rpartition("/")[2] in text for text in texts)
    )
