"""Incidents of two scorings are paired by seat, code and time; what has no partner is new or gone."""

from dataclasses import replace

import pytest

from proctor.records import Json
from proctor.rescoring import TOLERANCE, Incident, as_incidents, compare

PHONE = Incident("1-PHONE-10", 1, "PHONE", began=10.0, raised=13.0, last=20.0, ended=20.0, score=0.5)


def shifted(one: Incident, by: float) -> Incident:
    times = {name: getattr(one, name) + by for name in ("began", "raised", "last", "ended")}
    return replace(one, uid=f"{one.source}-{one.code}-{times['began']}", **times)


def report(phase: str, at: float, score: float = 0.5) -> Json:
    told = {"uid": "1-PHONE-10", "source": 1, "code": "PHONE", "started_at": 10.0}
    return {**told, "phase": phase, "at": at, "score": score}


def test_the_reports_of_an_incident_are_one_incident_from_raised_to_ended() -> None:
    told = [report("raised", 13.0), report("updated", 18.0, 0.7), report("ended", 20.0, 0.7)]
    assert as_incidents(told) == [replace(PHONE, score=0.7)]


def test_an_incident_that_has_not_ended_is_still_open() -> None:
    [one] = as_incidents([report("raised", 13.0), report("updated", 18.0)])
    assert (one.ended, one.last) == (None, 18.0)


@pytest.mark.parametrize(("by", "moved"), [(0.0, 0), (TOLERANCE, 0), (TOLERANCE + 0.001, 1), (-3.0, 1)])
def test_an_incident_counts_as_moved_beyond_half_a_second(by: float, moved: int) -> None:
    found = compare([PHONE], [shifted(PHONE, by)])
    assert (found.new, found.gone, len(found.moved), len(found.same)) == ((), (), moved, 1 - moved)


@pytest.mark.parametrize(("by", "paired"), [(10.0, True), (10.001, False), (-10.001, False)])
def test_incidents_that_do_not_touch_are_two(by: float, paired: bool) -> None:
    other = shifted(PHONE, by)
    found = compare([PHONE], [other])
    assert (found.gone, found.new) == (((), ()) if paired else ((PHONE,), (other,)))


@pytest.mark.parametrize("change", [{"source": 2}, {"code": "BOOK_NOTES"}])
def test_another_seat_or_code_is_another_incident(change: dict[str, object]) -> None:
    found = compare([PHONE], [replace(PHONE, **change)])
    assert (len(found.new), len(found.gone)) == (1, 1)


def test_one_incident_that_becomes_two_is_one_that_moved_and_one_that_is_new() -> None:
    first, second = replace(PHONE, last=16.0, ended=16.0), shifted(PHONE, 7.0)
    found = compare([PHONE], [first, second])
    assert ([pair.now for pair in found.moved], found.new, found.gone) == ([first], (second,), ())


def test_one_that_is_still_open_now_is_not_as_it_was() -> None:
    found = compare([PHONE], [replace(PHONE, ended=None)])
    assert len(found.moved) == 1
