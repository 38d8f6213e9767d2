"""Nobody waits two seconds while another seat has a second turn."""

from hypothesis import given, settings
from hypothesis import strategies as st

from proctor.scheduler import PROMISED, Turn, due_after, order


def test_the_longest_waiting_of_those_due_comes_first() -> None:
    turns = [Turn(1, 10.0, True), Turn(2, 8.0, True), Turn(3, 9.0, True)]
    assert order(turns, 12.0, 0.01) == [2, 3, 1]


def test_only_sources_with_a_waiting_frame_have_a_turn() -> None:
    assert order([Turn(1, 0.0, False), Turn(2, 5.0, True)], 9.0, 0.01) == [2]


def test_suspicion_goes_before_the_rest_but_after_what_is_due() -> None:
    age = due_after(sources=3, cost=0.1)
    due, calm = Turn(1, 10.0 - age, True), Turn(2, 9.0, True)
    suspicious = Turn(3, 9.9, True, suspicious=True)
    assert order([calm, suspicious, due], 10.0, 0.1) == [1, 3, 2]
    almost = Turn(1, 10.0 - age + 0.01, True)
    assert order([calm, suspicious, almost], 10.0, 0.1) == [3, 1, 2]


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 150), st.sets(st.integers(0, 149)), st.sampled_from([0.003, 0.009]))
def test_a_machine_that_can_keep_up_keeps_the_promise(seats: int, suspicious: set[int], cost: float) -> None:
    now, last, longest = 0.0, dict.fromkeys(range(seats), 0.0), 0.0
    while now < 12.0:
        chosen = order([Turn(n, at, True, n in suspicious) for n, at in last.items()], now, cost)[0]
        now += cost
        longest = max(longest, now - last[chosen])
        last[chosen] = now
    assert max(longest, *(now - at for at in last.values())) <= PROMISED


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 60))
def test_a_machine_that_cannot_keep_up_serves_all_alike(seats: int) -> None:
    now, last, turns = 0.0, dict.fromkeys(range(seats), 0.0), dict.fromkeys(range(seats), 0)
    for _ in range(10 * seats):
        chosen = order([Turn(n, at, True, n == 0) for n, at in last.items()], now, 2.0)[0]
        now += 2.0
        last[chosen], turns[chosen] = now, turns[chosen] + 1
    assert set(turns.values()) == {10}
