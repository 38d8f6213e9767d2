"""The pure machine: who may go where, by channel, and what no step may do."""

import pytest

from examserver.registration.applications.states import (
    CANCELLABLE,
    FINAL,
    MOVES,
    RULES,
    WITHDRAWABLE,
    ApplicationState,
    Channel,
    Step,
    steps_from,
)

S = ApplicationState


@pytest.mark.requirement("REQ-28")
def test_there_are_two_channels_and_no_third() -> None:
    assert set(Channel) == {"GROUP", "INDIVIDUAL"} == set(RULES)


@pytest.mark.requirement("REQ-30", "S6")
def test_only_a_group_is_looked_at_by_its_institution_before_the_body() -> None:
    assert steps_from(Channel.GROUP, S.SUBMITTED) & {Step.TAKE, Step.APPROVE} == set()
    assert S.UNDER_REVIEW not in MOVES[Channel.GROUP][S.SUBMITTED]
    assert S.UNDER_REVIEW in MOVES[Channel.GROUP][S.PRECHECKED]
    assert Step.PRECHECK not in RULES[Channel.INDIVIDUAL]
    assert S.UNDER_REVIEW in MOVES[Channel.INDIVIDUAL][S.SUBMITTED]


@pytest.mark.requirement("REQ-35")
@pytest.mark.parametrize("channel", Channel)
def test_nobody_pays_who_was_not_approved(channel: Channel) -> None:
    into = {state for state, targets in MOVES[channel].items() if S.AWAITING_PAYMENT in targets}
    assert into == {S.APPROVED, S.PAYMENT_EXPIRED}
    assert {state for state, targets in MOVES[channel].items() if S.PAID in targets} == {S.AWAITING_PAYMENT}


@pytest.mark.parametrize("channel", Channel)
def test_every_state_is_reached_from_a_draft(channel: Channel) -> None:
    reached, new = {S.DRAFT}, {S.DRAFT}
    while new:
        new = {target for state in new for target in MOVES[channel][state]} - reached
        reached |= new
    unreachable = set() if channel is Channel.GROUP else {S.PRECHECKED}
    assert set(S) - reached == unreachable


@pytest.mark.parametrize("channel", Channel)
def test_nothing_leads_out_of_a_final_state_and_out_of_every_other_something_does(channel: Channel) -> None:
    closed = {state for state in S if not MOVES[channel][state]}
    assert closed == FINAL


@pytest.mark.requirement("REQ-38", partly=True)
@pytest.mark.parametrize("state", sorted(set(S) - FINAL - {S.DRAFT}))
def test_a_qualification_may_be_cancelled_at_any_time_after_submission(state: S) -> None:
    assert state in CANCELLABLE
    assert Step.CANCEL in steps_from(Channel.GROUP, state)


def test_who_has_a_seat_does_not_just_withdraw() -> None:
    assert {S.SCHEDULED, S.TICKETED, S.COMPLETED} & WITHDRAWABLE == set()
    assert {S.DRAFT, S.PAID, S.QUEUED, S.BATCHED} <= WITHDRAWABLE


@pytest.mark.requirement("REQ-49", partly=True)
def test_an_expired_payment_is_an_exit_with_a_way_back() -> None:
    assert MOVES[Channel.INDIVIDUAL][S.AWAITING_PAYMENT] >= {S.PAID, S.PAYMENT_EXPIRED}
    assert S.AWAITING_PAYMENT in MOVES[Channel.INDIVIDUAL][S.PAYMENT_EXPIRED]
