"""Reads GIFT."""

from itembank.formats.courses import Course
from itembank.formats.encoding import decode
from itembank.formats.known.gift.answers import Answered, answered
from itembank.formats.known.gift.lexing import CATEGORY, Block, blocks, one_line, part, rich
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Question, Reading


def read(data: bytes, name: str) -> Reading:
    """The questions of a GIFT file."""
    decoded = decode(data, name)
    course = Course(name)
    try:
        for block in blocks(decoded.text):
            _take(block, course)
    except BadQuestion as problem:
        course.errors.append(problem.error(name))
    errors = (*decoded.errors, *course.errors)
    return Reading(questions=tuple(course.questions), errors=errors, notes=decoded.notes, format="gift")


def _take(block: Block, course: Course) -> None:
    text = block.text.strip()
    if text.startswith(CATEGORY):
        head, _, text = text.partition("\n")
        course.category = one_line(head[len(CATEGORY) :])
    if not text.strip():
        return
    try:
        course.questions.append(_question(text, block, course))
    except BadQuestion as problem:
        course.errors.append(problem.error(course.name, block.line))


def _question(text: str, block: Block, course: Course) -> Question:
    parted = part(text)
    stem = rich(parted.stem)
    given = Answered("description") if parted.answers is None else answered(parted.answers, stem.format)
    return Question(
        type=given.type,
        prompt=stem.text,
        format=stem.format,
        title=parted.title,
        code=block.code,
        tags=block.tags,
        choices=given.choices,
        answers=given.answers,
        pairs=given.pairs,
        explanation=given.explanation.text,
        explanation_format="" if given.explanation.format == stem.format else given.explanation.format,
        category=course.category,
        wildcards=given.type == "short",
        where=f"{course.name}:{block.line}",
    )
