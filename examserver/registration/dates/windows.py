"""The windows of a year: who applies in one month is evaluated by the end of the next; December is decided. Pure."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from examserver.registration.applications.faults import Fault, refuse, refuse_any

DECEMBER = 12


class Window(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days in which one applies, both included, and the last day of the evaluation; without one a person decides."""

    apply_from: date
    apply_to: date
    evaluate_by: date | None

    @property
    def decided_by_person(self) -> bool:
        """Whether no date may be computed: this year or next year's notice is somebody's choice (REQ-42)."""
        return self.evaluate_by is None


class DecemberChoice(StrEnum):
    """What a person decides of a batch of December."""

    THIS_YEAR = "THIS_YEAR"
    NEXT_YEAR = "NEXT_YEAR"


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def usual_windows(opens_on: date) -> Iterator[Window]:
    """The notice's rows from the day on which it opens until the end of that year (REQ-40 to 42)."""
    for month in range(opens_on.month, DECEMBER + 1):
        first = max(opens_on, date(opens_on.year, month, 1))
        by = None if month == DECEMBER else last_of_month(opens_on.year, month + 1)
        yield Window(first, last_of_month(opens_on.year, month), by)


def window_on(windows: Iterable[Window], day: date) -> Window | None:
    """The window that is open on `day`, if any."""
    return next((one for one in windows if one.apply_from <= day <= one.apply_to), None)


def next_window(windows: Sequence[Window], window: Window) -> Window | None:
    """Where a batch of too few goes (REQ-45): the window after it; None after the last, for next year's notice."""
    later = (one for one in windows if one.apply_from > window.apply_to)
    return min(later, key=lambda one: one.apply_from, default=None)


def decide_december(window: Window, choice: DecemberChoice, evaluate_by: date | None) -> date | None:
    """The last day of the evaluation that a person chose for `window`; None when next year's notice is awaited.

    Refused: `window_has_date` where nothing is to be decided, `december_date_missing`, `december_date_early` before
    the window, `december_date_late` after 31 December, `december_date_given` beside next year.
    """
    if not window.decided_by_person:
        raise refuse("window_has_date", "choice", evaluate_by=str(window.evaluate_by))
    refuse_any(_december_faults(window, choice, evaluate_by))
    return evaluate_by


def _december_faults(window: Window, choice: DecemberChoice, evaluate_by: date | None) -> Iterator[Fault]:
    if choice is DecemberChoice.NEXT_YEAR:
        if evaluate_by is not None:
            yield Fault("december_date_given", "evaluate_by")
        return
    last = date(window.apply_to.year, DECEMBER, 31)
    if evaluate_by is None:
        yield Fault("december_date_missing", "evaluate_by")
    elif evaluate_by < window.apply_from:
        yield Fault("december_date_early", "evaluate_by", {"first": str(window.apply_from)})
    elif evaluate_by > last:
        yield Fault("december_date_late", "evaluate_by", {"last": str(last)})
