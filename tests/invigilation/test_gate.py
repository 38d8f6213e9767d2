"""The reminder gate, pure: both sides of every condition."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from examserver.invigilation.clauses import REMINDER_CLAUSES
from examserver.invigilation.gate import (
    CaseFacts,
    IncidentFacts,
    ReminderFacts,
    best_reminder,
    conditions,
    gate_holds,
    later_evidence,
)
from examserver.invigilation.states import CaseState, ReminderState
from examserver.registration.notice import CLAUSES, clause

T = datetime(2026, 3, 28, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
REFUSED = ReminderFacts(1, "二.1", ReminderState.NOT_COMPLIED, T, T + 60 * SECOND, "仍在桌上")
PHONE = IncidentFacts(("二.1", "三.1"), False, T - 2 * SECOND, T - 2 * SECOND)


def case(
    code: str = "二.1", reminders: tuple[ReminderFacts, ...] = (), incidents: tuple[IncidentFacts, ...] = ()
) -> CaseFacts:
    return CaseFacts(clause(code), CaseState.PROPOSED, T + 90 * SECOND, reminders, incidents)


def test_the_gate_is_closed_without_a_reminder_and_open_with_one_that_was_refused() -> None:
    assert not gate_holds(case())
    assert gate_holds(case(reminders=(REFUSED,)))


@pytest.mark.parametrize("code", [one for one in CLAUSES if one not in REMINDER_CLAUSES])
def test_no_other_clause_has_a_gate(code: str) -> None:
    assert gate_holds(case(code))
    assert [one.code for one in conditions(case(code))] == ["proposed"]


@pytest.mark.parametrize(
    "state", [state for state in ReminderState if state is not ReminderState.NOT_COMPLIED]
)
def test_only_a_refused_reminder_opens_it(state: ReminderState) -> None:
    assert not gate_holds(case(reminders=(replace(REFUSED, state=state),)))


def test_a_reminder_of_another_clause_does_not_count() -> None:
    assert not gate_holds(case("二.2", reminders=(REFUSED,)))
    assert gate_holds(case("二.2", reminders=(REFUSED, replace(REFUSED, id=2, clause="二.2"))))


def test_a_note_is_evidence_only_when_it_has_words_and_a_later_time() -> None:
    assert later_evidence(REFUSED, ()) == T + 60 * SECOND
    assert later_evidence(replace(REFUSED, note="  "), ()) is None
    assert later_evidence(replace(REFUSED, decided_at=T), ()) is None
    assert later_evidence(replace(REFUSED, decided_at=T + SECOND), ()) == T + SECOND


@pytest.mark.parametrize(
    ("seen", "ended", "moment"),
    [
        (T, T, None),
        (T, T + SECOND, T + SECOND),
        (T + SECOND, T + SECOND, T + SECOND),
        (T - SECOND, None, T),
        (T + 5 * SECOND, None, T + 5 * SECOND),
    ],
)
def test_an_incident_is_evidence_when_it_lasts_or_was_seen_later(
    seen: datetime, ended: datetime | None, moment: datetime | None
) -> None:
    silent = replace(REFUSED, note="")
    incident = replace(PHONE, seen_at=seen, ended_at=ended)
    assert later_evidence(silent, [incident]) == moment
    assert gate_holds(case(reminders=(silent,), incidents=(incident,))) is (moment is not None)


def test_a_dismissed_incident_or_one_about_something_else_proves_nothing() -> None:
    silent, lasting = replace(REFUSED, note=""), replace(PHONE, ended_at=None)
    assert later_evidence(silent, [replace(lasting, dismissed=True)]) is None
    assert later_evidence(silent, [replace(lasting, clauses=("二.2",))]) is None
    assert later_evidence(silent, [lasting]) is not None


def test_of_several_reminders_the_one_that_fulfils_most_is_taken() -> None:
    newer = replace(REFUSED, id=2, state=ReminderState.COMPLIED, issued_at=T + 300 * SECOND)
    assert best_reminder(case(reminders=(REFUSED, newer))) == REFUSED
    assert best_reminder(case(reminders=(replace(REFUSED, state=ReminderState.READ), newer))) == newer
    assert best_reminder(case()) is None


def test_the_check_list_fills_in_order_with_its_times() -> None:
    found = {one.code: one.at for one in conditions(case(reminders=(REFUSED,)))}
    assert list(found) == ["reminded", "not_complied", "later_evidence", "proposed"]
    assert list(found.values()) == [T, T + 60 * SECOND, T + 60 * SECOND, T + 90 * SECOND]
    assert not any(one.met for one in conditions(replace(case(), state=CaseState.OPEN)))
