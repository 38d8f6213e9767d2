"""What stands between the braces of a GIFT question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from itembank.formats.known.gift.lexing import Rich, one_line, rich, set_back
from itembank.formats.numbers import number, share
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Answer, Choice, Pair, QuestionType, TextFormat

_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{0,12})?)%")
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")
_OPTION = re.compile(r"([=~])([^=~]*)")
_NOTHING = Rich("", "moodle")


@dataclass(frozen=True, slots=True)
class Answered:
    """The type that a block of answers has, and what it holds."""

    type: QuestionType
    choices: tuple[Choice, ...] = ()
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    explanation: Rich = _NOTHING


@dataclass(frozen=True, slots=True)
class _Option:
    """One `=` or `~`: its weight (None: none written), its text and its feedback."""

    mark: str
    weight: float | None
    text: str
    feedback: Rich


def answered(block: str, format: TextFormat) -> Answered:
    """The type and content of `block`; texts without a format of their own have `format`."""
    body, marked, general = block.rpartition("####")
    if not marked:
        body, general = block, ""
    told = rich(general, format) if general.strip() else Rich("", format)
    found = _read(body.strip(), format)
    return Answered(found.type, found.choices, found.answers, found.pairs, told)


def _read(body: str, format: TextFormat) -> Answered:
    if not body:
        return Answered("essay")
    if body.startswith("#"):
        return Answered("numeric", answers=_numbers(body[1:].strip(), format))
    if "~" in body:
        return _choices(_options(body, format), format)
    if "=" in body and "->" in body:
        return Answered("match", pairs=tuple(_pair(one, format) for one in _marked(body)))
    if body.partition("#")[0].strip() in (*_TRUE, *_FALSE):
        return Answered("true_false", choices=_true_false(body, format))
    texts = body if body.startswith("=") else f"={body}"
    return Answered("short", answers=tuple(_short(one, format) for one in _options(texts, format)))


def _marked(body: str) -> list[tuple[str, str]]:
    first = _OPTION.search(body)
    if first is None or first.start():
        raise BadQuestion("gift_text_before_answers", text=set_back(body[: first.start() if first else 40]))
    return [(found[1], found[2]) for found in _OPTION.finditer(body)]


def _options(body: str, format: TextFormat) -> list[_Option]:
    return [_option(mark, text, format) for mark, text in _marked(body)]


def _option(mark: str, text: str, format: TextFormat) -> _Option:
    found = _WEIGHT.match(text)
    weight = share(float(found[1])) if found else None
    if weight is not None and abs(weight) > 1:
        raise BadQuestion("fraction_out_of_range", value=found[1] if found else "")
    bare, _, feedback = (text[found.end() :] if found else text).partition("#")
    return _Option(mark, weight, bare, rich(feedback, format))


def _choices(options: Sequence[_Option], format: TextFormat) -> Answered:
    right = any(one.mark == "=" and one.weight in (None, 1) for one in options)
    choices = tuple(_choice(one, format) for one in options)
    return Answered("single" if right else "multiple", choices=choices)


def _choice(option: _Option, format: TextFormat) -> Choice:
    text = rich(option.text, format)
    fraction = option.weight if option.weight is not None else float(option.mark == "=")
    return Choice(
        text=text.text,
        fraction=fraction,
        feedback=option.feedback.text,
        format="" if text.format == format else text.format,
        feedback_format="" if option.feedback.format == format else option.feedback.format,
    )


def _true_false(body: str, format: TextFormat) -> tuple[Choice, ...]:
    bits = body.split("#", 2)
    wrong, right = (rich(bits[n], format) if len(bits) > n else Rich("", format) for n in (1, 2))
    is_true = bits[0].strip() in _TRUE
    return (
        _side("true", right if is_true else wrong, is_true, format),
        _side("false", wrong if is_true else right, not is_true, format),
    )


def _side(text: str, feedback: Rich, is_right: bool, format: TextFormat) -> Choice:
    own = "" if feedback.format == format else feedback.format
    return Choice(text=text, fraction=float(is_right), feedback=feedback.text, feedback_format=own)


def _pair(marked: tuple[str, str], format: TextFormat) -> Pair:
    left, arrow, right = marked[1].partition("->")
    if not arrow:
        raise BadQuestion("gift_pair_without_arrow", text=set_back(marked[1]))
    told = rich(left, format)
    return Pair(left=told.text, right=one_line(right), format="" if told.format == format else told.format)


def _short(option: _Option, format: TextFormat) -> Answer:
    text, weight = rich(option.text).text, 1.0 if option.weight is None else option.weight
    return _told(Answer(text=text, fraction=weight), option, format)


def _told(answer: Answer, option: _Option, format: TextFormat) -> Answer:
    own: TextFormat | Literal[""] = "" if option.feedback.format == format else option.feedback.format
    return msgspec.structs.replace(answer, feedback=option.feedback.text, feedback_format=own)


def _numbers(body: str, format: TextFormat) -> tuple[Answer, ...]:
    if not body:
        raise BadQuestion("no_answers")
    texts = body if body[0] in "=~" else f"={body}"
    return tuple(_number(one, format) for one in _options(texts, format))


def _number(option: _Option, format: TextFormat) -> Answer:
    weight = option.weight if option.weight is not None else float(option.mark == "=")
    accepted = _accepted(set_back(option.text).strip(), option.mark)
    return _told(msgspec.structs.replace(accepted, fraction=weight), option, format)


def _accepted(text: str, mark: str) -> Answer:
    if text == "*" or (not text and mark == "~"):
        return Answer(text="*")
    low, dots, high = text.partition("..")
    if dots:
        ends = (_value(low, text), _value(high, text))
        if ends[0] > ends[1]:
            raise BadQuestion("range_reversed", text=text)
        return Answer(min=ends[0], max=ends[1])
    middle, colon, margin = text.partition(":")
    tolerance = _value(margin, text) if colon else 0.0
    if tolerance < 0:
        raise BadQuestion("tolerance_negative", text=text)
    return Answer(value=_value(middle, text), tolerance=tolerance)


def _value(text: str, whole: str) -> float:
    value = number(text)
    if value is None:
        raise BadQuestion("not_a_number", text=whole or text)
    return value
