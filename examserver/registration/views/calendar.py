"""The calendar: days that people entered over the library's, and years that it does not know yet."""

import re
from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from examserver.kernel import clock
from examserver.kernel.http import actor_of
from examserver.registration.applications.faults import Refused, refuse
from examserver.registration.selectors import catalogue as reads
from examserver.registration.services.calendar import (
    DayEntry,
    clear_calendar_day,
    enter_calendar_year,
    set_calendar_day,
)
from examserver.registration.templatetags.notice_words import fault_said

WORKING = {"work": True, "off": False}
MOST_LINES = 366


@require_GET
def office_calendar(request: HttpRequest) -> HttpResponse:
    """The entered days, and the years for which dates are still provisional."""
    year = clock.now().astimezone(clock.VENUE_ZONE).year
    unknown = reads.unknown_years([year, year + 1])
    context = {"days": reads.calendar_days(), "years": reads.calendar_years(), "unknown_years": unknown}
    return render(request, "registration/calendar.html", context)


@require_POST
def office_calendar_day(request: HttpRequest) -> HttpResponse:
    """Set a day, or let the library speak for it again."""

    def act() -> str:
        now, actor = clock.now(), actor_of(request)
        day = _day(request.POST.get("day", ""))
        if request.POST.get("working") == "clear":
            clear_calendar_day(day=day, actor=actor, now=now)
            return "calendar.cleared"
        entry = DayEntry(day, _working(request.POST.get("working", "")), request.POST.get("note", "").strip())
        set_calendar_day(entry=entry, actor=actor, now=now)
        return "calendar.set"

    return _acted(request, act)


@require_POST
def office_calendar_year(request: HttpRequest) -> HttpResponse:
    """Enter all of a year: a line a day, `2027-01-01 off 元旦`."""

    def act() -> str:
        year = _year(request.POST.get("year", ""))
        entries = _lines(request.POST.get("days", ""))
        source = request.POST.get("source", "")
        enter_calendar_year(
            year=year, source=source, entries=entries, actor=actor_of(request), now=clock.now()
        )
        return "calendar.entered"

    return _acted(request, act)


def _acted(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, gettext(act()))
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, fault_said(fault))
    return redirect("office_calendar")


def _lines(text: str) -> list[DayEntry]:
    """A line's day, whether it is worked, and a note; Refused `lines_many`, `day_wrong`, `working_wrong`."""
    lines = [line.split(maxsplit=2) for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise refuse("lines_many", "days", most=MOST_LINES)
    return [DayEntry(_day(day), _working("".join(rest[:1])), "".join(rest[1:])) for day, *rest in lines]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise refuse("day_wrong", "day", day=text[:20]) from None


def _year(text: str) -> int:
    if not re.fullmatch(r"[12][0-9]{3}", text.strip()):
        raise refuse("year_wrong", "year", year=text[:20])
    return int(text)


def _working(text: str) -> bool:
    if text not in WORKING:
        raise refuse("working_wrong", "days", text=text[:20])
    return WORKING[text]
