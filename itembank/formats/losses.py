"""Names what a format could not carry, so that nothing is dropped silently."""

from collections.abc import Collection, Iterator, Sequence

import msgspec

from itembank.formats.question import Error, Question

# Where a question came from is no part of it.
_NO_LOSS = ("where", "reason")


def losses(question: Question, number: int, carried: Collection[str]) -> Iterator[Error]:
    """One error for each field of the question that says something and is not `carried`."""
    for one in msgspec.structs.fields(Question):
        says = getattr(question, one.name) != one.default
        if says and one.name not in carried and one.name not in _NO_LOSS:
            yield lost(question, number, one.name)


def lost(question: Question, number: int, field: str) -> Error:
    """That `field` of the question (the `number`th of those written, from 1) is not in the file."""
    return Error(where=_place(question, number), code="not_carried", params={"field": field})


def not_written(question: Question, number: int) -> Error:
    """That the question as a whole is not in the file: the format has no such type."""
    return Error(where=_place(question, number), code="not_written", params={"type": question.type})


def written_of(
    questions: Sequence[Question], types: Collection[str], left: list[Error]
) -> Iterator[tuple[int, Question]]:
    """The questions of `types` with their numbers from 1; that another is not written is added to `left`."""
    for number, question in enumerate(questions, 1):
        if question.type in types:
            yield number, question
        else:
            left.append(not_written(question, number))


def lost_stars(question: Question, number: int) -> Iterator[Error]:
    """A star of a short answer, where it would be read back as any text at all."""
    stars = any("*" in one.text for one in question.answers)
    if stars and question.type == "short" and not question.wildcards:
        yield lost(question, number, "wildcards")


def _place(question: Question, number: int) -> str:
    return question.code or question.title or question.where or f"#{number}"
