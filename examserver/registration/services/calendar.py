"""Enters working days and days off: single ones, and all of a year that the library does not know yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor
from examserver.registration.applications.faults import Fault, refuse, refuse_any
from examserver.registration.dates.workdays import is_known, is_weekend
from examserver.registration.models import CalendarDay, CalendarYear
from examserver.registration.services.catalogue import check_admin

LONGEST_NOTE, LONGEST_SOURCE = 80, 200


@dataclass(frozen=True, slots=True)
class DayEntry:
    """What a person says of a day: worked or not, and why."""

    day: date
    working: bool
    note: str = ""


@transaction.atomic
def set_calendar_day(*, entry: DayEntry, actor: Actor, now: datetime) -> CalendarDay:
    """Let a day be worked on or not, whatever the library says; NotAllowed `admin_only`, Refused `note_long`."""
    check_admin(actor)
    refuse_any(_note_faults([entry]))
    day = _put(entry, actor, now)
    data = {"working": entry.working, "note": entry.note}
    _record("calendar.day_set", f"day:{entry.day}", data, actor, now)
    return day


@transaction.atomic
def clear_calendar_day(*, day: date, actor: Actor, now: datetime) -> None:
    """Let the library speak for `day` again; NotAllowed `admin_only`, Refused `day_not_entered`.

    A day of a year that was entered by hand is not cleared but set: `year_by_hand`.
    """
    check_admin(actor)
    if CalendarYear.objects.filter(year=day.year).exists():
        raise refuse("year_by_hand", "day", year=day.year)
    deleted, _ = CalendarDay.objects.filter(day=day).delete()
    if not deleted:
        raise refuse("day_not_entered", "day", day=str(day))
    _record("calendar.day_cleared", f"day:{day}", {}, actor, now)


@transaction.atomic
def enter_calendar_year(
    *, year: int, source: str, entries: Sequence[DayEntry], actor: Actor, now: datetime
) -> CalendarYear:
    """All days off on weekdays and all worked weekends of a year; dates counted through it are sure from now on.

    NotAllowed `admin_only`. Refused `year_known`, `source_missing`, `source_long`, `day_of_other_year`, `day_twice`,
    `note_long`, and `year_empty` without a day off on a weekday.
    """
    check_admin(actor)
    refuse_any(_year_faults(year, source, entries))
    try:
        with transaction.atomic():
            entered = CalendarYear.objects.create(
                year=year, source=source.strip(), author=str(actor), added_at=now
            )
    except IntegrityError:
        raise refuse("year_known", "year", year=year) from None
    for entry in entries:
        _put(entry, actor, now)
    days = {str(one.day): one.working for one in entries}
    _record("calendar.year_entered", f"year:{year}", {"source": source.strip(), "days": days}, actor, now)
    return entered


def _year_faults(year: int, source: str, entries: Sequence[DayEntry]) -> Iterator[Fault]:
    if is_known(year):
        yield Fault("year_known", "year", {"year": year})
    if not source.strip():
        yield Fault("source_missing", "source")
    if len(source) > LONGEST_SOURCE:
        yield Fault("source_long", "source", {"most": LONGEST_SOURCE})
    if all(one.working or is_weekend(one.day) for one in entries):
        yield Fault("year_empty", "days", {"year": year})
    seen = set[date]()
    for one in entries:
        if one.day.year != year:
            yield Fault("day_of_other_year", "days", {"day": str(one.day), "year": year})
        if one.day in seen:
            yield Fault("day_twice", "days", {"day": str(one.day)})
        seen.add(one.day)
    yield from _note_faults(entries)


def _note_faults(entries: Sequence[DayEntry]) -> Iterator[Fault]:
    for one in entries:
        if len(one.note) > LONGEST_NOTE:
            yield Fault("note_long", "days", {"day": str(one.day), "most": LONGEST_NOTE})


def _put(entry: DayEntry, actor: Actor, now: datetime) -> CalendarDay:
    held = {"working": entry.working, "note": entry.note, "author": str(actor), "changed_at": now}
    day, _ = CalendarDay.objects.update_or_create(day=entry.day, defaults=held)
    return day


def _record(action: str, subject: str, data: dict[str, object], actor: Actor, now: datetime) -> None:
    audit.record(audit.Act("catalogue", action, subject, str(actor), data), now)
