"""The candidate of scenario S49 and the terms of the offerings of 2026."""

from datetime import date
from typing import Any

from examserver.registration.catalogue.reading import read_catalogue, shipped
from examserver.registration.resits.values import Outcome, Taken, Terms, terms_of
from itembank.states import Subject

DAY = date(2026, 3, 28)
MODE = "2026"
CATALOGUE = read_catalogue(shipped(2026))


def terms(code: str = "O5", mode: str = MODE, **more: Any) -> Terms:
    """The terms of an offering by the notice of 2026."""
    found = terms_of(CATALOGUE, code, mode, **more)
    assert found is not None
    return found


def theory(outcome: Outcome = Outcome.PASSED, day: date = DAY, **more: Any) -> Taken:
    """A theory result, passed when nothing else is said."""
    return Taken(1, Subject.THEORY, outcome, day, more.pop("mode", MODE), **more)


def practical(outcome: Outcome = Outcome.FAILED, day: date = DAY, **more: Any) -> Taken:
    """A practical result, failed when nothing else is said."""
    return Taken(2, Subject.PRACTICAL, outcome, day, more.pop("mode", MODE), **more)
