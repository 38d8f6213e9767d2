"""What a catalogue must be beyond its shape: its parts agree with each other. Pure; each fault names its field."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, pairwise

from examserver.registration.applications.faults import Fault
from examserver.registration.applications.states import Channel
from examserver.registration.catalogue.content import Catalogue
from examserver.registration.dates.service_hours import ServiceHours
from examserver.registration.dates.windows import Window


def faults_of(catalogue: Catalogue) -> Iterator[Fault]:
    """Everything that is wrong, field by field; `twice` names what stands there a second time."""
    return chain(
        _days(catalogue),
        _offerings(catalogue),
        _windows(catalogue),
        _numbers(catalogue),
        _documents(catalogue),
        _hours("desk.hours", catalogue.desk.hours),
        *(_hours(f"supervision[{at}].hours", one.hours) for at, one in enumerate(catalogue.supervision)),
        _twice("links", "key", (one.key for one in catalogue.links)),
    )


def _days(catalogue: Catalogue) -> Iterator[Fault]:
    for name in ("valid_from", "valid_to"):
        if getattr(catalogue, name).year != catalogue.year:
            yield Fault("not_of_year", name, {"year": catalogue.year})
    if catalogue.valid_from > catalogue.valid_to:
        yield Fault("ends_before_it_begins", "valid_to")


def _offerings(catalogue: Catalogue) -> Iterator[Fault]:
    for at, one in enumerate(catalogue.offerings):
        if catalogue.level(one.level) is None:
            yield Fault("level_unknown", f"offerings[{at}].level", {"level": one.level})
        if one.fee.total != one.fee.theory + one.fee.practical:
            facts = {"sum": one.fee.theory + one.fee.practical, "total": one.fee.total}
            yield Fault("total_is_no_sum", f"offerings[{at}].fee.total", facts)
    yield from _twice("offerings", "code", (one.code for one in catalogue.offerings))
    pairs = (f"{one.direction.zh} {one.level}" for one in catalogue.offerings)
    yield from _twice("offerings", "direction", pairs)
    yield from _twice("levels", "level", (str(one.level) for one in catalogue.levels))


def _twice(field: str, name: str, values: Iterable[str]) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for at, value in enumerate(values):
        seen[value] += 1
        if seen[value] > 1:
            yield Fault("twice", f"{field}[{at}].{name}", {"value": value})


def _windows(catalogue: Catalogue) -> Iterator[Fault]:
    for at, one in enumerate(catalogue.windows):
        where = f"windows[{at}]"
        if one.apply_from > one.apply_to:
            yield Fault("ends_before_it_begins", f"{where}.apply_to")
        if one.evaluate_by is not None and one.evaluate_by < one.apply_to:
            yield Fault("evaluated_before_applied", f"{where}.evaluate_by")
        yield from _inside(catalogue, where, one)
    for at, (before, after) in enumerate(pairwise(catalogue.windows), start=1):
        if after.apply_from <= before.apply_to:
            yield Fault("windows_overlap", f"windows[{at}].apply_from", {"last": str(before.apply_to)})


def _inside(catalogue: Catalogue, where: str, window: Window) -> Iterator[Fault]:
    first, last = catalogue.valid_from, catalogue.valid_to
    days: Sequence[tuple[str, date]] = (("apply_from", window.apply_from), ("apply_to", window.apply_to))
    for name, day in days:
        if not first <= day <= last:
            yield Fault("outside_validity", f"{where}.{name}", {"first": str(first), "last": str(last)})


def _numbers(catalogue: Catalogue) -> Iterator[Fault]:
    results = catalogue.rules.results
    if results.plain > results.marked:
        yield Fault("marking_is_faster", "rules.results.marked", {"plain": results.plain})


def _documents(catalogue: Catalogue) -> Iterator[Fault]:
    for channel in Channel:
        if channel not in catalogue.documents:
            yield Fault("field_missing", f"documents.{channel}")


def _hours(where: str, hours: ServiceHours) -> Iterator[Fault]:
    for at, one in enumerate(hours.periods):
        if one.opens >= one.closes:
            yield Fault("ends_before_it_begins", f"{where}.periods[{at}].closes")
    for at, (before, after) in enumerate(pairwise(hours.periods), start=1):
        if after.opens < before.closes:
            yield Fault("hours_overlap", f"{where}.periods[{at}].opens")
