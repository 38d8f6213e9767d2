"""By when the results of an exam day are due, and whether that day has passed with something still to release."""

from dataclasses import dataclass
from datetime import date

from examserver.registration.catalogue.reading import restored
from examserver.registration.dates.results_due import is_overdue, results_due
from examserver.registration.selectors.catalogue import version_in_force, work_calendar
from examserver.results.selectors.days import DayPage


@dataclass(frozen=True, slots=True)
class Due:
    """The day by which results are due; `guessed_years` have no calendar yet, and so it is provisional."""

    day: date
    guessed_years: tuple[int, ...]
    overdue: bool


def due_of(page: DayPage, today: date) -> Due | None:
    """By the notice that was in force on the exam day (REQ-63, REQ-64); None without people or without a notice.

    One practical task, or one paper that people mark, gives the whole day the longer time.
    """
    version = version_in_force(page.day)
    if version is None or not page.rows:
        return None
    cells = [cell for row in page.rows for cell in row.cells]
    marked = any(row.practical for row in page.rows) or any(cell.slots for cell in cells)
    due = results_due(page.day, marked, restored(version.content).rules.results, work_calendar())
    late = is_overdue(due, today) and not all(cell.released for cell in cells)
    return Due(due.day, due.guessed_years, late)
