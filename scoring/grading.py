"""The kinds of key that are not lists of options, by their name: `read_grading(data) -> Grader`. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from scoring.outcomes import Grader
from scoring.policies.gradings import choice, cloze, match, numeric, order, qti, short

READERS: Mapping[str, Callable[[Mapping[str, Any]], Grader]] = {
    "choice": choice.read,
    "short": short.read,
    "numeric": numeric.read,
    "match": match.read,
    "order": order.read,
    "qti": qti.read,
    "cloze": lambda data: cloze.read(data, read_grading),
}
PERSON = "person"


class NeedsPerson(ValueError):
    """Only a person can mark this, and no theory paper holds such an item yet."""


def read_grading(data: Mapping[str, Any]) -> Grader:
    """The grader of `data["by"]`; NeedsPerson, or ValueError when nothing can be judged by it."""
    by = str(data.get("by"))
    if by == PERSON:
        raise NeedsPerson("a person has to mark it; a theory paper cannot hold it yet")
    reader = READERS.get(by)
    if reader is None:
        raise ValueError(f"unknown grading {by[:40]!r}")
    try:
        return reader(data)
    except (KeyError, TypeError) as error:
        raise ValueError(f"grading by {by}: {error}") from error
