"""Deadlines at both sides of each boundary."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from examserver.delivery.states import TimeAct
from examserver.delivery.timing import TimeEntry, Timing, deadline, hand_in_opens, is_paused, may_enter

NINE = datetime(2026, 3, 28, 1, 0, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_without_any_act_the_end_is_start_plus_minutes() -> None:
    assert deadline(Timing(NINE, 90), NINE) == NINE + minutes(90)


def test_extra_time_moves_the_end_by_exactly_its_seconds() -> None:
    ledger = [TimeEntry(TimeAct.EXTRA, NINE + minutes(5), 300)]
    assert deadline(Timing(NINE, 90, ledger), NINE + minutes(6)) == NINE + minutes(95)


def test_a_power_cut_of_eighteen_minutes_gives_eighteen_minutes_back() -> None:
    cut, back = NINE + minutes(47), NINE + minutes(65)
    ledger = [TimeEntry(TimeAct.PAUSE, cut), TimeEntry(TimeAct.RESUME, back)]
    assert deadline(Timing(NINE, 90, ledger), back + minutes(5)) == NINE + minutes(108)


def test_an_open_pause_moves_the_end_on_with_the_clock() -> None:
    ledger = [TimeEntry(TimeAct.PAUSE, NINE + minutes(10))]
    assert deadline(Timing(NINE, 90, ledger), NINE + minutes(25)) == NINE + minutes(105)
    assert is_paused(ledger)


def test_a_second_pause_inside_a_pause_counts_once() -> None:
    ledger = [
        TimeEntry(TimeAct.PAUSE, NINE + minutes(10)),
        TimeEntry(TimeAct.PAUSE, NINE + minutes(12)),
        TimeEntry(TimeAct.RESUME, NINE + minutes(20)),
    ]
    assert deadline(Timing(NINE, 90, ledger), NINE + minutes(30)) == NINE + minutes(100)
    assert not is_paused(ledger)


def test_the_door_closes_thirty_minutes_after_the_start() -> None:
    assert may_enter(NINE, NINE + minutes(30) - timedelta(seconds=1), 30)
    assert not may_enter(NINE, NINE + minutes(30), 30)
    assert may_enter(None, NINE + minutes(300), 30)


def test_hand_in_opens_thirty_minutes_after_the_start() -> None:
    assert hand_in_opens(NINE, 30) == NINE + minutes(30)


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(1, 10)), max_size=6))
def test_the_end_never_moves_back(pauses: list[tuple[int, int]]) -> None:
    ledger: list[TimeEntry] = []
    ends = [deadline(Timing(NINE, 90), NINE)]
    moment = NINE
    for gap, length in pauses:
        moment += minutes(gap)
        ledger.append(TimeEntry(TimeAct.PAUSE, moment))
        moment += minutes(length)
        ledger.append(TimeEntry(TimeAct.RESUME, moment))
        ends.append(deadline(Timing(NINE, 90, tuple(ledger)), moment))
    assert ends == sorted(ends)
    assert ends[-1] == NINE + minutes(90 + sum(length for _, length in pauses))
