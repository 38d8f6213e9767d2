"""What the answer cell of a sheet means, type by type."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from itembank.formats.known.sheets.words import meaning
from itembank.formats.numbers import number
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Answer, Choice, Pair, Part, Question

_SEPARATORS = re.compile(r"[\s,，、;；/|.。和与及&+]+")
_LETTERS = re.compile(r"[A-Z]+")
_BLANK = re.compile(r"_{2,}|（[\s\u3000]*）|\([\s\u3000]*\)|【[\s\u3000]*】")
_ARROW = re.compile("→|⟶|->|=>|——|—")
_MOST_NUMBER = 80
_AROUND = re.compile(r"(.+?)\s*(?:±|\+/-|\+-)\s*(.+)")
_BETWEEN = re.compile(r"[\[(]?\s*([+-]?[\d.eE]+)\s*(?:~|～|\.\.|至|到|,)\s*([+-]?[\d.eE]+)\s*[\])]?")
# 3.5% and 1,200 are written so by people; the mark says what the number is of, not how large it is.
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")


@dataclass(frozen=True, slots=True)
class Lettered:
    """A choice cell that is not empty."""

    letter: str
    text: str


def letters(cell: str) -> list[str]:
    """The letters of a key; empty where the cell holds anything else."""
    told = _SEPARATORS.sub("", unicodedata.normalize("NFKC", cell).upper())
    return list(told) if _LETTERS.fullmatch(told) else []


def right_letters(cell: str, choices: Sequence[Lettered]) -> list[str]:
    """The letters that are right; BadQuestion for a key that names no choice, names one twice or says nothing."""
    if not cell:
        raise BadQuestion("key_missing")
    by_text = [one.letter for one in choices if one.text == cell]
    found = letters(cell)
    known = {one.letter for one in choices}
    if len(by_text) == 1 and not set(found) <= known:
        return by_text
    if not found:
        raise BadQuestion("key_unreadable", key=cell)
    foreign = [letter for letter in found if letter not in known]
    if foreign:
        raise BadQuestion("key_names_no_choice", key="".join(foreign), choices="".join(sorted(known)))
    if len(set(found)) < len(found):
        raise BadQuestion("key_twice", key="".join(found))
    return found


def chosen(choices: Sequence[Lettered], right: Sequence[str]) -> tuple[Choice, ...]:
    """The choices, the right ones sharing the points evenly."""
    share = 1 / len(right)
    return tuple(Choice(text=one.text, fraction=share if one.letter in right else 0.0) for one in choices)


def true_or_false(cell: str, choices: Sequence[Lettered]) -> tuple[Choice, ...]:
    """The two choices of a true/false question; a key may be the letter of a choice that says true or false."""
    if not cell:
        raise BadQuestion("key_missing")
    named = [one.text for one in choices if [one.letter] == letters(cell)]
    told = meaning("answers", named[0] if named else cell)
    if not told:
        raise BadQuestion("key_not_true_false", key=cell)
    return tuple(Choice(text=text, fraction=float(text == told)) for text in ("true", "false"))


def accepted(cell: str) -> tuple[Answer, ...]:
    """The answers that are equally right."""
    texts = [text.strip() for text in re.split(r"[|｜\n]", cell) if text.strip()]
    if not texts:
        raise BadQuestion("key_missing")
    return tuple(Answer(text=text) for text in dict.fromkeys(texts))


def blanks(prompt: str) -> int:
    """How many places a prompt leaves to be filled."""
    return len(_BLANK.findall(prompt))


def filled(prompt: str, cell: str) -> Question:
    """A cloze question of a prompt with several blanks; BadQuestion unless there is an answer for each."""
    wanted = blanks(prompt)
    told = next((parts for parts in _splits(cell) if len(parts) == wanted), None)
    if told is None:
        given = max(len(parts) for parts in _splits(cell))
        raise BadQuestion("key_blanks", blanks=wanted, answers=given)
    parts = tuple(
        Part(name=str(n), question=Question(type="short", prompt="", answers=accepted(text), points=1))
        for n, text in enumerate(told, 1)
    )
    names = iter(parts)
    placed = _BLANK.sub(lambda _: f"{{#{next(names).name}}}", prompt)
    return Question(type="cloze", prompt=placed, parts=parts)


def _splits(cell: str) -> list[list[str]]:
    """The cell parted at semicolons, else at enumeration commas or line ends."""
    return [[text.strip() for text in re.split(mark, cell)] for mark in ("[;；]", "[、]", r"\n")]


def numeric(cell: str, tolerance: str) -> Answer:
    """A number with its margin, or a range."""
    if not cell or len(cell) > _MOST_NUMBER:
        raise BadQuestion("not_a_number" if cell else "key_missing", text=cell)
    text = _THOUSANDS.sub("", unicodedata.normalize("NFKC", cell).strip())
    if found := _BETWEEN.fullmatch(text):
        low, high = _value(found[1], cell), _value(found[2], cell)
        if low > high:
            raise BadQuestion("range_reversed", text=cell)
        return Answer(min=low, max=high)
    around = _AROUND.fullmatch(text)
    value = _value(around[1] if around else text, cell)
    margin = _value(around[2] if around else tolerance or "0", tolerance or cell)
    if margin < 0:
        raise BadQuestion("tolerance_negative", text=cell)
    return Answer(value=value, tolerance=margin)


def _value(text: str, cell: str) -> float:
    value = number(text)
    if value is None:
        raise BadQuestion("not_a_number", text=cell)
    return value


def pairs(choices: Sequence[Lettered]) -> tuple[Pair, ...]:
    """What belongs together, from choices that are "left→right"."""
    found = [_ARROW.split(one.text, maxsplit=1) for one in choices]
    for one, ends in zip(choices, found, strict=True):
        if len(ends) != 2:
            raise BadQuestion("pair_without_arrow", text=one.text)
    return tuple(Pair(left=ends[0].strip(), right=ends[1].strip()) for ends in found)


def ordered(cell: str, choices: Sequence[Lettered]) -> tuple[Choice, ...]:
    """The choices in their right order: that of the key, or as they stand where there is none."""
    order = right_letters(cell, choices) if cell else [one.letter for one in choices]
    if len(order) != len(choices):
        raise BadQuestion("order_incomplete", key=cell)
    texts = {one.letter: one.text for one in choices}
    return tuple(Choice(text=texts[letter], fraction=1 / len(order)) for letter in order)
