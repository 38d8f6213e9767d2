"""The decision function, at both sides of every rule."""

from examserver.access_table import TABLE
from examserver.kernel.access import ANONYMOUS, PUBLIC, Actor, Refusal, Role, decide

ROWS = {"open": PUBLIC, "graders": frozenset({Role.GRADER, Role.GRADING_LEAD})}
GRADER = Actor("staff", 1, frozenset({Role.GRADER}))
CANDIDATE = Actor("candidate", 1, frozenset({Role.CANDIDATE}), 1)


def test_what_the_table_does_not_name_is_not_there_for_anybody() -> None:
    assert decide(ROWS, "forgotten", GRADER) is Refusal.NOT_FOUND
    assert decide(ROWS, "", ANONYMOUS) is Refusal.NOT_FOUND


def test_a_public_row_is_open_to_all() -> None:
    assert decide(ROWS, "open", ANONYMOUS) is None


def test_one_of_the_roles_is_enough_and_another_role_sees_nothing() -> None:
    assert decide(ROWS, "graders", GRADER) is None
    assert decide(ROWS, "graders", CANDIDATE) is Refusal.NOT_FOUND


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert decide(ROWS, "graders", ANONYMOUS) is Refusal.SIGN_IN


def test_candidates_reach_nothing_of_the_staff() -> None:
    reachable = {name for name in TABLE if decide(TABLE, name, CANDIDATE) is None and TABLE[name]}
    assert all(name.startswith(("exam_", "ws_exam", "ws_frames")) for name in reachable)
