"""Legal moves, and the compare-and-set that makes them."""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examserver.delivery.states import SESSION_MOVES, SITTING_MOVES, SessionState, SittingState
from examserver.kernel.transitions import IllegalMove, check_move


@given(st.sampled_from(SittingState), st.sampled_from(SittingState))
def test_a_move_is_legal_exactly_when_the_table_has_it(source: SittingState, target: SittingState) -> None:
    if target in SITTING_MOVES[source]:
        check_move(SITTING_MOVES, source, target)
    else:
        with pytest.raises(IllegalMove):
            check_move(SITTING_MOVES, source, target)


@pytest.mark.parametrize("states", [SittingState, SessionState])
def test_every_state_has_its_row(states: type[StrEnum]) -> None:
    moves = SITTING_MOVES if states is SittingState else SESSION_MOVES
    assert set(moves) == set(states)


def test_nothing_leads_back_to_work_once_it_is_over() -> None:
    over = {SittingState.SUBMITTED, SittingState.TERMINATED, SittingState.SCORED, SittingState.RELEASED}
    work = {SittingState.IN_PROGRESS, SittingState.PAUSED, SittingState.SEATED, SittingState.CHECKED_IN}
    reached, frontier = set(over), list(over)
    while frontier:
        for target in SITTING_MOVES[frontier.pop()] - reached:
            reached.add(target)
            frontier.append(target)
    assert not reached & work


def test_a_void_of_all_subjects_is_the_end() -> None:
    assert SITTING_MOVES[SittingState.VOID_ALL] == frozenset()
    assert SITTING_MOVES[SittingState.VOID_SUBJECT] == {SittingState.VOID_ALL}
