"""When results are due: working days after the last subject, more of them where people mark (REQ-63, 64). Pure."""

from datetime import date
from typing import Annotated

import msgspec

from examserver.registration.dates.workdays import DueDay, Overrides, working_days_after

Days = Annotated[int, msgspec.Meta(ge=1, le=366)]


class ResultDays(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Working days until results are to be found, without and with marking by people or inspection of work."""

    plain: Days
    marked: Days

    def of(self, human_marked: bool) -> int:
        """The number that counts for a paper."""
        return self.marked if human_marked else self.plain


def results_due(completed_on: date, human_marked: bool, rule: ResultDays, overrides: Overrides) -> DueDay:
    """The day by which results are due when the last subject was completed on `completed_on`.

    The notice says "generally": the day is a target, and being late is a warning.
    """
    return working_days_after(completed_on, rule.of(human_marked), overrides)


def is_overdue(due: DueDay, today: date) -> bool:
    """Whether the day has passed; on the day itself there is still time."""
    return today > due.day
