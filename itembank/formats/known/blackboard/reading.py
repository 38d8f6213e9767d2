"""Reads Blackboard pools out of files and zips."""

from collections.abc import Iterator

import msgspec

from itembank.formats.archives import Archive, BadArchive
from itembank.formats.known.blackboard.interop import question_of as of_interop
from itembank.formats.known.blackboard.pools import question_of as of_pool
from itembank.formats.problems import BadQuestion, in_file
from itembank.formats.question import Error, Question, Reading
from itembank.formats.xml import Element, line_of, parse, whole

_EMPTY = Reading(format="blackboard")


def read(data: bytes, name: str) -> Reading:
    """The questions of a pool, or of every pool in a zip."""
    if data[:2] != b"PK":
        return _pool(data, name)
    try:
        archive = Archive(data)
        members = [one for one in archive.names if one.lower().endswith(".dat")]
        readings = [_pool(archive.read(one), one) for one in members]
    except BadArchive as error:
        return msgspec.structs.replace(_EMPTY, errors=(in_file(name, error.code, **error.params),))
    if not readings:
        return msgspec.structs.replace(_EMPTY, errors=(in_file(name, "blackboard_no_pool"),))
    return Reading(
        questions=tuple(one for reading in readings for one in reading.questions),
        errors=tuple(one for reading in readings for one in reading.errors),
        notes=tuple(one for reading in readings for one in reading.notes),
        format="blackboard",
    )


def _pool(data: bytes, name: str) -> Reading:
    tree = parse(data, name)
    if tree.root is None:
        return Reading(errors=tree.errors, notes=tree.notes, format="blackboard")
    errors = list(tree.errors)
    questions: list[Question] = []
    if tree.root.tag not in ("questestinterop", "POOL"):
        # A zip holds other documents too (announcements, settings); only a file on its own has to be a pool.
        errors += [] if "/" in name or name.startswith("res") else [_wrong_root(name, tree.root)]
    for element in whole(list(_elements(tree.root)), tree.broken_at):
        try:
            question = (of_pool if tree.root.tag == "POOL" else of_interop)(element)
            questions.append(msgspec.structs.replace(question, where=f"{name}:{line_of(element)}"))
        except BadQuestion as problem:
            errors.append(problem.error(name, line_of(element)))
    return Reading(questions=tuple(questions), errors=tuple(errors), notes=tree.notes, format="blackboard")


def _wrong_root(name: str, root: Element) -> Error:
    return in_file(name, "blackboard_root", root=root.tag)


def _elements(root: Element) -> Iterator[Element]:
    if root.tag == "questestinterop":
        yield from root.iter("item")
    elif root.tag == "POOL":
        yield from (one for one in root if isinstance(one.tag, str) and _is_question(one.tag))


def _is_question(tag: str) -> bool:
    return tag.startswith("QUESTION_")
