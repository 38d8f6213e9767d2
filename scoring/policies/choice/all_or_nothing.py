"""Exactly the right options bring everything, anything else nothing. Pure."""

import msgspec

from scoring.outcomes import NOTHING, RIGHT, WRONG, Choice, Explanation, Judgement


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to set."""


def judge(choice: Choice, params: Params) -> Judgement:
    """All, or nothing and why: a wrong option, or too few."""
    if choice.chosen == choice.correct:
        return RIGHT
    if choice.chosen - choice.correct:
        return WRONG
    return Judgement(NOTHING, Explanation("outcome.incomplete", choice.counts()))
