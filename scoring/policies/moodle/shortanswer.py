"""Grades a typed text as Moodle 4.1 does: the first answer that fits, wildcards included. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.policies.moodle.responses import text_of
from scoring.policies.moodle.wildcard import matches


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """A pattern and the fraction that it brings."""

    pattern: str
    fraction: float


def grade(answers: Sequence[TextAnswer], response: object, *, case_sensitive: bool) -> float:
    """The fraction of the first answer that the typed text is; 0 for none."""
    text = text_of(response)
    if text is None:
        return 0.0
    found = (one for one in answers if matches(text, one.pattern, ignore_case=not case_sensitive))
    return next((one.fraction for one in found), 0.0)
