"""A typed text: the first answer that it is, in the form in which differences of writing do not count. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import msgspec

from scoring.outcomes import UNANSWERED, WRONG, Answers, Grader, Judgement, answered, by_fraction, exact
from scoring.policies.gradings.reading import shaped
from scoring.policies.moodle.wildcard import matches
from scoring.policies.words.forms import ALL, NONE, Steps, Synonyms, form, read_synonyms

LONGEST = 500


class TextAnswer(msgspec.Struct, frozen=True):
    """A right text and the fraction that it brings."""

    text: str
    fraction: str | float = "1"


class ShortKey(msgspec.Struct, frozen=True):
    """Answers in order; which differences do not count; * as a wildcard or as itself; words that are the same."""

    answers: list[TextAnswer]
    case_sensitive: bool = False
    normalise: bool | Steps = True
    wildcards: bool = False
    synonyms: list[list[str]] = []


@dataclass(frozen=True, slots=True)
class Form:
    """How texts are brought to one form."""

    steps: Steps
    synonyms: Synonyms

    def of(self, text: str) -> str:
        """`text` in that form."""
        return form(text, self.steps, self.synonyms)


def read(data: Mapping[str, Any]) -> Grader:
    """A grader of typed texts; ValueError when no answer brings anything."""
    key = shaped(data, ShortKey)
    shape = _form(key)
    answers = [(shape.of(one.text), exact(one.fraction)) for one in key.answers]
    if not any(fraction > 0 for _, fraction in answers):
        raise ValueError("no answer brings anything")

    def grade(given: Answers) -> Judgement:
        typed = answered(given)
        if not typed:
            return UNANSWERED
        return _first(shape.of(typed[0][:LONGEST]), answers, key)

    return grade


def _form(key: ShortKey) -> Form:
    steps = key.normalise if isinstance(key.normalise, Steps) else ALL if key.normalise else NONE
    steps = msgspec.structs.replace(steps, case=not key.case_sensitive)
    return Form(steps, read_synonyms(key.synonyms, steps))


def _first(text: str, answers: Sequence[tuple[str, Fraction]], key: ShortKey) -> Judgement:
    for right, fraction in answers:
        same = matches(text, right, ignore_case=False) if key.wildcards else text == right
        if same:
            return by_fraction(fraction)
    return WRONG
