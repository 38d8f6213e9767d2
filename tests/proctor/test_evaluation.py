"""Alerts are paired with what truly happened, one to one and as well as possible."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proctor.evaluating.counting import Scored, add_up, confusions, segments, tally
from proctor.evaluating.events import (
    AFTER,
    BEFORE,
    Alert,
    Event,
    Truth,
    Unclear,
    belongs,
    clean_seconds,
    is_clean,
)
from proctor.evaluating.matching import NEVER, assign, match
from proctor.evaluating.report import tables

EVENT = Event("PHONE", 10.0, 20.0)


def told(start: float, code: str = "PHONE") -> Alert:
    return Alert(code, start, start + 3, start + 8)


@pytest.mark.parametrize(
    ("start", "at", "expected"),
    [
        (9.0, 10.0 - BEFORE, True),
        (7.0, 10.0 - BEFORE - 0.1, False),
        (20.0 + AFTER, 30.0, True),
        (20.1 + AFTER, 30.0, False),
    ],
)
def test_an_alert_belongs_to_an_event_within_its_collar(start: float, at: float, expected: bool) -> None:
    assert belongs(Alert("PHONE", start, at, at), EVENT) is expected


def test_a_second_alert_within_an_event_is_a_duplicate_and_one_outside_is_false() -> None:
    truth = Truth((EVENT, Event("PHONE", 100.0, 110.0)))
    found = match("PHONE", truth, [told(11.0), told(16.0), told(60.0)])
    assert [pair.delay for pair in found.pairs] == [4.0]
    assert (found.missed, found.duplicates) == ((truth.events[1],), (told(16.0),))
    assert found.false == (told(60.0),)


def test_two_alerts_find_two_events_even_where_the_first_would_take_either() -> None:
    truth = Truth((EVENT, Event("PHONE", 22.0, 30.0)))
    found = match("PHONE", truth, [told(21.0), told(19.0)])
    assert {pair.event.start: pair.alert.start for pair in found.pairs} == {10.0: 19.0, 22.0: 21.0}


def test_an_alert_of_another_code_is_a_miss_and_a_false_alarm_and_told_as_a_confusion() -> None:
    scored = [Scored("s", Truth((EVENT,)), (told(11.0, "BOOK_NOTES"),), 60.0)]
    assert match("PHONE", scored[0].truth, scored[0].alerts).missed == (EVENT,)
    assert add_up([tally("BOOK_NOTES", scored[0])]).false == 1
    assert confusions(scored, ["PHONE", "BOOK_NOTES"]) == {"BOOK_NOTES": {"PHONE": 1}}


def test_an_alert_on_an_unclear_span_counts_neither_for_nor_against() -> None:
    truth = Truth((), (Unclear(10.0, 20.0, "PHONE"),))
    assert match("PHONE", truth, [told(11.0)]).false == ()
    assert match("BOOK_NOTES", truth, [told(11.0, "BOOK_NOTES")]).false == (told(11.0, "BOOK_NOTES"),)


@given(st.lists(st.lists(st.sampled_from([NEVER, 0.0, 1.0, 2.5, 7.0]), min_size=4, max_size=4), max_size=4))
def test_the_choice_is_the_best_of_all_choices(costs: list[list[float]]) -> None:
    best = min(
        sum(costs[row][column] if column < 4 else NEVER for row, column in enumerate(columns))
        for columns in itertools.permutations(range(8), len(costs))
    )
    chosen = assign(costs)
    mine = sum(costs[row][chosen[row]] if row in chosen else NEVER for row in range(len(costs)))
    assert mine == pytest.approx(best)
    assert len(set(chosen.values())) == len(chosen)


def test_clean_time_is_what_lies_outside_every_collar() -> None:
    truth = Truth((EVENT, Event("BOOK_NOTES", 18.0, 30.0)), (Unclear(90.0, 99.0),))
    assert clean_seconds(truth, 100.0) == 100 - (30 + AFTER - 10 + BEFORE) - (100 - 90 + BEFORE)
    assert (is_clean(7.9, truth), is_clean(8.0, truth)) == (True, False)
    assert (is_clean(35.0, truth), is_clean(35.1, truth)) == (False, True)


def test_a_false_alarm_inside_another_event_is_false_on_all_time_and_not_on_clean_time() -> None:
    scored = Scored("s", Truth((EVENT,)), (told(11.0, "BOOK_NOTES"), told(40.0, "BOOK_NOTES")), 3600.0)
    total = add_up([tally("BOOK_NOTES", scored)])
    assert (total.false, total.false_clean, total.rate) == (2, 1, 2.0)
    assert total.clean_hours == pytest.approx((3600 - 17) / 3600)


def test_only_events_long_enough_are_due() -> None:
    truth = Truth((Event("PHONE", 0.0, 2.9), Event("PHONE", 50.0, 53.0)))
    both = tally("PHONE", Scored("s", truth, (told(50.0),), 100.0))
    assert (add_up([both]).events, add_up([both], least=3.0).events) == (2, 1)
    assert add_up([both], least=3.0).share == 1.0


def test_segments_count_five_seconds_at_a_time() -> None:
    counted = segments("PHONE", [Scored("s", Truth((EVENT,)), (Alert("PHONE", 15.0, 18.0, 25.0),), 40.0)])
    assert (counted.true, counted.hit, counted.empty, counted.false) == (2, 1, 6, 1)


def test_phones_and_laptops_are_one_in_the_second_table() -> None:
    scored = [Scored("s", Truth((EVENT,)), (told(11.0, "LAPTOP_TABLET"),), 60.0)]
    result = tables(scored)
    assert (result["codes"]["PHONE"]["found"], result["codes"]["LAPTOP_TABLET"]["false_alarms"]) == (0, 1)
    merged = result["merged"]["PHONE_OR_LAPTOP"]
    assert (merged["events"], merged["found"], merged["false_alarms"]) == (1, 1, 0)


def test_a_code_nobody_knows_is_told_and_counts_as_missed() -> None:
    figures = tables([Scored("s", Truth((Event("SMOKE", 1.0, 2.0),)), (), 60.0)])["codes"]["SMOKE"]
    assert (figures["events"], figures["found"], figures["delay_p50"]) == (1, 0, None)
    assert "no such code" in figures["note"]
