"""What must hold for a question of any format before it is offered, and what is only worth knowing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from itembank.formats.encoding import DAMAGED
from itembank.formats.numbers import is_whole
from itembank.formats.question import Error, Question, Reading

# "bank.gift:12" or "Sheet1!A12".
_PLACE = re.compile(r"(:|![A-Z]*)(\d{1,7})$")


@dataclass(frozen=True, slots=True)
class _Cause:
    """What is wrong, without its place."""

    code: str
    params: tuple[tuple[str, str], ...] = ()


def sift(reading: Reading) -> Reading:
    """The reading with only those questions that can be used; the others are among its errors."""
    good: list[Question] = []
    errors = list(reading.errors)
    notes = list(reading.notes)
    seen: dict[str, str] = {}
    is_damaged = any(error.code == "broken_bytes" for error in reading.errors)
    for question in reading.questions:
        if is_damaged and DAMAGED in "".join(_texts(question)):
            continue
        found = [*_faults(question), *_repeated(question, seen)]
        errors += (_at(question, cause) for cause in found)
        if not found:
            good.append(question)
            notes += (_at(question, cause) for cause in _remarks(question))
    return msgspec.structs.replace(reading, questions=tuple(good), errors=_sorted(errors), notes=tuple(notes))


def _sorted(errors: Iterable[Error]) -> tuple[Error, ...]:
    """In the order of the file; sheets stay in theirs."""
    return tuple(sorted(errors, key=lambda one: one.line))


def faults(question: Question) -> list[str]:
    """The codes of what is wrong with one question, none when it can be used."""
    return [cause.code for cause in _faults(question)]


def _at(question: Question, cause: _Cause) -> Error:
    place = _PLACE.search(question.where)
    number = int(place[2]) if place else 0
    in_sheet = bool(place and place[1].startswith("!"))
    return Error(
        where=question.where,
        code=cause.code,
        params=dict(cause.params),
        line=0 if in_sheet else number,
        row=number if in_sheet else 0,
    )


def _texts(question: Question) -> Iterator[str]:
    yield from (question.prompt, question.title, question.explanation)
    for choice in question.choices:
        yield from (choice.text, choice.feedback)
    for answer in question.answers:
        yield from (answer.text, answer.feedback)
    for pair in question.pairs:
        yield from (pair.left, pair.right)


def _faults(question: Question) -> Iterator[_Cause]:
    if not (question.prompt.strip() or question.title.strip()) and question.type != "other":
        yield _Cause("no_prompt")
    if question.points is not None and question.points < 0:
        yield _Cause("points_negative")
    yield from _answer_faults(question)
    if question.type == "cloze":
        yield from _cloze_faults(question)


def _answer_faults(question: Question) -> Iterator[_Cause]:
    if question.type in ("single", "multiple", "order"):
        yield from _choice_faults(question)
    if question.type == "true_false" and sorted(one.fraction for one in question.choices) != [0, 1]:
        yield _Cause("no_right_choice")
    if question.type in ("short", "numeric"):
        yield from _accepted_faults(question)
    if question.type == "match":
        yield from _pair_faults(question.pairs)


def _choice_faults(question: Question) -> Iterator[_Cause]:
    if len(question.choices) < 2:
        yield _Cause("too_few_choices", (("count", str(len(question.choices))),))
    if any(not one.text.strip() for one in question.choices):
        yield _Cause("empty_choice")
    if not any(one.fraction > 0 for one in question.choices):
        yield _Cause("no_right_choice")


def _accepted_faults(question: Question) -> Iterator[_Cause]:
    if not question.answers:
        yield _Cause("no_answers")
    elif not any(one.fraction > 0 for one in question.answers):
        yield _Cause("no_right_answer")
    if question.type == "short" and any(not one.text.strip() for one in question.answers):
        yield _Cause("empty_answer")


def _pair_faults(pairs: Sequence[object]) -> Iterator[_Cause]:
    asked = [pair for pair in pairs if getattr(pair, "left", "")]
    if len(asked) < 2:
        yield _Cause("too_few_pairs", (("count", str(len(asked))),))
    if any(not getattr(pair, "right", "") for pair in pairs):
        yield _Cause("empty_choice")


def _cloze_faults(question: Question) -> Iterator[_Cause]:
    if not question.parts:
        yield _Cause("cloze_no_parts")
    for part in question.parts:
        for cause in _answer_faults(part.question):
            yield _Cause("cloze_part", (*cause.params, ("part", part.name), ("cause", cause.code)))
        if f"{{#{part.name}}}" not in question.prompt:
            yield _Cause("cloze_part_without_place", (("part", part.name),))


def _repeated(question: Question, seen: dict[str, str]) -> Iterable[_Cause]:
    if not question.code:
        return ()
    first = seen.setdefault(question.code, question.where)
    return (
        () if first == question.where else (_Cause("code_twice", (("id", question.code), ("first", first))),)
    )


def _remarks(question: Question) -> Iterator[_Cause]:
    if question.type == "other":
        # The bank takes QTI items over by themselves; of other formats nothing but the text is left.
        code = "kept_whole" if question.reason.startswith("QTI: ") else "kept_as_other"
        yield _Cause(code, (("reason", question.reason),))
    elif not question.prompt.strip():
        yield _Cause("only_a_title")
    texts = [one.text.strip() for one in question.choices]
    if len(set(texts)) < len(texts):
        yield _Cause("same_choice_twice")
    if question.type == "single" and not any(one.fraction == 1 for one in question.choices):
        yield _Cause("no_full_choice")
    right = [one.fraction for one in question.choices if one.fraction > 0]
    if question.type == "multiple" and not is_whole(right):
        yield _Cause("shares_not_whole")
