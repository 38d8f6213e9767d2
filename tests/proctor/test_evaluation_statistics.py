"""Intervals are the textbook's, percentiles treat a miss as infinite, and a loop is not two films."""

from math import inf

import numpy as np
import pytest

from proctor.evaluating.counting import Scored, tally
from proctor.evaluating.distinct import APART, distinct_seconds
from proctor.evaluating.events import Alert, Event, Truth
from proctor.evaluating.intervals import bootstrap, most_per_hour, percentile, share_interval
from proctor.evaluating.report import tables
from proctor.evaluating.table import as_markdown
from proctor.evaluating.targets import line, load_targets


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([4.0], 0.95, 4.0), ([1, 2, 3, inf], 0.75, 3), ([1, 2, 3, inf], 0.76, None)],
)
def test_a_percentile_is_the_nearest_rank_and_nothing_where_it_is_a_miss(
    values: list[float], share: float, expected: float | None
) -> None:
    assert percentile(values, share) == expected


@pytest.mark.parametrize(
    ("found", "events", "low", "high"),
    [(0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (9, 10, 0.5550, 0.9975), (90, 100, 0.8238, 0.9510)],
)
def test_the_interval_of_a_share_is_exact(found: int, events: int, low: float, high: float) -> None:
    assert share_interval(found, events) == pytest.approx((low, high), abs=5e-4)


@pytest.mark.parametrize(("count", "most"), [(0, 2.9957), (1, 4.7439), (5, 10.5130)])
def test_the_upper_bound_of_a_rate_is_exact(count: int, most: float) -> None:
    assert most_per_hour(count, 1.0) == pytest.approx(most, abs=1e-3)
    assert most_per_hour(count, 10.0) == pytest.approx(most / 10, abs=1e-3)
    assert most_per_hour(count, 0.0) is None


def test_the_bootstrap_draws_whole_sessions_and_repeats_itself() -> None:
    values = [0.0, 1.0, 1.0, 1.0]
    ends = bootstrap(4, lambda drawn: sum(values[number] for number in drawn) / 4)
    assert ends == (0.25, 1.0)
    assert bootstrap(4, lambda drawn: sum(values[number] for number in drawn) / 4) == ends
    assert bootstrap(1, lambda _: 1.0) is None


def test_a_line_is_reached_by_its_figure_and_shown_only_by_its_interval() -> None:
    aim = next(one for one in load_targets() if one.code == "PHONE")
    events = tuple(Event("PHONE", at, at + 5.0) for at in range(0, 400, 40))
    alerts = tuple(Alert("PHONE", event.start, event.start + 4, event.end) for event in events)
    told = line(aim, [tally("PHONE", Scored("s", Truth(events), alerts, 3600.0))])
    assert told.reached == {"found": True, "false_alarms": True, "delay": True}
    assert told.shown == {"found": False, "false_alarms": False}
    longer = line(aim, [tally("PHONE", Scored("s", Truth(events), alerts, 3600.0 * aim.hours))])
    assert longer.shown["false_alarms"]


def test_a_film_played_twice_counts_once_and_light_does_not_make_it_new() -> None:
    film = np.random.default_rng(1).integers(40, 200, (40, 768)).astype(np.uint8)
    once = distinct_seconds([(film, 2.0)])
    assert once == 20.0
    assert distinct_seconds([(film, 2.0), (film + 9, 2.0)]) == once
    assert distinct_seconds([(np.concatenate([film, film]), 2.0)]) == once


def test_a_still_picture_counts_only_until_it_is_compared() -> None:
    still = np.full((40, 768), 90, np.uint8)
    assert distinct_seconds([(still, 2.0)]) == APART


def test_a_table_for_a_page_says_what_is_unknown_with_a_dash() -> None:
    time = {
        "sessions": 1,
        "composed_sessions": 1,
        "hours": 0.5,
        "clean_minutes": 20.0,
        "distinct_clean_minutes": 4.0,
        "distinct_from": "the pictures",
        "coverage": 1.0,
    }
    scored = [Scored("s", Truth((Event("PHONE", 1.0, 9.0),)), (), 1800.0)]
    lines = as_markdown({**tables(scored), "time": time}).splitlines()
    assert "| `PHONE` | 1 | 0 | 0% to 98% | 0 | 0 | 0.00, 5.99 | - | - |" in lines
    aim = "| `PHONE` of >= 3 s: >= 90%, <= 0.1/h, <= 6 s | 0 of 1: not reached |"
    assert any(line.startswith(aim) for line in lines)
    assert lines[-1].startswith("1 sessions (1 composed), 30.0 minutes, 20.0 clean, 4.0 of them distinct")
