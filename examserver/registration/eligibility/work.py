"""How long somebody has worked: the union of the periods, overlaps counted once (AMB-25). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from examserver.registration.dates.years import LeapDay, years_later


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` until before `until`."""

    first: date
    until: date


def union(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The same days in periods that neither touch nor overlap, in order."""
    merged: list[Period] = []
    for one in sorted(periods, key=lambda one: one.first):
        if merged and one.first <= merged[-1].until:
            merged[-1] = Period(merged[-1].first, max(merged[-1].until, one.until))
        else:
            merged.append(one)
    return tuple(merged)


def missing_days(periods: Iterable[Period], years: int) -> int:
    """How many days are missing to full `years`, 0 when none; years are as long as they are from the first day on."""
    merged = union(periods)
    if not merged:
        return 365 * years
    wanted = (years_later(merged[0].first, years, LeapDay.MARCH_1) - merged[0].first).days
    return max(0, wanted - sum((one.until - one.first).days for one in merged))
