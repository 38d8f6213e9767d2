"""When a desk or a telephone is staffed: weekdays and hours, closed on days off and on make-up weekends. Pure.

REQ-76, 79 and 80 give the body and the supervising centre hours of their own. 「周一至周五（工作日）」 leaves open
whether a make-up Saturday is one; it is not, unless the hours say so (AMB-20).
"""

from dataclasses import dataclass
from datetime import datetime, time

import msgspec

from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.dates.workdays import Overrides, is_known, is_weekend, is_working_day


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hours of a day at the venue, in minutes; at `closes` nobody is there any more."""

    opens: time
    closes: time

    def holds(self, moment: time) -> bool:
        """Whether somebody is there at `moment`."""
        return self.opens <= moment < self.closes


class ServiceHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hours of every working day from Monday to Friday, and whether make-up weekends are such days too."""

    periods: tuple[Period, ...]
    make_up_days: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether somebody is there, and whether that is a guess because the year's days off are not known."""

    open: bool
    provisional: bool


def opening(hours: ServiceHours, moment: datetime, overrides: Overrides) -> Opening:
    """Whether the desk is staffed at `moment`, which is aware."""
    here = moment.astimezone(VENUE_ZONE)
    day = here.date()
    staffed = is_working_day(day, overrides) and (hours.make_up_days or not is_weekend(day))
    sure = is_known(day.year, overrides) or day in overrides.days
    return Opening(staffed and any(one.holds(here.time()) for one in hours.periods), not sure)
