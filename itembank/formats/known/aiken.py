"""Aiken: a question, its choices as `A) …` or `A. …`, and `ANSWER: A`.

Beyond Moodle a question may run over several lines, and `ANSWER: A, C` makes it a multiple choice whose right choices
share the points.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from itembank.formats.encoding import decode
from itembank.formats.format import LIKELY, NO, SURE, Format, named
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Choice, Error, Question, Reading

_CHOICE = re.compile(r"\s*([A-Z])\s?[).、．]\s*(.*)")
_ANSWER = re.compile(r"\s*ANSWER\s*[:：]\s*(.*)", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Z]")
_SIGN = re.compile(rb"^\s*ANSWER\s*:\s*[A-Z]", re.MULTILINE)


@dataclass(slots=True)
class _Draft:
    """The lines of one question as they come; `line` is its first."""

    line: int = 0
    prompt: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    def take(self, number: int, text: str) -> None:
        """A line of the question: a choice, or a part of the prompt."""
        self.line = self.line or number
        found = _CHOICE.match(text)
        if found and (self.prompt or self.choices):
            self.letters.append(found[1])
            self.choices.append(found[2].strip())
        else:
            self.prompt.append(text.strip())

    def is_over(self, text: str) -> bool:
        """Whether `text` begins another question, although this one has had no answer."""
        return bool(self.choices) and not _CHOICE.match(text)


def recognises(data: bytes, name: str) -> int:
    """By its name, or by a line with ANSWER."""
    if named(name, ".aiken", ".aiken.txt") or "aiken" in name.lower():
        return SURE
    return LIKELY if data.lstrip()[:1] != b"<" and _SIGN.search(data[:65536]) else NO


def read(data: bytes, name: str) -> Reading:
    """The questions of an Aiken file."""
    decoded = decode(data, name)
    questions: list[Question] = []
    errors: list[Error] = list(decoded.errors)
    for draft, key, line in _drafts(decoded.text, name, errors):
        try:
            questions.append(_question(draft, key, line, name))
        except BadQuestion as problem:
            errors.append(problem.error(name, draft.line))
    return Reading(questions=tuple(questions), errors=tuple(errors), notes=decoded.notes, format="aiken")


def _drafts(text: str, name: str, errors: list[Error]) -> Iterator[tuple[_Draft, str, int]]:
    """Each question with its key and the key's line; one that ends without a key is an error."""
    draft = _Draft()
    for number, line in enumerate(text.split("\n"), 1):
        if found := _ANSWER.match(line):
            yield draft, found[1], number
            draft = _Draft()
            continue
        if draft.is_over(line):
            errors.append(_unanswered(draft, name))
            draft = _Draft()
        if line.strip():
            draft.take(number, line)
    if draft.line:
        errors.append(_unanswered(draft, name))


def _unanswered(draft: _Draft, name: str) -> Error:
    return BadQuestion("aiken_no_answer", draft.line).error(name)


def _question(draft: _Draft, key: str, line: int, name: str) -> Question:
    if not draft.prompt:
        raise BadQuestion("aiken_no_question", line)
    right = list(dict.fromkeys(_LETTERS.findall(key.upper())))
    foreign = [letter for letter in right if letter not in draft.letters]
    if not right or re.search(r"[^A-Z,，、;\s&.)]", key.upper()):
        raise BadQuestion("key_unreadable", line, key=key)
    if foreign:
        raise BadQuestion("key_names_no_choice", line, key="".join(foreign))
    if len(set(draft.letters)) < len(draft.letters):
        raise BadQuestion("choice_letter_twice", draft.line)
    share = 1 / len(right)
    choices = tuple(
        Choice(text=text, fraction=share if letter in right else 0.0)
        for letter, text in zip(draft.letters, draft.choices, strict=True)
    )
    return Question(
        type="single" if len(right) == 1 else "multiple",
        prompt="\n".join(draft.prompt),
        format="moodle",
        choices=choices,
        where=f"{name}:{draft.line}",
    )


FORMAT = Format("aiken", (".aiken", ".txt"), "text/plain", recognises, read)
