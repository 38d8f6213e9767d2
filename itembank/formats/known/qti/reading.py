"""Reads QTI items and packages."""

from collections.abc import Iterable

import msgspec

from itembank.formats.known.qti.neutral import question_of
from itembank.formats.media import media_type
from itembank.formats.problems import BadQuestion, in_file
from itembank.formats.question import Error, FilePart, Question, Reading
from itembank.qti.faults import BadQti, QtiFault
from itembank.qti.items import read_item
from itembank.qti.packages import read_package


def read(data: bytes, name: str) -> Reading:
    """The questions of an item or of a package; what is refused is named with file and line."""
    try:
        return _package(data, name) if data[:2] == b"PK" else _one(data, name)
    except BadQti as refused:
        return Reading(errors=tuple(_errors(refused.faults)), format="qti")


def _one(data: bytes, name: str) -> Reading:
    item = read_item(data, name=name)
    try:
        return Reading(questions=(question_of(item, f"{name}:1"),), format="qti")
    except BadQuestion as problem:
        return Reading(errors=(problem.error(name),), format="qti")


def _package(data: bytes, name: str) -> Reading:
    package = read_package(data, name=name)
    errors = list(_errors(package.faults))
    questions: list[Question] = []
    for path, item in package.items.items():
        try:
            question = question_of(item, f"{path}:1")
        except BadQuestion as problem:
            errors.append(problem.error(path))
            continue
        questions.append(msgspec.structs.replace(question, files=_files(question, package.media)))
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


def _errors(faults: Iterable[QtiFault]) -> Iterable[Error]:
    for one in faults:
        cause = ": ".join(part for part in (one.field, one.cause) if part)
        line = one.where.rpartition(":")[2]
        number = int(line) if line.isascii() and line.isdigit() else 0
        yield Error(where=one.where, code="qti_refused", params={"cause": cause}, line=number)
